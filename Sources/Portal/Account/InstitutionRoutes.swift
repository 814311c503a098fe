import HTTPServer
import Pages
import Permits
import Store

/// Applying for a campus, company or organisation together with others.
enum InstitutionRoutes {
    static let table: [Route] = [
        .get("/akun/lembaga", access: .citizen, list),
        .get("/akun/lembaga/baru", access: .citizen) { .page(InstitutionForms.profile(context: $0)) },
        .post("/akun/lembaga/baru", access: .citizen, body: .smallForm, keepsTyping: true, create),
        .get("/akun/lembaga/:id", access: .citizen) {
            .page(try page($0.form[AccessField.email.rawValue] ?? "", context: $0))
        },
        .post("/akun/lembaga/:id/undangan", access: .citizen, body: .smallForm, keepsTyping: true, invite),
        .post("/akun/lembaga/:id/undangan/:key/pembatalan", access: .citizen, body: .smallForm, withdrawInvitation),
        .get("/akun/lembaga/:id/profil", access: .citizen, profile),
        .post("/akun/lembaga/:id/profil", access: .citizen, body: .smallForm, keepsTyping: true, changeProfile),
        .get("/akun/lembaga/:id/anggota/:key", access: .citizen, ending),
        .post("/akun/lembaga/:id/anggota/:key", access: .citizen, body: .smallForm, endMembership),
        .get("/akun/lembaga/:id/anggota/:key/pengelola", access: .citizen, owning),
        .post("/akun/lembaga/:id/anggota/:key/pengelola", access: .citizen, body: .smallForm, makeOwner),
        .get("/undangan/:token", access: .citizen, invitation),
        .post("/undangan/:token", access: .citizen, body: .smallForm, accept),
        .get("/permohonan/:ref/lembaga", access: .citizen, filing),
        .post("/permohonan/:ref/lembaga", access: .citizen, body: .smallForm, keepsTyping: true, file),
    ]

    @Sendable static func list(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let items = try context.store.institutions(of: viewer).map { institution in
            let role = institution.role(of: viewer.account) ?? .member
            return MenuLink(
                label: institution.profile.name,
                text: "\(context.texts(institution.profile.kind.textKey)) · \(context.texts(role.textKey))",
                path: Link.institution("\(institution.id.value)").path)
        }
        return .page(Institutions(items: items))
    }

    @Sendable static func create(_ context: Context) throws -> Reply {
        do {
            let id = try context.store.createInstitution(
                try typedProfile(context), by: try context.viewer(), at: context.now)
            return .redirect(.institution("\(id.value)"), notice: .institutionCreated)
        } catch PermitError.invalid(let problems) {
            return .page(InstitutionForms.profile(faults: byField(problems), context: context), status: 422)
        }
    }

    @Sendable static func profile(_ context: Context) throws -> Reply {
        .page(InstitutionForms.profile(of: try owned(context), context: context))
    }

    @Sendable static func changeProfile(_ context: Context) throws -> Reply {
        let institution = try owned(context)
        do {
            try context.store.changeInstitution(
                institution.id, to: try typedProfile(context), by: try context.viewer(), at: context.now)
            return .redirect(.institution("\(institution.id.value)"), notice: .institutionChanged)
        } catch PermitError.invalid(let problems) {
            return .page(
                InstitutionForms.profile(of: institution, faults: byField(problems), context: context), status: 422)
        }
    }

    private static func typedProfile(_ context: Context) throws(PermitError) -> InstitutionProfile {
        let form = context.form
        return try InstitutionProfile(
            name: form["nama"] ?? "", kind: form["jenis"] ?? "", address: form["alamat"] ?? "",
            head: form["pimpinan"] ?? "")
    }

    /// The institution in the address, for one of its owners.
    private static func owned(_ context: Context) throws -> Institution {
        let viewer = try context.viewer()
        let institution = try context.store.institution(try institutionID(context), visibleTo: viewer)
        try institution.checkOwner(viewer.account)
        return institution
    }

    @Sendable static func invite(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let typed = TypedText.cleaned(context.form[AccessField.email.rawValue] ?? "", keepingLines: false)
        guard let email = ContactChecks.email(typed) else {
            let fault = context.texts(typed.isEmpty ? "problem.emailMissing" : "problem.emailForm")
            return .page(try page(typed, fault: fault, context: context), status: 422)
        }
        do {
            try context.site.limit(
                "messages of", "\(viewer.account.value)", context.site.settings.rates.messagesToOthers)
        } catch {
            let fault = context.texts.tooManyTries(seconds: error.seconds)
            return .page(try page(typed, fault: fault, context: context), status: 429)
        }
        let id = try institutionID(context)
        try context.store.invite(email, to: id, by: viewer, at: context.now)
        return .redirect(.institution("\(id.value)"), notice: .invited)
    }

    @Sendable static func withdrawInvitation(_ context: Context) throws -> Reply {
        guard let invitation = Int64(try context.parameter("key")) else { throw PermitError.notFound }
        let id = try institutionID(context)
        try context.store.withdrawInvitation(invitation, to: id, by: try context.viewer())
        return .redirect(.institution("\(id.value)"), notice: .invitationWithdrawn)
    }

    // MARK: Members

    /// Whose place in the institution the address names.
    private static func member(_ context: Context) throws -> (Membership, Institution) {
        let institution = try context.store.institution(
            try institutionID(context), visibleTo: try context.viewer())
        let key = try context.parameter("key")
        guard let member = institution.members.first(where: { "\($0.account.value)" == key }) else {
            throw PermitError.notFound
        }
        return (member, institution)
    }

    @Sendable static func ending(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let (member, institution) = try member(context)
        try institution.checkRemoval(of: member.account, by: viewer.account)
        return .page(InstitutionForms.ending(member, of: institution, reader: viewer.account, texts: context.texts))
    }

    @Sendable static func endMembership(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let (member, institution) = try member(context)
        try context.store.endMembership(of: member.account, in: institution.id, by: viewer, at: context.now)
        let next: Link = member.account == viewer.account ? .institutions : .institution("\(institution.id.value)")
        return .redirect(next, notice: .membershipEnded)
    }

    @Sendable static func owning(_ context: Context) throws -> Reply {
        let (member, institution) = try member(context)
        try institution.checkOwner(try context.viewer().account)
        guard member.role == .member else { return .redirect(.institution("\(institution.id.value)")) }
        return .page(InstitutionForms.owning(member, of: institution, texts: context.texts))
    }

    @Sendable static func makeOwner(_ context: Context) throws -> Reply {
        let (member, institution) = try member(context)
        try context.store.makeOwner(member.account, in: institution.id, by: try context.viewer())
        return .redirect(.institution("\(institution.id.value)"), notice: .ownerMade)
    }

    // MARK: Invitations

    @Sendable static func invitation(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            let texts = context.texts
            let profile = try context.store.invitation(token: token, for: try context.viewer(), at: context.now)
            return .page(
                AccountForm(
                    title: texts("invitation.heading"), lead: texts("invitation.lead"),
                    rows: InstitutionForms.rows(of: profile, texts: texts),
                    action: Link.invitation(try context.parameter("token")).path, button: texts("invitation.button")))
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    @Sendable static func accept(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            let id = try context.store.acceptInvitation(token: token, by: try context.viewer(), at: context.now)
            return .redirect(.institution("\(id.value)"), notice: .invitationAccepted)
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    // MARK: For whom a draft is filed

    @Sendable static func filing(_ context: Context) throws -> Reply {
        let application = try context.application()
        let viewer = try context.viewer()
        guard application.applicant == viewer.account else { throw PermitError.notFound }
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        let present = try context.store.institution(of: application.reference, visibleTo: viewer)
        let choices = try context.store.institutions(of: viewer)
        return .page(
            InstitutionForms.filing(
                application, among: choices, present: present,
                papersOfOthers: try context.store.papersOfOthers(in: application.reference, visibleTo: viewer),
                context: context))
    }

    @Sendable static func file(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let chosen = context.form[InstitutionForms.filedFor] ?? ""
        let id = Int64(chosen).map { InstitutionID($0) }
        guard id != nil || chosen.isEmpty || chosen == InstitutionForms.own else { throw PermitError.notFound }
        try context.store.file(reference, for: id, by: try context.viewer(), at: context.now)
        // On with the form, where the question came from.
        let draft = try context.application()
        return .redirect(FormSteps(draft).unfinished(today: context.now.day), notice: .filed)
    }

    private static func institutionID(_ context: Context) throws -> InstitutionID {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        return InstitutionID(id)
    }

    private static func page(_ typed: String = "", fault: String? = nil, context: Context) throws -> InstitutionPage {
        let viewer = try context.viewer()
        let institution = try context.store.institution(try institutionID(context), visibleTo: viewer)
        let isOwner = institution.role(of: viewer.account) == .owner
        return InstitutionForms.page(
            institution,
            invitations: isOwner
                ? try context.store.pendingInvitations(to: institution.id, visibleTo: viewer, at: context.now) : [],
            reader: viewer.account, typed, fault: fault, texts: context.texts)
    }

    private static func invalid(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("invitation.invalid"), text: context.texts("invitation.invalid.text"),
                linkPath: Link.institutions.path, linkLabel: context.texts("institutions.heading")), status: 404)
    }
}
