/// The text of a letter, with placeholders such as `{field:judul}`, `{letter:number}` or `{unit:name}`.
/// `docs/letters/README.md` lists them all.
public struct LetterTemplate: Codable, Equatable, Sendable {
    /// Document title, `Surat Keterangan Riset`; the number is added.
    public var title: String
    public var blocks: [BlockTemplate]
    public var footer: [String]

    var texts: [String] { [title] + footer + blocks.flatMap(\.texts) }

    var printsNumber: Bool {
        texts.contains { PlaceholderText($0)?.placeholders.contains("letter:number") == true }
    }
}

public struct BlockTemplate: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case letterhead, title, paragraph, heading, numbered, fields, signature, copies
        /// Place and date (`text`), `rows`, `addressee` and `addresseePlace`.
        case correspondence
        /// A repeated question (`field`) as an annex: `items` above its title (`text`), and its `columns`.
        case roster
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
    public var addressee: [String]?
    public var addresseePlace: [String]?
    /// Key of a repeated question.
    public var field: String?
    public var columns: [Column]?
    /// The block is left out unless the condition holds.
    public var when: AnswerCondition?
    /// The block is left out unless this field or placeholder has a value.
    public var whenFilled: String?

    public struct Row: Codable, Equatable, Sendable {
        public var label: String
        public var value: String
        public var bold: Bool?
        public var when: AnswerCondition?
        public var whenFilled: String?
    }

    /// Without a field it counts the rows.
    public struct Column: Codable, Equatable, Sendable {
        public var label: String
        public var field: String?
        /// In relation to the other columns; 1 where nothing is said.
        public var width: Double?
    }

    var texts: [String] {
        [text, label, number].compactMap { $0 } + (items ?? []) + (rows ?? []).flatMap { [$0.label, $0.value] }
            + (placeLines ?? []) + (caption ?? []) + (addressee ?? []) + (addresseePlace ?? [])
    }

    var conditions: [(when: AnswerCondition?, whenFilled: String?)] {
        [(when, whenFilled)] + (rows ?? []).map { ($0.when, $0.whenFilled) }
    }
}

/// A text cut at its placeholders.
struct PlaceholderText {
    enum Part: Equatable { case text(String), placeholder(String) }
    let parts: [Part]

    /// Nil when a brace is left open.
    init?(_ text: String) {
        var parts: [Part] = []
        // Braces are bytes of their own in UTF-8, and bytes are found much sooner than characters.
        let bytes = text.utf8
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            if open > rest.startIndex { parts.append(.text(String(text[rest.startIndex..<open]))) }
            parts.append(.placeholder(String(text[bytes.index(after: open)..<close])))
            rest = rest[bytes.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(text[rest.startIndex...]))) }
        self.parts = parts
    }

    var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    /// A brace closes that was never opened.
    var hasStrayBrace: Bool {
        parts.contains { if case .text(let text) = $0 { text.contains("}") } else { false } }
    }
}
