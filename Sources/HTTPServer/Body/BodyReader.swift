import HTTPTypes

/// How the bytes of a body are delimited (RFC 9112 section 6.3).
enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
}

/// Takes a body off the wire, counts it against its policy and turns it into what a handler wants.
struct BodyReader {
    private let max: Int
    private var framing: Framing
    private var decoder = ChunkedDecoder()
    private var content: BodyContent
    private(set) var received = 0

    /// - Throws: 411, 413 or 415 before a byte of the body is read.
    init(_ framing: Framing, policy: BodyPolicy, head: RequestHead, space: TemporarySpace, memoryLimit: Int)
        throws(Refusal)
    {
        max = policy.max
        self.framing = framing
        switch framing {
        case .none where policy != .none && [.post, .put, .patch].contains(head.method): throw Refusal(411)
        case .length(let length) where length > policy.max: throw Refusal(413)
        case .chunked where policy == .none: throw Refusal(413)
        case .none, .length, .chunked: break
        }
        content = try BodyContent(
            policy, type: head.fields[.contentType], isEmpty: framing == .none || framing == .length(0),
            space: space, memoryLimit: memoryLimit)
    }

    var isComplete: Bool {
        switch framing {
        case .none: true
        case .length(let left): left == 0
        case .chunked: decoder.isDone
        }
    }

    /// Takes what belongs to this body away from `input`; what follows is the next request.
    mutating func consume(_ input: inout ArraySlice<UInt8>) throws(Refusal) {
        switch framing {
        case .none: return
        case .length(let left):
            let piece = input.prefix(left)
            input = input.dropFirst(piece.count)
            framing = .length(left - piece.count)
            received += piece.count
            try content.append(piece)
        case .chunked:
            // A local copy of the parts the closure changes: the decoder itself is busy meanwhile.
            var content = content
            var received = received
            self.content = .nothing
            defer {
                self.content = content
                self.received = received
            }
            let max = max
            try decoder.decode(&input) { (piece) throws(Refusal) in
                received += piece.count
                guard received <= max else { throw Refusal(413) }
                try content.append(piece)
            }
        }
    }

    /// The handler's view of a complete body.
    mutating func finish() throws(Refusal) -> (form: FormFields, files: [UploadedFile], body: [UInt8]) {
        try content.finish()
    }
}

/// What a body is collected into.
enum BodyContent {
    case nothing
    case raw(Spool)
    case form(Spool)
    case multipart(FormCollector)

    init(_ policy: BodyPolicy, type: String?, isEmpty: Bool, space: TemporarySpace, memoryLimit: Int) throws(Refusal) {
        let spool = Spool(space: space, memoryLimit: memoryLimit)
        switch policy {
        case .none: self = .nothing
        case .raw: self = .raw(spool)
        case .form, .multipart:
            let kind = type.flatMap { ParameterizedValue($0) }?.value
            if kind == "application/x-www-form-urlencoded" || isEmpty {
                self = .form(spool)
            } else if kind == "multipart/form-data", case .multipart = policy {
                guard let type, let boundary = Multipart.boundary(ofContentType: type) else { throw Refusal(400) }
                self = .multipart(FormCollector(boundary, policy, space: space, memoryLimit: memoryLimit))
            } else {
                throw Refusal(415)
            }
        }
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws(Refusal) {
        // The value is moved out while it changes, or each append would copy what is collected so far.
        switch self {
        case .nothing: return
        case .raw(var spool):
            self = .nothing
            defer { self = .raw(spool) }
            try spool.append(bytes)
        case .form(var spool):
            self = .nothing
            defer { self = .form(spool) }
            try spool.append(bytes)
        case .multipart(var collector):
            self = .nothing
            defer { self = .multipart(collector) }
            try collector.append(bytes)
        }
    }

    mutating func finish() throws(Refusal) -> (form: FormFields, files: [UploadedFile], body: [UInt8]) {
        switch self {
        case .nothing: return (FormFields(), [], [])
        case .raw(let spool): return (FormFields(), [], try spool.bytes())
        case .form(let spool):
            let bytes = try spool.bytes()
            do {
                return (try URLEncodedForm.decode(bytes[...]), [], [])
            } catch {
                throw Refusal(error == .tooManyFields ? 413 : 400)
            }
        case .multipart(let collector):
            let (form, files) = try collector.finish()
            return (form, files, [])
        }
    }
}
