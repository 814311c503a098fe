import HTTPServer
import Pages
import Permits
import Store

/// Files from strangers: judged by their content, kept in the vault, named for people only.
enum Uploads {
    /// Keeps every chosen file of the form that fits its requirement. A file that does not fit harms no other.
    /// - Returns: What is wrong, by requirement.
    static func keep(_ files: [UploadedFile], for application: Application, _ context: Context) throws -> [FieldProblem]
    {
        var problems: [FieldProblem] = []
        for requirement in application.type.requirements where application.isOpen(requirement.key) {
            // Browsers send an empty part for an input without a file.
            guard let file = files.first(where: { $0.name == requirement.key }), !file.filename.isEmpty || file.size > 0
            else { continue }
            let viewer = try context.viewer()
            // A whole megabyte at least, so that many small files cost something too.
            try context.site.limit(
                "upload", "\(viewer.account.value)", context.site.settings.rates.uploads,
                cost: 1 + Double(file.size) / 1_048_576)
            switch try check(file, requirement) {
            case .failure(let problem): problems.append(problem)
            case .success(let kind):
                let stored =
                    try file.path.map { try context.site.vault.keep(contentsOf: $0) }
                    ?? context.site.vault.keep(file.readAll(limit: requirement.maxBytes))
                try context.store.attach(
                    stored, as: kind, named: filename(file.filename, kind), for: requirement.key,
                    to: application.reference, by: viewer, at: context.now)
            }
        }
        return problems
    }

    static func check(_ file: UploadedFile, _ requirement: Requirement) throws -> Result<FileKind, FieldProblem> {
        func fail(_ key: String, _ values: [String: String] = [:]) -> Result<FileKind, FieldProblem> {
            .failure(
                FieldProblem(requirement.key, key, values.merging(["label": requirement.label]) { first, _ in first }))
        }
        if file.isTooLarge || file.size > requirement.maxBytes {
            let values = ["limit": Formats.fileSize(requirement.maxBytes), "actual": Formats.fileSize(file.size)]
            return fail("fileTooLarge", values)
        }
        if file.size == 0 { return fail("fileEmpty") }
        let head = try file.prefix(32)
        guard let kind = FileKind(sniffing: head), requirement.kinds.contains(kind) else {
            return fail(
                isHEIC(head) ? "fileHEIC" : "fileKind",
                ["kinds": requirement.kinds.map { $0.rawValue.uppercased() }.joined(separator: ", ")])
        }
        switch FileCheck.damage(of: try file.readAll(limit: requirement.maxBytes), as: kind) {
        case .cutOff: return fail("fileUnreadable")
        case .encrypted: return fail("fileEncrypted")
        case nil: return .success(kind)
        }
    }

    /// ISO base media file whose brand is one of HEIF's (ISO/IEC 23008-12, annex B).
    private static func isHEIC(_ head: [UInt8]) -> Bool {
        guard head.count >= 12, Array(head[4..<8]) == Array("ftyp".utf8) else { return false }
        let brand = String(decoding: head[8..<12], as: UTF8.self)
        return ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"].contains(brand)
    }

    /// The last part of what the client called it, without anything invisible, with the ending of its true kind.
    static func filename(_ sent: String, _ kind: FileKind) -> String {
        let last = sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let cleaned = TypedText.cleaned(last, keepingLines: false)
        let dot = cleaned.lastIndex(of: ".")
        let base = String(dot.map { cleaned[..<$0] } ?? cleaned[...]).trimmedDots
        return "\(base.isEmpty ? "berkas" : String(base.prefix(100))).\(kind.fileExtension)"
    }
}

extension String {
    fileprivate var trimmedDots: String {
        var rest = self[...]
        while rest.first == "." || rest.first == " " { rest.removeFirst() }
        return String(rest)
    }
}
