import Foundation
import Mustache

/// A template file before it is compiled.
struct TemplateSource {
    /// Path under the template directory without extension: the name that other templates include it by.
    let name: String
    let file: String
    let text: String

    static func all(in directory: String) throws(TemplateFault) -> [TemplateSource] {
        guard let walk = FileManager.default.enumerator(atPath: directory) else {
            throw TemplateFault(file: directory, reason: "cannot be read")
        }
        var sources: [TemplateSource] = []
        for case let path as String in walk where path.hasSuffix(".mustache") {
            let file = "\(directory)/\(path)"
            guard let data = FileManager.default.contents(atPath: file),
                let text = String(data: data, encoding: .utf8)
            else { throw TemplateFault(file: file, reason: "cannot be read as UTF-8") }
            sources.append(TemplateSource(name: String(path.dropLast(".mustache".count)), file: file, text: text))
        }
        return sources.sorted { $0.name < $1.name }
    }

    func compile(with texts: Texts, escaping: Escaping) throws(TemplateFault) -> MustacheTemplate {
        if let raw = ["{{{", "{{&", "{{="].first(where: text.contains) {
            throw TemplateFault(file: file, reason: "\(raw) is not allowed: every value is escaped")
        }
        var source = try filled(with: texts, escaping: escaping)
        if escaping == .html { source = Self.withoutIndentation(source) }
        do {
            return try MustacheTemplate(string: Self.withRawVariables(source))
        } catch let fault as MustacheTemplate.ParserError {
            throw TemplateFault(
                file: file, reason: "line \(fault.context.lineNumber): \(fault.error): \(fault.context.line)")
        } catch {
            throw TemplateFault(file: file, reason: "\(error)")
        }
    }

    /// Replaces `[[key]]`. Texts may hold tags of their own.
    private func filled(with texts: Texts, escaping: Escaping) throws(TemplateFault) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.range(of: "[["), let close = rest.range(of: "]]", range: open.upperBound..<rest.endIndex)
        {
            let key = String(rest[open.upperBound..<close.lowerBound])
            guard let value = texts[key] else {
                throw TemplateFault(file: file, reason: "there is no text \(key) in \(texts.file)")
            }
            result += rest[..<open.lowerBound]
            result += escaping.escape(value)
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    /// Indentation is for us, not for a slow network, and Mustache would repeat it inside what a reader typed.
    private static func withoutIndentation(_ source: String) -> String {
        source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// `{{name}}` becomes `{{{name}}}`: values arrive escaped, see `Escaping.escape`.
    private static func withRawVariables(_ source: String) -> String {
        var result = ""
        var rest = source[...]
        while let open = rest.range(of: "{{"), let close = rest.range(of: "}}", range: open.upperBound..<rest.endIndex)
        {
            let tag = rest[open.upperBound..<close.lowerBound]
            let isVariable = tag.first.map { !"#^/>!<$%".contains($0) } ?? false
            result += rest[..<open.lowerBound]
            result += isVariable ? "{{{\(tag)}}}" : "{{\(tag)}}"
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
