public import Mustache
public import Permits

/// A letter as the screen shows it before signing: made from the same value as the PDF, so what is read is what prints.
public struct LetterModel: MustacheParent, Sendable {
    public var language: String
    public var title: String
    public var blocks: [LetterPart]
    public var footer: [String]

    public init(document: LetterDocument) {
        language = document.language
        title = document.title
        blocks = document.blocks.map(LetterPart.init)
        footer = document.footer
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "language": language
        case "title": title
        case "blocks": blocks
        case "footer": footer
        default: nil
        }
    }
}

/// One block; exactly one of the properties is set.
public struct LetterPart: MustacheParent, Sendable {
    var head: Letterhead?
    var titled: (text: String, number: String)?
    var paragraph: String?
    var heading: String?
    var listed: (label: String?, items: [String])?
    var fields: [LetterField] = []
    var signature: SignatureBlock?
    var copied: (label: String, items: [String])?
    var correspondence: CorrespondenceHead?
    var annex: AnnexTable?

    init(_ block: LetterBlock) {
        switch block {
        case .letterhead(let head): self.head = head
        case .title(let text, let number): titled = (text, number)
        case .paragraph(let text): paragraph = text
        case .heading(let text): heading = text
        case .numbered(let label, let items): listed = (label, items)
        case .fields(let fields): self.fields = fields
        case .signature(let block): signature = block
        case .copies(let label, let items): copied = (label, items)
        case .correspondence(let head): correspondence = head
        case .annex(let table): annex = table
        }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "head":
            head.map { Values(["government": $0.government, "office": $0.office, "lines": $0.lines]) } as Any
        case "titled": titled.map { Values(["text": $0.text, "number": $0.number]) } as Any
        case "paragraph": paragraph as Any
        case "heading": heading as Any
        case "listed": listed.map { Values(["label": $0.label ?? "", "items": $0.items]) } as Any
        case "hasFields": !fields.isEmpty
        case "fields": fields.map(Self.values)
        case "signature": signature.map(Self.values) as Any
        case "copied": copied.map { Values(["label": $0.label, "items": $0.items]) } as Any
        case "correspondence": correspondence.map(Self.values) as Any
        case "annex": annex.map(Self.values) as Any
        default: nil
        }
    }

    private static func values(_ block: SignatureBlock) -> Values {
        Values([
            "placeLines": block.placeLines, "positionLines": block.positionLines, "name": block.name,
            "nameLines": block.nameLines, "caption": block.mark.caption, "address": block.mark.url ?? "",
        ])
    }

    private static func values(_ field: LetterField) -> Values {
        Values(["label": field.label, "value": field.value, "bold": field.bold])
    }

    private static func values(_ head: CorrespondenceHead) -> Values {
        Values([
            "place": head.placeAndDate, "rows": head.rows.map(values), "addressee": head.addressee,
            "addresseePlace": head.addresseePlace,
        ])
    }

    private static func values(_ annex: AnnexTable) -> Values {
        Values([
            "lines": annex.lines, "text": annex.title, "columns": annex.columns.map(\.label),
            "rows": annex.rows.map { Values(["cells": $0]) },
        ])
    }

    /// Named values of a Permits type, which knows nothing of templates.
    struct Values: MustacheParent {
        private let table: [String: any Sendable]
        init(_ table: [String: any Sendable]) { self.table = table }
        func child(named name: String) -> Any? { table[name] }
    }
}
