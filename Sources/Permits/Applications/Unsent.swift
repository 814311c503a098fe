/// What somebody has written or given about an application and not sent yet. Only its author sees it.
public struct Unsent: Equatable, Sendable {
    public enum Purpose: String, Codable, Sendable, CaseIterable {
        case message, report
    }

    /// As typed, with `\n` between lines; a report has none.
    public let text: String
    /// Counts what was kept, so that an older page does not write over a newer one.
    public let version: Int
    /// In the order of their places.
    public let files: [UnsentFile]

    public init(text: String = "", version: Int = 0, files: [UnsentFile] = []) {
        self.text = text
        self.version = version
        self.files = files
    }

    public var isEmpty: Bool { files.isEmpty && TypedText.cleaned(text, keepingLines: true).isEmpty }

    /// Whether these are the files that its author had before them.
    public func isShown(by marks: Set<String>) -> Bool { Set(files.map(\.mark)) == marks }
}

/// A file on its way into a message or a report. Its content lies in the vault under `sha256`.
public struct UnsentFile: Equatable, Sendable {
    public let id: Int64
    /// Name of the input that it was chosen in.
    public let place: String
    public let filename: String
    public let kind: FileKind
    /// Bytes.
    public let size: Int
    public let sha256: String
    /// Of a PDF; nil for pictures.
    public let pages: Int?

    /// Tells this file from any other that takes its number or its place after it.
    public var mark: String { "\(id)-\(sha256.prefix(16))" }

    public init(id: Int64, place: String, filename: String, kind: FileKind, size: Int, sha256: String, pages: Int?) {
        self.id = id
        self.place = place
        self.filename = filename
        self.kind = kind
        self.size = size
        self.sha256 = sha256
        self.pages = pages
    }
}

/// How much of what is not sent yet is kept for one account, over all applications.
public enum UnsentRules {
    public static let maximumFiles = 40
    /// Some reports of the largest kind, and messages beside them.
    public static let maximumBytes = 314_572_800

    /// - Parameters:
    ///   - files, bytes: What there is already, without what is replaced.
    ///   - size: Of the file that comes.
    public static func problem(files: Int, bytes: Int, adding size: Int, at place: String) -> FieldProblem? {
        guard files >= maximumFiles || bytes + size > maximumBytes else { return nil }
        return FieldProblem(place, "tooMuchUnsent", ["files": "\(maximumFiles)", "limitBytes": "\(maximumBytes)"])
    }
}
