import HTTPServer
import Letters
import Pages
import Permits
import Store

/// Papers of the office about an application besides its permit, for applicant and officers alike.
enum DocumentRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/dokumen/:key", access: .citizen, document),
        .get("/petugas/permohonan/:ref/dokumen/:key", access: .officer, document),
    ]

    private static let receiptKey = "tanda-terima"
    private static let letterKeys: [(kind: LetterKind, key: String)] = [
        (.refusal, "penolakan"), (.revocation, "pencabutan"),
    ]

    /// What there is to download about an application.
    static func links(
        _ application: Application, at link: (String, String) -> Link, _ context: Context
    ) throws -> [DocumentLink] {
        guard application.submittedAt != nil else { return [] }
        let reference = application.reference.description
        let receipt = DocumentLink(label: context.texts("documents.receipt"), path: link(reference, receiptKey).path)
        return [receipt]
            + (try letterKeys.compactMap { kind, key in
                try context.store.letter(kind, of: application.reference, visibleTo: context.viewer()).map {
                    DocumentLink(
                        label: context.texts("documents.\(kind.rawValue)", ["number": $0.numberText]),
                        path: link(reference, key).path)
                }
            })
    }

    @Sendable static func document(_ context: Context) throws -> Reply {
        let key = try context.parameter("key")
        if key == receiptKey { return try receipt(context) }
        guard let kind = letterKeys.first(where: { $0.key == key })?.kind,
            let letter = try context.store.letter(kind, of: context.reference(), visibleTo: context.viewer())
        else { throw PermitError.notFound }
        return try LetterRoutes.download(letter, context)
    }

    /// Made from the file's own facts, the same bytes each time; nobody signs it.
    private static func receipt(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let application = try context.store.application(reference, visibleTo: context.viewer())
        guard let submitted = application.submittedAt else { throw PermitError.notFound }
        let office = try context.store.office(application.unit, on: submitted.day)
        var letter = LetterContext(
            answers: application.answers.mapValues(PrintableText.substituted), office: office, date: submitted.day)
        let due = application.clock.due(in: try context.store.calendar())
        letter.application = ApplicationFacts(
            application, due: due, address: context.site.url(.application(reference.description)))
        guard
            let composed = application.type.compose(.receipt, letter, defaults: context.site.officeLetters)
        else { throw PermitError.notFound }
        let file = try context.site.vault.keep(
            context.site.letters.pdf(composed.document, created: submitted.seconds))
        return .file(file, kind: .pdf, filename: "\(composed.document.title).pdf", isDownload: true)
    }
}
