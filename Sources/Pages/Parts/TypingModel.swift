public import Mustache

/// How a form keeps what is typed into it: each page says what it was made from, so that an older one does not write
/// over a newer one.
public struct TypingModel: MustacheParent, Sendable {
    /// Names of the form fields that say so.
    public static let versionName = "draf.versi"
    public static let pageName = "draf.halaman"
    /// Number of a message among those of its page.
    public static let sequenceName = "draf.urutan"

    /// Where a script sends what is typed.
    public var path: String
    public var version: Int
    /// The page's own name.
    public var page: String

    public init(path: String, version: Int, page: String) {
        self.path = path
        self.version = version
        self.page = page
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "path": path
        case "version": version
        case "page": page
        default: nil
        }
    }
}
