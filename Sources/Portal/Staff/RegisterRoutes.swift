import HTTPServer
import Pages
import Permits
import Store

/// The office's lists of what it has issued and of what holders owe it.
enum RegisterRoutes {
    static let table: [Route] = [
        .get("/petugas/agenda", access: .officer, register),
        .get("/petugas/laporan", access: .officer, reports),
        .get("/petugas/permohonan/:ref/laporan", access: .officer, file),
        .post(
            "/petugas/permohonan/:ref/laporan/keputusan", access: .verifier, body: .longForm, keepsTyping: true,
            judge),
    ]

    private static let pageLength = 50

    @Sendable static func register(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        guard let unit = viewer.unit else { throw PermitError.notFound }
        let parts = try context.store.registerParts(for: viewer)
        let query = context.request.head.query
        let asked = parts.first { $0.series == query["seri"] && String($0.year) == query["tahun"] }
        let office = try context.store.office(unit, on: context.now.day)
        guard let part = asked ?? parts.first else {
            return .page(Register(office: office.name, heading: String(context.now.day.year), parts: [], rows: []))
        }
        let page = page(query)
        let rows = try context.store.register(
            part, for: viewer, on: context.now.day, limit: pageLength + 1, offset: (page - 1) * pageLength)
        func address(_ number: Int) -> String { Link.registerPage(part.series, part.year, number).path }
        return .page(
            Register(
                office: office.name, heading: label(of: part, among: parts, office, context.texts),
                parts: parts.map { other in
                    QueueTab(
                        label: label(of: other, among: parts, office, context.texts),
                        count: context.formats.number(other.last),
                        path: Link.registerPage(other.series, other.year, 1).path, isCurrent: other == part)
                }, rows: rows.prefix(pageLength).map { RegisterRow($0, texts: context.texts) },
                pager: pager(page, hasMore: rows.count > pageLength, address)))
    }

    /// The office and the year; the series only where the office has several in that year.
    private static func label(of part: RegisterPart, among parts: [RegisterPart], _ office: Office, _ texts: Texts)
        -> String
    {
        let isOnlyOne = parts.count { $0.year == part.year } == 1
        return texts(
            isOnlyOne ? "register.part" : "register.partOfSeries",
            ["office": office.shortName, "year": "\(part.year)", "series": part.series])
    }

    @Sendable static func reports(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let query = context.request.head.query
        let group = query["tab"].flatMap { ReportGroup(rawValue: $0) } ?? .given
        let page = page(query)
        let today = context.now.day
        let counts = try context.store.reportCounts(for: viewer, on: today)
        let rows = try context.store.reports(
            group.queue, for: viewer, on: today, limit: pageLength + 1, offset: (page - 1) * pageLength)
        func address(_ number: Int) -> String { Link.reportsPage(group.rawValue, number).path }
        return .page(
            Reports(
                heading: context.texts(group.textKey),
                tabs: ReportGroup.allCases.map { other in
                    QueueTab(
                        label: context.texts(other.textKey),
                        count: context.formats.number(counts[other.queue] ?? 0, countedTo: Store.countLimit),
                        path: Link.reportsPage(other.rawValue, 1).path, isCurrent: other == group)
                }, rows: rows.prefix(pageLength).map { ReportRow($0, in: group, texts: context.texts) },
                pager: pager(page, hasMore: rows.count > pageLength, address)))
    }

    @Sendable static func file(_ context: Context) throws -> Reply {
        let report = try context.store.openReport(
            of: context.reference(), by: context.viewer(), at: context.now)
        return .file(
            StoredFile(sha256: report.sha256, size: report.size), kind: report.kind, filename: report.filename,
            isDownload: false)
    }

    @Sendable static func judge(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        guard let id = context.form[LetterInput.report.rawValue].flatMap({ Int64($0) }) else {
            throw PermitError.notFound
        }
        let verdict: ReportVerdict
        switch context.form[LetterInput.decision.rawValue] {
        case "confirm": verdict = .confirm
        case "return": verdict = .giveBack(reason: context.form[LetterInput.reason.rawValue] ?? "")
        default: throw PermitError.invalid([FieldProblem("keputusan", "noDecision")])
        }
        do {
            try context.store.judgeReport(
                id, verdict, of: reference, by: try context.viewer(), origin: context.origin, at: context.now)
        } catch PermitError.invalid(let problems) {
            guard let sheet = try LetterSheet(context) else { throw PermitError.invalid(problems) }
            return .page(sheet.page(faults: problems), status: 422)
        }
        return .redirect(
            .staffLetter(reference.description), notice: verdict == .confirm ? .reportConfirmed : .reportReturned)
    }

    private static func pager(_ page: Int, hasMore: Bool, _ address: (Int) -> String) -> Pager? {
        guard page > 1 || hasMore else { return nil }
        return Pager(
            number: page, previousPath: page > 1 ? address(page - 1) : nil, nextPath: hasMore ? address(page + 1) : nil)
    }

    private static func page(_ query: FormFields) -> Int {
        max(1, min(10_000, query["halaman"].flatMap { Int($0) } ?? 1))
    }
}

extension ReportGroup {
    var queue: ReportQueue {
        switch self {
        case .given: .given
        case .overdue: .overdue
        case .upcoming: .upcoming
        case .confirmed: .confirmed
        }
    }

    fileprivate var state: DutyState {
        switch self {
        case .given: .given
        case .overdue: .overdue
        case .upcoming: .open
        case .confirmed: .confirmed
        }
    }
}

extension RegisterRow {
    fileprivate init(_ entry: RegisterEntry, texts: Texts) {
        self.init(
            number: "\(entry.number)", numberText: entry.numberText,
            path: Link.staffLetter(entry.reference.description).path,
            filePath: Link.staffLetterOf(entry.reference.description, "\(entry.letter)").path,
            date: texts.formats.numericDate(entry.issuedAt.day),
            holder: entry.holder, kind: entry.typeName, subject: entry.subject, signatory: entry.signatoryName,
            tag: TagModel(entry.state, texts: texts), note: texts.registerNote(entry.life, reason: entry.endReason))
    }
}

extension ReportRow {
    fileprivate init(_ row: ReportSummary, in group: ReportGroup, texts: Texts) {
        let isMending = row.isReturned && (group == .overdue || group == .upcoming)
        self.init(
            number: row.numberText, path: Link.staffLetter(row.reference.description).path, holder: row.holder,
            kind: row.typeName, subject: row.subject, due: texts.formats.numericDate(row.dueOn),
            given: row.givenAt.map { texts.formats.numericDate($0.day) },
            tag: TagModel(isMending ? .returned : group.state, texts: texts))
    }
}
