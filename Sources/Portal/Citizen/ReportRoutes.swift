import HTTPServer
import Pages
import Permits
import Store

/// The report that a holder owes the office.
enum ReportRoutes {
    /// How large it may be is the duty's to say, up to 50 MiB.
    static let body = BodyPolicy.multipart(max: 51 << 20, maxFile: 50 << 20, maxFiles: 1, maxFields: 8)

    static let table: [Route] = [
        .get("/permohonan/:ref/laporan", access: .citizen, RegisterRoutes.file),
        .post("/permohonan/:ref/laporan", access: .citizen, body: body, keepsTyping: true, give),
    ]

    @Sendable static func give(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let reference = try context.reference()
        guard let duty = try context.application().type.duty else { throw PermitError.notFound }
        do {
            // Before a long file is read for nothing.
            try context.store.expectReport(of: reference, by: viewer)
            guard let file = context.request.files.first(where: { $0.name == Report.fieldName }), file.size > 0 else {
                return try refusal(
                    FieldProblem(Report.fieldName, "fileMissing", ["label": duty.label]), context)
            }
            try context.site.limit(
                "upload", "\(viewer.account.value)", context.site.settings.rates.uploads,
                cost: 1 + Double(file.size) / 1_048_576)
            switch try FileCheck(context: context).check(file, duty.requirement) {
            case .failure(let problem): return try refusal(problem, context)
            case .success(let scan):
                let stored =
                    try file.path.map { try context.site.vault.keep(contentsOf: $0) }
                    ?? context.site.vault.keep(file.readAll(limit: duty.maxBytes))
                try context.store.giveReport(
                    stored, scanned: scan, named: Uploads.filename(file.filename, scan.kind), of: reference, by: viewer,
                    origin: context.origin, at: context.now)
            }
        } catch PermitError.conflict("conflict.reportGiven") {
            // A second click: the first one has given it.
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .reportGiven)
    }

    private static func refusal(_ problem: FieldProblem, _ context: Context) throws -> Reply {
        .page(try ApplicationRoutes.page(context, reportFault: problem), status: 422)
    }
}
