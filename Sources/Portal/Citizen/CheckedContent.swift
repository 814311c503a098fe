import Crypto
import Foundation
import Permits

/// What a check page showed, in short. It comes back with the statement of truth, so that nobody vouches for what another
/// device, or a colleague, has written since.
struct CheckedContent {
    static let fieldName = "terperiksa"
    /// The key under which it stands for whom the application is filed.
    static let filedFor = "/lembaga"

    /// What each answer and each paper is, by key, in the order of the page.
    private let marks: [(key: String, mark: String)]
    private let digest: String

    /// - Parameter institution: That it is filed for; nil when the applicant files it for themselves.
    init(_ application: Application, for institution: InstitutionID?) {
        let answers = application.shownAnswers
        var contents = application.askedSections.flatMap(\.fields).filter { $0.paper == nil }.map {
            (key: $0.key, content: answers[$0.key] ?? "")
        }
        contents += application.askedPapers.map {
            (key: $0.key, content: application.attachment(for: $0.key)?.sha256 ?? "")
        }
        contents.append((key: Self.filedFor, content: institution.map { "\($0.value)" } ?? ""))
        let whole = contents.map { "\($0.key)=\($0.content.utf8.count):\($0.content)" }
        // Three bytes name what is different; whether anything is, twelve bytes of all of it decide.
        marks = zip(contents, whole).map { (key: $0.key, mark: Self.hash($1, 3)) }
        digest = Self.hash(whole.joined(separator: "\n"), 12)
    }

    /// As the form carries it.
    var text: String { marks.map(\.mark).joined() + digest }

    /// Keys of what is not as it was seen. Nil when all of it is.
    func changes(since seen: String) -> [String]? {
        guard seen.suffix(digest.count) != digest else { return nil }
        let known = Array(seen.dropLast(digest.count))
        let marksSeen = Set(
            stride(from: 0, to: known.count, by: 4).map { String(known[$0..<min($0 + 4, known.count)]) })
        return marks.filter { !marksSeen.contains($0.mark) }.map(\.key)
    }

    private static func hash(_ text: String, _ count: Int) -> String {
        Token.text(SHA256.hash(data: Data(text.utf8)).prefix(count))
    }
}
