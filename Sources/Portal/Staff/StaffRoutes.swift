import HTTPServer
import Letters
import Pages
import Permits
import Store

/// The office's work: the queue, checking, signing, activating accounts.
enum StaffRoutes {
    static let table: [Route] = [
        .get("/petugas", access: .officer, queue),
        .get("/petugas/permohonan/:ref", access: .officer, ReviewRoutes.review),
        .get("/petugas/permohonan/:ref/berkas/:id", access: .officer, ApplicationRoutes.attachment),
        .post("/petugas/permohonan/:ref/penanganan", access: .verifier, body: .smallForm, ReviewRoutes.claim),
        .post(
            "/petugas/permohonan/:ref/penilaian", access: .verifier, body: .longForm, keepsTyping: true,
            ReviewRoutes.judge),
        .post(
            "/petugas/permohonan/:ref/keputusan", access: .verifier, body: .longForm, keepsTyping: true,
            ReviewRoutes.decide),
        .get("/petugas/permohonan/:ref/tanda-tangan", access: .signatory, SigningRoutes.preview),
        .post("/petugas/permohonan/:ref/tanda-tangan", access: .signatory, body: .smallForm, SigningRoutes.sign),
        .post(
            "/petugas/permohonan/:ref/pengembalian", access: .signatory, body: .longForm, keepsTyping: true,
            SigningRoutes.sendBack),
        .get("/petugas/permohonan/:ref/surat.pdf", access: .officer, ApplicationRoutes.letter),
        .get("/petugas/akun", access: .registrar, activations),
        .post("/petugas/akun/:id/aktivasi", access: .registrar, body: .smallForm, activate),
        .get("/petugas/akun/:id/penolakan", access: .registrar, RejectionRoutes.form),
        .post(
            "/petugas/akun/:id/penolakan", access: .registrar, body: .smallForm, keepsTyping: true,
            RejectionRoutes.reject),
    ]

    private static let pageLength = 50

    @Sendable static func queue(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let query = context.request.head.query
        let fallback: QueueGroup = viewer.role == .signatory ? .signature : .check
        let group = query["tab"].flatMap { QueueGroup(rawValue: $0) } ?? fallback
        let paging = Paging(context, length: pageLength)
        let counts = try context.store.queueCounts(for: viewer)
        let rows = try context.store.queue(
            group.work, for: viewer, limit: paging.limit, offset: paging.offset)
        let calendar = try context.store.calendar()
        let pager = paging.pager(hasMore: rows.count > pageLength) { .queuePage(group.rawValue, $0) }
        return .page(
            Queue(
                tabs: QueueGroup.allCases.map { other in
                    QueueTab(
                        label: context.texts(other.textKey),
                        count: context.formats.number(counts[other.work] ?? 0, countedTo: Store.countLimit),
                        path: Link.queueTab(other.rawValue).path, isCurrent: other == group)
                },
                heading: context.texts(group.textKey),
                rows: rows.prefix(pageLength).map {
                    QueueRow($0, today: context.now.day, calendar: calendar, texts: context.texts)
                },
                pager: pager))
    }

    @Sendable static func activations(_ context: Context) throws -> Reply {
        let paging = Paging(context)
        let accounts = try context.store.pendingAccounts(limit: paging.limit, offset: paging.offset)
        let rows = accounts.prefix(paging.length).map { account in
            let left = context.texts.hoursLeft(account.activationHoursLeft(at: context.now))
            return PendingAccount(
                name: account.name, mail: account.email, phone: ContactChecks.international(account.phone),
                maskedIdentity: account.identity.map { context.texts.identity($0.masked) } ?? "",
                doubt: context.texts.doubt(aboutNIK: account.nik),
                registered: context.formats.shortDateTime(account.registeredAt),
                left: left.text, tone: left.tone, action: Link.accountActivation("\(account.id.value)").path,
                rejection: Link.rejection("\(account.id.value)").path)
        }
        let pager = paging.pager(hasMore: accounts.count > paging.length) { .activationsPage($0) }
        return .page(Activations(rows: rows, pager: pager))
    }

    @Sendable static func activate(_ context: Context) throws -> Reply {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        try context.store.activate(AccountID(id), by: try context.viewer(), at: context.now)
        return .redirect(.activations, notice: .accountActivated)
    }
}

extension QueueGroup {
    var work: WorkQueue {
        switch self {
        case .check: .toVerify
        case .applicant: .waiting
        case .signature: .toSign
        case .done: .done
        case .messages: .messages
        }
    }
}

extension QueueRow {
    init(_ row: ApplicationSummary, today: Day, calendar: WorkingCalendar, texts: Texts) {
        let due: (text: String, tone: Tone)
        if let day = row.dueOn {
            due = texts.due(workingDaysLeft: calendar.workingDays(from: today, until: day))
        } else if row.state == .needsCorrection {
            due = (texts.paused, .neutral)
        } else {
            due = (texts(row.state.textKey), .neutral)
        }
        self.init(
            reference: row.reference.description, path: Link.staffApplication(row.reference.description).path,
            applicant: row.applicantName, kind: row.type.translated(row.type.name, to: texts.language),
            summary: row.subject,
            submitted: row.submittedAt.map { texts.formats.numericDate($0.day) } ?? "", due: due.text, tone: due.tone,
            claimedBy: row.claimedByName, turn: TagModel(row.turn, readBy: .office, texts: texts))
    }
}
