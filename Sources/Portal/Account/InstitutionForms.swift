import HTTPServer
import Pages
import Permits
import Store

/// What members of institutions read and fill in.
enum InstitutionForms {
    /// Value of the choice to file for oneself.
    static let own = "sendiri"
    /// Name of the input that says for whom a draft is filed.
    static let filedFor = "atas_nama"

    /// - Parameter known: The institution whose profile is changed; nil for a new one.
    static func profile(
        of known: Institution? = nil, faults: [String: FieldProblem] = [:], context: Context
    ) -> AccountForm {
        let texts = context.texts
        let present: [String: String] =
            known.map {
                [
                    "nama": $0.profile.name, "jenis": $0.profile.kind.rawValue, "alamat": $0.profile.address,
                    "pimpinan": $0.profile.head,
                ]
            } ?? [:]
        func field(
            _ kind: FieldModel.Kind, _ name: String, _ label: String, hint: String? = nil,
            options: [(String, String)] = []
        ) -> FieldModel {
            FieldModel(
                kind, name: name, label: texts(label), value: context.form[name] ?? present[name] ?? "", hint: hint,
                error: faults[name].map { texts.problem($0) }, maxLength: options.isEmpty ? 200 : nil,
                options: options)
        }
        let fields = [
            field(.line, "nama", "institution.name"),
            field(
                .radios, "jenis", "institution.kind",
                options: InstitutionProfile.Kind.allCases.map { ($0.rawValue, texts($0.textKey)) }),
            field(.line, "alamat", "institution.address"),
            field(.line, "pimpinan", "institution.head", hint: texts("institution.head.hint")),
        ]
        let problems = ProblemSummary(fields: fields)
        guard let known else {
            return AccountForm(
                title: texts("institution.new.heading"), lead: texts("institutions.lead"), fields: fields,
                action: Link.newInstitution.path, button: texts("institution.new.button"),
                backPath: Link.institutions.path, backLabel: texts("institutions.heading"), problems: problems)
        }
        let id = "\(known.id.value)"
        return AccountForm(
            title: texts("institution.edit"), lead: texts("institution.edit.lead"), fields: fields,
            action: Link.institutionProfile(id).path, button: texts("institution.new.button"),
            backPath: Link.institution(id).path, backLabel: known.profile.name, problems: problems)
    }

    /// Asks before a membership ends.
    static func ending(_ member: Membership, of institution: Institution, reader: AccountID, texts: Texts)
        -> AccountForm
    {
        let id = "\(institution.id.value)"
        let isReader = member.account == reader
        let isLast = institution.closes(without: member.account)
        return AccountForm(
            title: isReader ? texts("membershipEnd.leave") : texts("membershipEnd.remove", ["name": member.name]),
            lead: isLast ? texts("membershipEnd.last") : nil,
            rows: [SummaryRow(label: texts("institution.name"), value: institution.profile.name)],
            notes: [
                texts(isReader ? "membershipEnd.leave.sees" : "membershipEnd.remove.sees"),
                texts(isReader ? "membershipEnd.leave.drafts" : "membershipEnd.remove.drafts"),
                texts("membershipEnd.sent"),
            ], action: Link.membership(id, "\(member.account.value)").path,
            button: texts(isReader ? "institution.leave" : "institution.remove"), isDangerous: true,
            backPath: Link.institution(id).path, backLabel: institution.profile.name)
    }

    /// Asks before a member becomes an owner.
    static func owning(_ member: Membership, of institution: Institution, texts: Texts) -> AccountForm {
        let id = "\(institution.id.value)"
        return AccountForm(
            title: texts("ownership.heading", ["name": member.name]), lead: texts("ownership.lead"),
            rows: [SummaryRow(label: texts("institution.name"), value: institution.profile.name)],
            action: Link.ownership(id, "\(member.account.value)").path, button: texts("institution.makeOwner"),
            backPath: Link.institution(id).path, backLabel: institution.profile.name)
    }

    static func rows(of profile: InstitutionProfile, texts: Texts) -> [SummaryRow] {
        [
            SummaryRow(label: texts("institution.name"), value: profile.name),
            SummaryRow(label: texts("institution.kind"), value: texts(profile.kind.textKey)),
            SummaryRow(label: texts("institution.address"), value: profile.address),
            SummaryRow(label: texts("institution.head"), value: profile.head),
        ]
    }

    static func page(
        _ institution: Institution, invitations: [PendingInvitation], reader: AccountID, _ typed: String,
        fault: String?, texts: Texts
    ) -> InstitutionPage {
        let isOwner = institution.role(of: reader) == .owner
        let id = "\(institution.id.value)"
        let fields = [
            FieldModel.email(
                texts("institution.invite.email"), value: typed, hint: texts("institution.invite.hint"), fault: fault)
        ]
        return InstitutionPage(
            name: institution.profile.name, rows: Array(rows(of: institution.profile, texts: texts).dropFirst()),
            members: institution.members.map { member in
                let key = "\(member.account.value)"
                let mayEnd = (try? institution.checkRemoval(of: member.account, by: reader)) != nil
                return MemberRow(
                    name: member.name, role: texts(member.role.textKey), isReader: member.account == reader,
                    endPath: mayEnd ? Link.membership(id, key).path : nil,
                    ownerPath: isOwner && member.role == .member ? Link.ownership(id, key).path : nil)
            }, stayNote: mayLeave(institution, reader) ? nil : texts("institution.stay"),
            editPath: isOwner ? Link.institutionProfile(id).path : nil,
            invitePath: isOwner ? Link.invitations(id).path : nil,
            invitations: invitations.map {
                InvitationRow(
                    email: $0.email, until: texts.formats.shortDateTime($0.expiresAt),
                    action: Link.invitationWithdrawal(id, "\($0.id)").path)
            }, fields: isOwner ? fields : [], problems: isOwner ? ProblemSummary(fields: fields) : nil)
    }

    private static func mayLeave(_ institution: Institution, _ reader: AccountID) -> Bool {
        (try? institution.checkRemoval(of: reader, by: reader)) != nil
    }

    static func filing(
        _ application: Application, among institutions: [Institution], present: Institution?,
        papersOfOthers: [(paper: String, giver: String)], context: Context
    ) -> AccountForm {
        let texts = context.texts
        let reference = application.reference.description
        let field = FieldModel(
            .radios, name: filedFor, label: texts("status.institution"),
            value: context.form[filedFor] ?? present.map { "\($0.id.value)" } ?? own,
            options: [(own, texts("filing.self"))] + institutions.map { ("\($0.id.value)", $0.profile.name) })
        return AccountForm(
            title: texts("filing.heading"), lead: texts("filing.lead"), fields: [field],
            notesTitle: present.flatMap {
                papersOfOthers.isEmpty ? nil : texts("filing.papers", ["institution": $0.profile.name])
            },
            notes: papersOfOthers.map { texts("filing.paper", ["paper": $0.paper, "giver": $0.giver]) },
            action: Link.filing(reference).path, button: texts("filing.button"),
            backPath: Link.application(reference).path, backLabel: application.type.name)
    }
}
