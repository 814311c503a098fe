/// A complete request, as its handler gets it.
public struct Request: Sendable {
    public let head: RequestHead
    /// Values of the route's parameters, by name.
    public let parameters: [String: String]
    /// Text fields of a form body; empty for other policies.
    public let form: FormFields
    /// Files of a multipart body. Their temporary files vanish with the last copy of this request.
    public let files: [UploadedFile]
    /// The body as sent, when the policy is `.raw`; else empty.
    public let body: [UInt8]

    public init(
        head: RequestHead, parameters: [String: String] = [:], form: FormFields = FormFields(),
        files: [UploadedFile] = [], body: [UInt8] = []
    ) {
        self.head = head
        self.parameters = parameters
        self.form = form
        self.files = files
        self.body = body
    }

    /// The first file sent under the form field `name`.
    public func file(_ name: String) -> UploadedFile? { files.first { $0.name == name } }
}

/// Which body a route takes, and how many bytes of it. A body over `max` is answered with 413.
public enum BodyPolicy: Sendable, Equatable {
    /// Any body at all is too large.
    case none
    /// `application/x-www-form-urlencoded`; other types are answered with 415.
    case form(max: Int)
    /// `multipart/form-data` (RFC 7578), or urlencoded. `max` counts the whole body, `maxFile` one file's content.
    /// A file over `maxFile` is still read to its end and delivered as `isTooLarge`, so the form can say so.
    /// More files or fields than allowed are answered with 413.
    case multipart(max: Int, maxFile: Int, maxFiles: Int, maxFields: Int)
    /// Any type, delivered as bytes.
    case raw(max: Int)

    /// Bytes of body that may be sent.
    public var max: Int {
        switch self {
        case .none: 0
        case .form(let max), .multipart(let max, _, _, _), .raw(let max): max
        }
    }
}
