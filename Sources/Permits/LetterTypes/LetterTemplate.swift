/// The text of a letter with placeholders `{field:judul}`, `{letter:number}`, `{letter:date}`, `{letter:validUntil}`,
/// `{letter:validity}`, `{unit:name}`, `{unit:shortName}`, `{unit:city}`, `{signatory:position}`.
public struct LetterTemplate: Codable, Equatable, Sendable {
    /// Document title, `Surat Keterangan Riset`; the number is added.
    public var title: String
    public var blocks: [BlockTemplate]
    public var footer: [String]

    var texts: [String] { [title] + footer + blocks.flatMap(\.texts) }
}

public struct BlockTemplate: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case letterhead, title, paragraph, heading, numbered, fields, signature, copies
    }

    public var kind: Kind
    public var text: String?
    public var label: String?
    /// The line below a title.
    public var number: String?
    public var items: [String]?
    public var rows: [Row]?
    /// Above the position of a signatory.
    public var placeLines: [String]?
    /// Beside the QR code.
    public var caption: [String]?

    public struct Row: Codable, Equatable, Sendable {
        public var label: String
        public var value: String
        public var bold: Bool?
    }

    var texts: [String] {
        [text, label, number].compactMap { $0 } + (items ?? []) + (rows ?? []).flatMap { [$0.label, $0.value] }
            + (placeLines ?? []) + (caption ?? [])
    }
}

/// A text cut at its placeholders.
struct PlaceholderText {
    enum Part: Equatable { case text(String), placeholder(String) }
    let parts: [Part]

    /// Nil when a brace is left open.
    init?(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.placeholder(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }
}
