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

    static func profile(faults: [String: FieldProblem] = [:], context: Context) -> AccountForm {
        let texts = context.texts
        func field(
            _ kind: FieldModel.Kind, _ name: String, _ label: String, hint: String? = nil,
            options: [(String, String)] = []
        ) -> FieldModel {
            FieldModel(
                kind, name: name, label: texts(label), value: context.form[name] ?? "", hint: hint,
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
        return AccountForm(
            title: texts("institution.new.heading"), lead: texts("institutions.lead"), fields: fields,
            action: Link.newInstitution.path, button: texts("institution.new.button"),
            backPath: Link.institutions.path, backLabel: texts("institutions.heading"),
            problems: ProblemSummary(fields: fields))
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
        _ institution: Institution, reader: AccountID, _ typed: String, fault: String?, texts: Texts
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
                let mayEnd = (try? institution.checkRemoval(of: member.account, by: reader)) != nil
                return MemberRow(
                    name: member.name, role: texts(member.role.textKey), isReader: member.account == reader,
                    removal: mayEnd ? "\(member.account.value)" : nil, action: Link.members(id).path)
            }, invitePath: isOwner ? Link.invitations(id).path : nil, fields: isOwner ? fields : [],
            problems: isOwner ? ProblemSummary(fields: fields) : nil)
    }

    static func filing(
        _ application: Application, among institutions: [Institution], present: Institution?, context: Context
    ) -> AccountForm {
        let texts = context.texts
        let reference = application.reference.description
        let field = FieldModel(
            .radios, name: filedFor, label: texts("status.institution"),
            value: context.form[filedFor] ?? present.map { "\($0.id.value)" } ?? own,
            options: [(own, texts("filing.self"))] + institutions.map { ("\($0.id.value)", $0.profile.name) })
        return AccountForm(
            title: texts("filing.heading"), lead: texts("filing.lead"), fields: [field],
            action: Link.filing(reference).path, button: texts("filing.button"),
            backPath: Link.application(reference).path, backLabel: application.type.name)
    }
}
