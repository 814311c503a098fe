import Mustache

/// How values are written into a template.
enum Escaping: Sendable {
    case html
    case none

    /// HTML: byte by byte. swift-mustache 2.1.1 escapes by `Character`, so `"` followed by a combining mark is another
    /// character to it and would end an attribute unescaped; templates therefore get values that are escaped here.
    func escape(_ text: String) -> String {
        switch self {
        case .none: return text
        case .html:
            guard text.utf8.contains(where: Self.isSpecial) else { return text }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.utf8.count + 32)
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
                case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
                case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
                case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
                case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
                default: bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

/// A page model as templates see it: texts escaped, empty texts and nils false in a section, known names never looked
/// up further out. Without the last, a nil `hint` of a field would print the `hint` of the page around it.
struct EscapedParent: MustacheParent {
    let base: any MustacheParent
    let escaping: Escaping

    func child(named name: String) -> Any? {
        guard let child = base.child(named: name) else { return nil }
        return escaping.value(child)
    }
}

/// An escaped text. A parent without children, so that tags inside its section go on to the model around it.
struct EscapedText: MustacheParent, MustacheCustomRenderable {
    let renderText: String
    var isNull: Bool { renderText.isEmpty }
    func child(named name: String) -> Any? { nil }
}

extension Escaping {
    func value(_ child: Any) -> Any {
        switch child {
        case let text as String: EscapedText(renderText: escape(text))
        case let flag as Bool: flag
        case let list as [any MustacheParent]: list.map { EscapedParent(base: $0, escaping: self) }
        case let texts as [String]: texts.map { EscapedText(renderText: escape($0)) }
        case let parent as any MustacheParent: EscapedParent(base: parent, escaping: self)
        case let number as Int: EscapedText(renderText: String(number))
        default: EscapedText(renderText: "")
        }
    }
}

/// What the outermost template sees: the page, and beside it `frame`, `links` and the addresses of style and script.
struct Root: MustacheParent {
    let page: EscapedParent
    let frame: EscapedParent?
    let surroundings: EscapedParent

    func child(named name: String) -> Any? {
        switch name {
        case "frame": frame
        case "links", "assets": surroundings.child(named: name)
        default: page.child(named: name)
        }
    }
}

struct Surroundings: MustacheParent {
    let assets: [String: String]

    func child(named name: String) -> Any? {
        switch name {
        case "links": Link.fixed
        case "assets": assets
        default: nil
        }
    }
}
