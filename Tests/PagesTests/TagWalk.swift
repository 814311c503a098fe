import Foundation
import Mustache

@testable import Pages

/// What a template may ask of a value, learnt from samples.
indirect enum Shape {
    case text
    case flag
    case one(String)
    case many(String)
    case texts
}

/// Stored properties by type, merged over all samples: a nil or an empty list in one is filled by another.
struct Shapes {
    private(set) var types: [String: [String: Shape?]] = [:]
    private(set) var faults: [String] = []

    mutating func learn(_ value: any MustacheParent) {
        let name = "\(type(of: value))"
        for (label, child) in Mirror(reflecting: value).children {
            guard let label else { continue }
            // Permits values that `LetterPart` holds reach templates through `child(named:)` only.
            guard let reached = value.child(named: label) else {
                if !(value is LetterPart) && !(value is LetterPart.Values) {
                    faults.append("\(name).\(label) is not reached by child(named:)")
                }
                continue
            }
            if value is LetterPart { continue }
            note(name, label, reached, raw: child)
        }
        if let part = value as? LetterPart { learn(part: part) }
        if let values = value as? LetterPart.Values { learn(values: values) }
    }

    private mutating func note(_ type: String, _ label: String, _ value: Any, raw: Any) {
        let known = types[type]?[label] ?? nil
        types[type, default: [:]][label] = .some(shape(value) ?? known)
    }

    private mutating func shape(_ value: Any) -> Shape? {
        switch value {
        case is String, is Int: return .text
        case is Bool: return .flag
        case let texts as [String] where !texts.isEmpty: return .texts
        case let list as [any MustacheParent]:
            list.forEach { learn($0) }
            return list.first.map { .many("\(Swift.type(of: $0))") }
        case let parent as any MustacheParent:
            learn(parent)
            return .one("\(Swift.type(of: parent))")
        default: return nil
        }
    }

    private mutating func learn(part: LetterPart) {
        let names = [
            "head", "titled", "paragraph", "heading", "listed", "hasFields", "fields", "signature", "copied",
            "correspondence", "annex",
        ]
        for name in names {
            guard let value = part.child(named: name) else { continue }
            if let values = value as? LetterPart.Values {
                learn(values: values)
                types["LetterPart", default: [:]][name] = .some(.one("Values"))
            } else {
                note("LetterPart", name, value, raw: value)
            }
        }
    }

    private mutating func learn(values: LetterPart.Values) {
        let names = [
            "government", "office", "lines", "text", "number", "label", "items", "value", "bold", "placeLines",
            "positionLines", "name", "nameLines", "caption", "address", "place", "rows",
            "addressee", "addresseePlace", "columns", "cells",
        ]
        for name in names {
            if let value = values.child(named: name) { note("Values", name, value, raw: value) }
        }
    }

    mutating func add(_ type: String, _ name: String, _ shape: Shape) { types[type, default: [:]][name] = .some(shape) }
}

/// Walks the tags of a template as the renderer would, without values.
struct TagWalk {
    let templates: [String: String]
    let shapes: Shapes
    private(set) var faults: Set<String> = []
    private(set) var used: Set<String> = []

    init(templates: [String: String], shapes: Shapes) {
        self.templates = templates
        self.shapes = shapes
    }

    enum Tag: Equatable {
        case variable(String), open(String, inverted: Bool), close(String), partial(String), parent(String),
            block(String)
    }

    static func tags(_ text: String) -> [Tag] {
        text.matches(of: /\{\{\s*([#^\/>!<$]?)\s*([^}]*?)\s*\}\}/).compactMap { match in
            let name = String(match.2)
            switch match.1 {
            case "#": return .open(name, inverted: false)
            case "^": return .open(name, inverted: true)
            case "/": return .close(name)
            case ">": return .partial(name)
            case "<": return .parent(name)
            case "$": return .block(name)
            case "!": return nil
            default: return .variable(name)
            }
        }
    }

    mutating func walk(template: String, page: String) {
        walk(template, stack: [page], blocks: [:])
    }

    private mutating func walk(_ template: String, stack: [String], blocks: [String: ArraySlice<Tag>]) {
        guard let text = templates[template] else {
            faults.insert("there is no template \(template)")
            return
        }
        walk(Self.tags(text)[...], in: template, stack: stack, blocks: blocks)
    }

    private mutating func walk(
        _ tags: ArraySlice<Tag>, in template: String, stack: [String], blocks: [String: ArraySlice<Tag>]
    ) {
        var rest = tags
        while let tag = rest.popFirst() {
            switch tag {
            case .variable(let name):
                switch find(name, stack, template) {
                case .text, nil: break
                case .texts where name == ".": break
                default: faults.insert("\(template): {{\(name)}} is not a text")
                }
            case .open(let name, let inverted):
                let body = cut(&rest, until: name)
                let shape = find(name, stack, template)
                switch shape {
                case .one(let type) where !inverted, .many(let type) where !inverted:
                    walk(body, in: template, stack: stack + [type], blocks: blocks)
                case .texts where !inverted: walk(body, in: template, stack: stack + ["."], blocks: blocks)
                default: walk(body, in: template, stack: stack, blocks: blocks)
                }
            case .partial(let name): walk(name, stack: stack, blocks: blocks)
            case .parent(let name):
                var body = cut(&rest, until: name)
                var overrides = blocks
                while let tag = body.popFirst() {
                    if case .block(let block) = tag { overrides[block] = cut(&body, until: block) }
                }
                walk(name, stack: stack, blocks: overrides)
            case .block(let name):
                let standard = cut(&rest, until: name)
                walk(blocks[name] ?? standard, in: template, stack: stack, blocks: blocks)
            case .close(let name): faults.insert("\(template): {{/\(name)}} closes nothing")
            }
        }
    }

    private func cut(_ tags: inout ArraySlice<Tag>, until name: String) -> ArraySlice<Tag> {
        var depth = 0
        for index in tags.indices {
            switch tags[index] {
            case .open(name, _), .block(name), .parent(name): depth += 1
            case .close(name):
                if depth == 0 {
                    let body = tags[tags.startIndex..<index]
                    tags = tags[(index + 1)...]
                    return body
                }
                depth -= 1
            default: break
            }
        }
        return []
    }

    /// The shape of `name` from the innermost value outwards; notes that it is used.
    private mutating func find(_ name: String, _ stack: [String], _ template: String) -> Shape? {
        if name == "." { return .text }
        let parts = name.split(separator: ".").map(String.init)
        var type: String? = stack.last { shapes.types[$0]?[parts[0]] != nil }
        var shape: Shape?
        for part in parts {
            guard let owner = type, let found = shapes.types[owner]?[part] else {
                faults.insert("\(template): {{\(name)}} is in none of \(stack.joined(separator: ", "))")
                return nil
            }
            used.insert("\(owner).\(part)")
            guard let found else {
                faults.insert("\(template): {{\(name)}} has no value in any sample of \(owner)")
                return nil
            }
            shape = found
            if case .one(let next) = found { type = next } else { type = nil }
        }
        return shape
    }
}
