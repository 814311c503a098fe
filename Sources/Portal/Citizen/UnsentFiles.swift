import HTTPServer
import Pages
import Permits
import Store

/// Files that wait to be sent: with a message, or as a report.
struct UnsentFiles {
    let purpose: Unsent.Purpose
    let context: Context

    /// What became of the files of a form.
    struct Outcome {
        /// Marks of those that are kept now.
        var added: Set<String> = []
        /// Marks of those that they took the place of.
        var replaced: Set<String> = []
        var problems: [FieldProblem] = []
    }

    /// Keeps every chosen file that fits, each in its place. One that does not fit harms no other.
    /// - Parameter requirement: What a file must be that comes by this input.
    func keep(at places: [String], _ requirement: (UploadedFile, String) -> Requirement) throws -> Outcome {
        var outcome = Outcome()
        for place in places {
            guard let file = context.request.files.first(where: { $0.name == place }), !file.isEmptyPart else {
                continue
            }
            switch try Uploads.given(file, for: requirement(file, place), context) {
            case .failure(let problem): outcome.problems.append(problem)
            case .success(let given):
                do {
                    let (mark, replaced) = try context.store.keepUnsent(
                        given, at: place, for: purpose, about: context.reference(), by: context.viewer(),
                        at: context.now)
                    outcome.added.insert(mark)
                    if let replaced { outcome.replaced.insert(replaced) }
                } catch PermitError.invalid(let problems) {
                    outcome.problems += problems
                }
            }
        }
        return outcome
    }

    /// Marks of the files that the sender of this form had before them, or sent with it.
    func shown(_ outcome: Outcome) -> Set<String> {
        let known = context.form.pairs.filter { $0.name == MessagePage.shownName }.map(\.value)
        return Set(known).subtracting(outcome.replaced).union(outcome.added)
    }

    /// Takes a file away, when that is what was asked for, and leads back to its place.
    func drop(then link: Link) throws -> Reply? {
        guard let mark = context.form["remove"] else { return nil }
        let place = try context.store.dropUnsent(
            mark, for: purpose, about: context.reference(), by: context.viewer(), at: context.now)
        guard let place else { return .redirect(link) }
        return .place("\(link.path)#\(FieldModel.identifier(place))", notice: .fileRemoved)
    }

    /// For how long it is kept, and that nobody else sees it.
    static func note(_ key: String, _ context: Context) -> String {
        context.texts(key, ["days": "\(context.site.settings.drafts.days)"])
    }

    /// One of them, for its author.
    @Sendable static func open(_ context: Context) throws -> Reply {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        let file = try context.store.unsentFile(id, of: context.reference(), by: context.viewer())
        return .file(
            StoredFile(sha256: file.sha256, size: file.size), kind: file.kind, filename: file.filename,
            isDownload: false)
    }
}

extension UploadedFile {
    /// Browsers send an empty part for an input without a file.
    var isEmptyPart: Bool { filename.isEmpty && size == 0 }
}
