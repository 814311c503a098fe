public import Permits

/// Why a file from a stranger is not taken. Each has its sentence, `problem.<rawValue>`, which says what to do.
public enum FileFault: String, Error, CaseIterable, Sendable {
    /// The end is missing: a weak network or a full phone cut it off.
    case cutOff = "fileCutOff"
    /// Parts of it contradict its format.
    case damaged = "fileUnreadable"
    /// A PDF without a page.
    case noPages = "fileNoPages"
    /// More objects, nesting or unpacked bytes than any paper needs.
    case tooComplex = "fileTooComplex"
    /// A PDF under a password, also one that only forbids printing.
    case encrypted = "fileEncrypted"
    /// JavaScript in a PDF.
    case script = "fileScript"
    /// A PDF that starts programs.
    case launch = "fileLaunch"
    /// A PDF that opens addresses, sends forms or fetches files when it is opened or turned over.
    case automatic = "fileAutomatic"
    /// A PDF that carries other files.
    case embedded = "fileEmbedded"
    /// Sound, film or 3D models in a PDF.
    case media = "fileMedia"
    /// A form that only Adobe's programs can show (XFA).
    case dynamicForm = "fileDynamicForm"
    /// A picture of more than `Picture.maxPixels`.
    case tooManyPixels = "filePixels"
    /// A picture that unpacks to more than its size says.
    case bomb = "fileBomb"
    /// A photo as iPhones keep it.
    case heic = "fileHEIC"
    /// WebP, GIF, BMP, TIFF.
    case otherPicture = "filePicture"
    /// Word, Excel, PowerPoint, OpenDocument.
    case office = "fileOffice"
    /// ZIP, RAR, 7z.
    case archive = "fileArchive"
    /// Nothing that a paper could be.
    case unknown = "fileKind"
}

/// What a file is, by its content.
public struct FileFacts: Equatable, Sendable {
    public let kind: FileKind
    /// Pages of a PDF; nil for pictures.
    public let pages: Int?
    /// Pixels; nil for PDFs.
    public let width: Int?
    /// Pixels; nil for PDFs.
    public let height: Int?

    public init(kind: FileKind, pages: Int? = nil, width: Int? = nil, height: Int? = nil) {
        self.kind = kind
        self.pages = pages
        self.width = width
        self.height = height
    }
}
