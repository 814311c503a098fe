import Foundation
import Mustache
public import Permits

/// What is wrong with a template or its texts, in one line.
public struct TemplateFault: Error, CustomStringConvertible, Equatable {
    public var file: String
    public var reason: String
    public var description: String { "\(file): \(reason)" }
}

/// All templates of one language, compiled once and then only read: safe to share between threads.
public struct Renderer: Sendable {
    public let texts: Texts
    private let pages: MustacheLibrary
    private let mails: MustacheLibrary
    private let assets: [String: String]

    /// Reads every `.mustache` file under `directory`, and `strings/<language>.json` for the texts.
    /// - Parameters:
    ///   - fallback: texts for keys that the file does not have.
    ///   - assets: published address by file name, such as `"css/app.css": "/css/app.5f2c.css"`.
    ///     Without an entry a file is linked as `/css/app.css`.
    public init(
        templates directory: String, language: Language, fallback: Texts? = nil, assets: [String: String] = [:]
    ) throws(TemplateFault) {
        texts = try Texts(
            file: "\(directory)/strings/\(language.rawValue).json", language: language, fallback: fallback)
        var pages: [String: MustacheTemplate] = [:]
        var mails: [String: MustacheTemplate] = [:]
        for source in try TemplateSource.all(in: directory) {
            if source.name.hasPrefix("mail/") {
                mails[source.name] = try source.compile(with: texts, escaping: .none)
            } else {
                pages[source.name] = try source.compile(with: texts, escaping: .html)
            }
        }
        for page in Catalogue.pages where pages[page.template] == nil {
            throw TemplateFault(file: "\(directory)/\(page.template).mustache", reason: "is missing")
        }
        for mail in Catalogue.mails where mails[mail.template] == nil {
            throw TemplateFault(file: "\(directory)/\(mail.template).mustache", reason: "is missing")
        }
        self.pages = MustacheLibrary(templates: pages)
        self.mails = MustacheLibrary(templates: mails)
        self.assets = [
            "style": assets["css/app.css"] ?? "/css/app.css",
            "staff": assets["css/staff.css"] ?? "/css/staff.css",
            "icon": assets["img/icon.svg"] ?? "/img/icon.svg",
            "script": assets["js/app.js"] ?? "/js/app.js",
            "form": assets["js/form.js"] ?? "/js/form.js",
        ]
    }

    public func html<P: Page>(_ page: P, in frame: Frame) -> String { html(page, template: P.template, in: frame) }

    func html(_ page: any MustacheParent, template: String, in frame: any MustacheParent) -> String {
        let root = Root(
            page: EscapedParent(base: page, escaping: .html), frame: EscapedParent(base: frame, escaping: .html),
            surroundings: EscapedParent(base: Surroundings(assets: assets), escaping: .html))
        return pages.render(root, withTemplate: template) ?? ""
    }

    /// The first line of a mail template is its subject; the body begins after the blank line that follows.
    public func text<P: Page>(mail: P) -> (subject: String, body: String) {
        let root = Root(
            page: EscapedParent(base: mail, escaping: .none), frame: nil,
            surroundings: EscapedParent(base: Surroundings(assets: assets), escaping: .none))
        let text = mails.render(root, withTemplate: P.template) ?? ""
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let subject = parts.first.map(String.init) ?? ""
        let body = parts.count > 1 ? String(parts[1]) : ""
        return (
            subject.trimmingCharacters(in: .whitespacesAndNewlines),
            body.trimmingCharacters(in: .whitespacesAndNewlines) + "\n"
        )
    }
}
