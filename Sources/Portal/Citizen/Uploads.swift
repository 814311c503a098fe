import HTTPServer
import Pages
import Permits
import Store

/// Files from strangers: judged by their content, kept in the vault, named for people only.
enum Uploads {
    /// Keeps every chosen file of the form that fits its requirement. A file that does not fit harms no other.
    /// - Parameter papers: Those that are asked of this applicant; a file for any other is not kept.
    /// - Returns: What is wrong, by requirement.
    static func keep(
        _ files: [UploadedFile], for papers: [Requirement], of application: Application, _ context: Context
    ) throws -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for requirement in papers where application.isOpen(requirement.key) {
            guard let file = files.first(where: { $0.name == requirement.key }), !file.isEmptyPart else { continue }
            switch try given(file, for: requirement, context) {
            case .failure(let problem): problems.append(problem)
            case .success(let given):
                try context.store.attach(
                    given.file, scanned: given.scan, named: given.filename, for: requirement.key,
                    to: application.reference, by: context.viewer(), at: context.now)
            }
        }
        return problems
    }

    /// Looks into a file, and puts it into the vault when nothing is wrong with it.
    static func given(_ file: UploadedFile, for requirement: Requirement, _ context: Context) throws
        -> Result<GivenFile, FieldProblem>
    {
        // A whole megabyte at least, so that many small files cost something too.
        try context.site.limit(
            "upload", "\(context.viewer().account.value)", context.site.settings.rates.uploads,
            cost: 1 + Double(file.size) / 1_048_576)
        switch try FileCheck(context: context).check(file, requirement) {
        case .failure(let problem): return .failure(problem)
        case .success(let scan):
            let stored =
                try file.path.map { try context.site.vault.keep(contentsOf: $0) }
                ?? context.site.vault.keep(file.readAll(limit: requirement.maxBytes))
            return .success(GivenFile(file: stored, scan: scan, filename: filename(file.filename, scan.kind)))
        }
    }

    /// Scalars, without the ending.
    private static let longestName = 100

    /// The last part of what the client called it, without anything invisible, with the ending of its true kind.
    static func filename(_ sent: String, _ kind: FileKind) -> String {
        let last = sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let cleaned = TypedText.cleaned(last, keepingLines: false)
        let dot = cleaned.lastIndex(of: ".")
        let base = String(dot.map { cleaned[..<$0] } ?? cleaned[...]).trimmedDots
        // By scalars: a thousand accents on one letter are one character.
        let short = String(String.UnicodeScalarView(base.unicodeScalars.prefix(longestName)))
        return "\(short.isEmpty ? "berkas" : short).\(kind.fileExtension)"
    }
}

extension String {
    fileprivate var trimmedDots: String {
        var rest = self[...]
        while rest.first == "." || rest.first == " " { rest.removeFirst() }
        return String(rest)
    }
}
