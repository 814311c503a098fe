import HTTPServer
import Pages
import Permits
import Store

/// The report that a holder owes the office: its file goes up first, waits, and is handed over then.
enum ReportRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/laporan", access: .citizen, RegisterRoutes.file),
        .get("/permohonan/:ref/laporan/unggahan", access: .citizen, form),
        // How large it may be is the duty's to say, up to 50 MiB.
        .post("/permohonan/:ref/laporan/unggahan", access: .citizen, body: TypingRoutes.paper, keepsTyping: true, give),
        .post("/permohonan/:ref/laporan/unggahan/:key", access: .citizen, body: TypingRoutes.paper, upload),
    ]

    @Sendable static func form(_ context: Context) throws -> Reply {
        try whileOpen(context) { .page(try page($0, context)) }
    }

    @Sendable static func give(_ context: Context) throws -> Reply {
        try whileOpen(context) { duty in
            let reference = try context.reference()
            let link = Link.reportForm(reference.description)
            let waiting = UnsentFiles(purpose: .report, context: context)
            let files = try waiting.keep(at: [Report.fieldName]) { _, _ in duty.requirement }
            guard files.problems.isEmpty else {
                return .page(try page(duty, problems: files.problems, context), status: 422)
            }
            if let dropped = try waiting.drop(then: link) { return dropped }
            if context.form["then"] == "stay" {
                return .redirect(link, notice: files.added.isEmpty ? nil : .filesSaved)
            }
            do {
                let sending = try context.store.handOverReport(
                    shown: waiting.shown(files), of: reference, by: context.viewer(), origin: context.origin,
                    at: context.now)
                guard sending == .sent else { return .page(try page(duty, isOtherFile: true, context), status: 409) }
            } catch PermitError.invalid(let problems) {
                return .page(try page(duty, problems: problems, context), status: 422)
            }
            return .redirect(.application(reference.description), notice: .reportGiven)
        }
    }

    /// Answers with the page as it is then; the script takes the file's part out of it.
    @Sendable static func upload(_ context: Context) throws -> Reply {
        guard try context.parameter("key") == Report.fieldName else { throw PermitError.notFound }
        return try whileOpen(context) { duty in
            let files = try UnsentFiles(purpose: .report, context: context).keep(at: [Report.fieldName]) { _, _ in
                duty.requirement
            }
            return .page(try page(duty, problems: files.problems, context), status: files.problems.isEmpty ? 200 : 422)
        }
    }

    /// Asked before a long file is read for nothing. Whoever has handed it over, by a first click perhaps, or owes none
    /// any more, sees how things are.
    private static func whileOpen(_ context: Context, _ answer: (Duty) throws -> Reply) throws -> Reply {
        let application = try context.application()
        guard let duty = application.type.duty else { throw PermitError.notFound }
        do {
            try context.store.expectReport(of: application.reference, by: context.viewer())
            return try answer(duty)
        } catch PermitError.conflict("conflict.reportGiven"), PermitError.conflict("conflict.noReportOwed") {
            return .redirect(.application(application.reference.description))
        }
    }

    private static func page(
        _ duty: Duty, problems: [FieldProblem] = [], isOtherFile: Bool = false, _ context: Context
    ) throws -> ReportPage {
        let viewer = try context.viewer()
        let application = try context.application()
        let reference = application.reference.description
        guard let letter = try context.store.letter(of: application.reference, visibleTo: viewer),
            let note = DutyNote(
                letter, try context.store.report(of: application.reference, visibleTo: viewer), of: application,
                isWaiting: false, on: context.now.day, texts: context.texts)
        else { throw PermitError.notFound }
        let waiting = try context.store.unsent(.report, about: application.reference, by: viewer)
        return ReportPage(
            reference: reference, kind: application.type.name, label: note.label, tag: note.tag,
            sentence: note.sentence,
            reason: note.reason, returned: note.file, action: Link.reportForm(reference).path,
            uploadPath: Link.reportUpload(reference, "").path, backPath: Link.application(reference).path,
            upload: FileFieldModel(
                duty.requirement,
                file: waiting.files.first.map { FileModel($0, of: reference, texts: context.texts) },
                problem: problems.first, texts: context.texts),
            note: UnsentFiles.note("duty.keep", context), isOtherFile: isOtherFile)
    }
}
