public import Mustache

/// A paper of the office about an application, to be downloaded: a receipt, a refusal, a revocation.
public struct DocumentLink: MustacheParent, Sendable {
    public var label: String
    public var path: String

    public init(label: String, path: String) {
        self.label = label
        self.path = path
    }

    static let samples = [
        DocumentLink(label: "Tanda terima", path: Link.document("BR7K-2QMX", "tanda-terima").path),
        DocumentLink(
            label: "Surat penolakan 000.9/0004/BRIDA/2026", path: Link.document("BR7K-2QMX", "penolakan").path),
    ]

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "path": path
        default: nil
        }
    }
}
