import HTTPServer
import HTTPTypes
import Pages
import Permits
import Store

/// A form whose sender's session ended before it came. After the log-in, and whenever its token is outdated, nothing that
/// counts happens by a button that does not name it: what belongs to a draft is saved, any other form stands on its own
/// page again as it was filled in, and above it stands what has not happened yet.
struct Interrupted: Sendable {
    /// Marks a form that is only to be saved, as it came from the page that offers that.
    static let keepName = "isian.simpan"

    let route: Route
    /// Where the form was going; a path of ours.
    let path: String
    private let parameters: [String: String]
    /// Without what a form carries for the server, and without passwords.
    private let form: FormFields
    private let lostFiles: Bool

    /// Nil when no form goes to that path.
    init?(to path: String, _ form: FormFields = FormFields(), lostFiles: Bool = false) {
        guard let safe = AccessRoutes.safePath(path), !safe.contains("%"),
            case .found(let route, let parameters, _) = PortalResponder.forms.match(.post, safe.withoutQuery)
        else { return nil }
        self.route = route
        self.path = safe.withoutQuery
        self.parameters = parameters
        self.form = route.keepsTyping ? form : FormFields()
        self.lostFiles = lostFiles
    }

    /// A form that asks only to be saved; nil for any other.
    init?(kept context: Context, by route: Route) {
        guard route.savesDraft, context.form[Self.keepName] != nil else { return nil }
        self.init(
            to: context.request.head.rawPath, FormFields(HeldField.all(in: context.form).map { ($0.name, $0.value) }))
    }

    /// What is said at the log-in: what did not happen, and what comes of it.
    func sentence(_ texts: Texts) -> String {
        let key: String
        if route.savesDraft {
            key = "logIn.saving"
        } else if route.keepsTyping, !Self.beginnings.contains(route.pattern), undone != .filesNotSaved {
            key = "logIn.held"
        } else {
            key = "logIn.ended"
        }
        let said = key == "logIn.saving" && undone == .notSaved ? "" : texts(undone.textKey)
        return texts(key, ["undone": said]).replacing("  ", with: " ")
    }

    /// Saves what is a draft's, or shows the form's page.
    /// - Parameter context: Of the request that leads on: the log-in, or the form itself.
    /// - Returns: The reply, and the request that it answers.
    func resumed(for session: Session?, in context: Context) -> (reply: Reply, context: Context) {
        var again = self.again(session, in: context)
        if isForDraft, isOpen(route, to: session) {
            again.onlyKeeps = !leadsOn
            do {
                return (try saved(again), again)
            } catch is PermitError {
                // Sent, or gone, meanwhile: its own page says so.
                again.onlyKeeps = false
            } catch {
                // For now only, such as a busy moment: what was typed waits for another try.
                let held = form.pairs.map { HeldField(name: $0.name, value: $0.value) }
                return (.page(Resume(action: path, held: held, lostFiles: lostFiles), status: 503), again)
            }
        }
        return shown(in: again)
    }

    /// The form's page with everything that was filled in, for whoever presses its button again.
    func shown(for session: Session?, in context: Context) -> (reply: Reply, context: Context) {
        shown(in: again(session, in: context), always: true)
    }

    private func again(_ session: Session?, in context: Context) -> Context {
        let head = context.request.head
        let form = self.form.pairs.filter { $0.name != Self.keepName && !(isForDraft && isAct($0.name)) }
        return Context(
            site: context.site,
            request: Request(
                head: RequestHead(
                    id: head.id, method: .post, path: path, fields: head.fields, remoteAddress: head.remoteAddress,
                    scheme: head.scheme, authority: head.authority),
                parameters: parameters, form: FormFields(form)),
            session: session, now: context.now)
    }

    /// - Parameter always: Also a page on which nothing was filled in; else its own address is enough.
    private func shown(in context: Context, always: Bool = false) -> (reply: Reply, context: Context) {
        let path = PortalResponder.page(of: context.request.head)
        guard case .found(let page, let parameters, _) = PortalResponder.pages.match(.get, path),
            isOpen(page, to: context.session)
        else { return (.place(Link.home.path, notice: undone), context) }
        let elsewhere = (reply: Reply.place(path, notice: undone), context: context)
        guard always || lostFiles || PortalResponder.holdsWords(form) else { return elsewhere }
        var again = Context(
            site: context.site,
            request: Request(head: context.request.head, parameters: parameters, form: context.form),
            session: context.session, now: context.now)
        again.turned = Turned(language: context.language, lostFiles: lostFiles, undone: undone)
        // What cannot be shown any more, such as the form of something that is over, is the page's own to explain.
        guard let reply = try? page.handler(again), case .page = reply else { return elsewhere }
        return (reply, again)
    }

    private func saved(_ context: Context) throws -> Reply {
        switch try route.handler(context) {
        case .language(_, let path): .place(path, notice: savedNotice)
        case .redirect(let link, nil) where route.savesDraft && leadsOn: .place(link.path, notice: savedNotice)
        case let reply: reply
        }
    }

    private var savedNotice: NoticeText {
        if undone == .notResubmitted { return .savedNotResubmitted }
        if undone == .messageNotSent { return lostFiles ? .wordsSavedNotSent : .savedNotSent }
        if form.pairs.contains(where: { Self.removals.contains($0.name) }) { return .savedNotRemoved }
        return lostFiles ? .savedWithoutFiles : .savedAfterLogIn
    }

    private func isOpen(_ route: Route, to session: Session?) -> Bool {
        guard let roles = route.access.roles else { return true }
        return session.map { roles.contains($0.account.role) } ?? false
    }

    // MARK: Rules

    private static let removals: Set = ["hapus", "remove"]

    /// Names of buttons: a draft is saved without doing what they say.
    private func isAct(_ name: String) -> Bool {
        Self.removals.contains(name) || (name == "then" && !leadsOn)
    }

    private var isForDraft: Bool { Self.isForDraft(route) }

    /// Whether all that a form does is to begin a draft or to save it.
    static func isForDraft(_ route: Route) -> Bool { route.savesDraft || beginnings.contains(route.pattern) }

    /// Whether its own button does no more than save a draft and lead on.
    private var leadsOn: Bool {
        guard !lostFiles, !form.pairs.contains(where: { Self.removals.contains($0.name) }) else { return false }
        if Self.beginnings.contains(route.pattern) { return true }
        return route.pattern == "/permohonan/:ref/isian/:key" && form["then"] == "next"
    }

    /// Forms that begin a draft and do nothing else.
    private static let beginnings: Set = [
        "/permohonan", "/permohonan/:ref/pengajuan-ulang", "/layanan/:slug/ajukan",
    ]

    private var undone: NoticeText { Self.undone[route.pattern] ?? (route.keepsTyping ? .notSaved : .notDone) }

    /// What has not happened, where a general sentence would leave somebody in doubt.
    static let undone: [String: NoticeText] = [
        "/permohonan": .notBegun, "/permohonan/:ref/pengajuan-ulang": .notBegun, "/layanan/:slug/ajukan": .notBegun,
        "/permohonan/:ref/berkas": .filesNotSaved, "/permohonan/:ref/berkas-lama": .filesNotSaved,
        "/permohonan/:ref/pengajuan": .notSubmitted, "/permohonan/:ref/perbaikan": .notResubmitted,
        "/permohonan/:ref/penarikan": .notWithdrawn, "/permohonan/:ref/perpanjangan": .notBegun,
        "/permohonan/:ref/pesan": .messageNotSent, "/petugas/permohonan/:ref/pesan": .messageNotSent,
        "/permohonan/:ref/laporan/unggahan": .reportNotGiven, "/permohonan/:ref/pengalihan": .offerNotSent,
        "/pengalihan/:token": .offerNotAccepted, "/undangan/:token": .invitationNotAccepted,
        "/akun/penghapusan": .deletionNotRequested,
        "/petugas/permohonan/:ref/keputusan": .notDecided, "/petugas/permohonan/:ref/tanda-tangan": .notSigned,
        "/petugas/permohonan/:ref/laporan/keputusan": .notDecided,
    ]

    /// Where a form stands, when that is neither its own address nor the page above it.
    static let pages: [String: String] = [
        "/permohonan/:ref/pengajuan": "/permohonan/:ref/periksa",
        "/permohonan/:ref/berkas-lama": "/permohonan/:ref/berkas",
        "/petugas/permohonan/:ref/laporan/keputusan": "/petugas/permohonan/:ref/surat",
        "/petugas/permohonan/:ref/pencabutan": "/petugas/permohonan/:ref/surat",
        "/petugas/permohonan/:ref/pembatalan": "/petugas/permohonan/:ref/surat",
        "/petugas/permohonan/:ref/penggantian": "/petugas/permohonan/:ref/surat",
        "/petugas/permohonan/:ref/pengembalian": "/petugas/permohonan/:ref/tanda-tangan",
    ]

    /// The page of `pages` for a form, with its parameters.
    static func page(of pattern: String, _ parameters: [String: String]) -> String? {
        pages[pattern].map { page in
            parameters.reduce(page) { $0.replacing(":\($1.key)", with: $1.value) }
        }
    }
}

extension String {
    fileprivate var withoutQuery: String { String(prefix { $0 != "?" }) }
}

extension LogIn {
    /// The log-in page for somebody whose session ended before their form came.
    /// - Parameter request: With what it held; nil when it was only a button.
    static func holding(_ request: Request?, _ head: RequestHead, texts: Texts) -> LogIn {
        LogIn(
            heldAction: head.rawPath, interruption: Interrupted(to: head.rawPath)?.sentence(texts),
            held: request.map { HeldField.all(in: $0.form) } ?? [], lostFiles: request?.hasFiles ?? false, texts: texts)
    }
}
