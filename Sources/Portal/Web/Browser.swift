import HTTPServer
import HTTPTypes

/// What a browser says of itself, as far as it decides what we send.
struct Browser {
    let name: String

    init(_ head: RequestHead) { self.init(head.fields[.userAgent] ?? "") }

    init(_ name: String) { self.name = name }

    /// Whether its own viewer opens PDFs that come in a sandbox: Chromium since the viewer runs in a process of its own,
    /// Firefox as tried with 153. Safari and what offices keep of older ones show an empty frame: they get downloads,
    /// and so does a browser that says nothing.
    var showsSandboxedPDFs: Bool {
        [("Chrome/", 140), ("Firefox/", 153)].contains { product, first in version(of: product) >= first }
    }

    private func version(of product: String) -> Int {
        guard let start = name.firstRange(of: product)?.upperBound else { return 0 }
        return Int(name[start...].prefix { $0.isASCII && $0.isNumber }) ?? 0
    }
}
