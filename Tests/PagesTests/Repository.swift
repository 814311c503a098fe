import Foundation
import Permits

@testable import Pages

/// Files of the repository, found from this file.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()
    static let templates = root + "Templates"

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: root + path, encoding: .utf8)
    }

    /// Contents by path under `folder`.
    static func files(in folder: String, suffix: String) throws -> [String: String] {
        var files: [String: String] = [:]
        let walk = FileManager.default.enumerator(atPath: root + folder)
        while let path = walk?.nextObject() as? String {
            if path.hasSuffix(suffix) { files[path] = try text("\(folder)/\(path)") }
        }
        return files
    }

    static func renderer(_ language: Language = .standard) throws -> Renderer {
        try Renderer(templates: templates, language: language)
    }
}

/// One sample with everything a test needs to render it.
struct Sample: CustomStringConvertible, Sendable {
    let description: String
    let type: any Page.Type
    let page: any Page

    static let pages: [Sample] = all(Catalogue.pages)
    static let mails: [Sample] = all(Catalogue.mails)

    private static func all(_ types: [any Page.Type]) -> [Sample] {
        types.flatMap { type in samples(type) }
    }

    private static func samples<P: Page>(_ type: P.Type) -> [Sample] {
        type.samples.enumerated().map { index, page in
            Sample(description: "\(type) \(index + 1)", type: type, page: page)
        }
    }

    func html(_ renderer: Renderer, in frame: Frame = .visitor) -> String { Self.html(page, renderer, frame) }

    private static func html(_ page: some Page, _ renderer: Renderer, _ frame: Frame) -> String {
        renderer.html(page, in: frame)
    }

    func mail(_ renderer: Renderer) -> (subject: String, body: String) { Self.mail(page, renderer) }

    private static func mail(_ page: some Page, _ renderer: Renderer) -> (subject: String, body: String) {
        renderer.text(mail: page)
    }

    /// The frame that suits the audience.
    var frame: Frame {
        let folder = type.template.prefix { $0 != "/" }
        return folder == "citizen" ? .citizen : folder == "public" ? .visitor : .staff
    }
}
