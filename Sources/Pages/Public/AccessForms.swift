import Permits

/// Names of the inputs of sign-up, log-in and signing, for whoever reads the form.
public enum AccessField: String, Sendable, CaseIterable {
    case name = "nama"
    case email = "surel"
    /// Which of the two numbers somebody has, `Identity.Kind`.
    case identity = "identitas"
    case nik
    case country = "negara"
    case passport = "paspor"
    case phone = "telepon"
    case password = "kata_sandi"
}

extension SignUp {
    /// The form with what was typed (`AccessField` names; a password is never filled in again) and what is wrong.
    public init(values: [String: String] = [:], faults: [String: String] = [:], texts: Texts) {
        func field(
            _ kind: FieldModel.Kind, _ name: AccessField, autocomplete: String? = nil, length: Int? = nil,
            options: [(String, String)] = []
        ) -> FieldModel {
            let key = "signUp.\(name)"
            return FieldModel(
                kind, name: name.rawValue, label: texts(key),
                value: name == .password ? "" : values[name.rawValue] ?? "", hint: texts["\(key).hint"],
                error: faults[name.rawValue], autocomplete: autocomplete, maxLength: length, options: options)
        }
        let nik = field(.digits, .nik, autocomplete: "off", length: 24)
        let passport = [
            field(
                .select, .country, autocomplete: "country-name",
                options: Country.all(in: texts.language).map { ($0.code, $0.name(in: texts.language)) }),
            field(.line, .passport, autocomplete: "off", length: 24),
        ]
        let chosen = Identity.Kind(rawValue: values[AccessField.identity.rawValue] ?? "") ?? .nik
        self.init(
            first: [
                field(.line, .name, autocomplete: "name", length: 120),
                field(.email, .email, autocomplete: "email", length: 254),
            ],
            identity: IdentityChoice(chosen: chosen, nik: nik, passport: passport),
            last: [
                field(.phone, .phone, autocomplete: "tel", length: 24),
                field(.password, .password, autocomplete: "new-password", length: 200),
            ])
    }
}

extension LogIn {
    /// - Parameters:
    ///   - fault: why the last try failed, as a whole sentence.
    ///   - heldAction: where the form was going that the end of the session interrupted, with its values in `held`.
    public init(
        email: String = "", next: String? = nil, fault: String? = nil, heldAction: String? = nil,
        interruption: String? = nil, held: [HeldField] = [], lostFiles: Bool = false, texts: Texts
    ) {
        let fields = [
            FieldModel(
                .username, name: AccessField.email.rawValue, label: texts("signUp.email"), value: email,
                autocomplete: "username", maxLength: 254),
            FieldModel(
                .password, name: AccessField.password.rawValue, label: texts("signUp.password"),
                autocomplete: "current-password", maxLength: 200),
        ]
        let problems = fault.map { ProblemSummary(items: [ProblemItem(text: $0, target: "#\(fields[0].id)")]) }
        self.init(
            fields: fields, next: next, problems: problems, heldAction: heldAction, interruption: interruption,
            held: held, lostFiles: lostFiles)
    }
}

extension Signing {
    /// The password that is asked for again before each signature.
    public static func passwordField(
        isPassphrase: Bool = false, fault: String? = nil, texts: Texts
    ) -> FieldModel {
        FieldModel(
            .password, name: AccessField.password.rawValue,
            label: texts(isPassphrase ? "signing.passphrase" : "signing.password"),
            hint: texts(isPassphrase ? "signing.passphrase.hint" : "signing.password.hint"), error: fault,
            autocomplete: isPassphrase ? "off" : "current-password", maxLength: isPassphrase ? 1000 : 200)
    }
}

extension Check {
    /// Name of the statement checkbox.
    public static let statementName = "pernyataan"
}

extension DecisionModel {
    public static let reasonName = "alasan"

    public static func reasonField(value: String = "", fault: String? = nil, texts: Texts) -> FieldModel {
        FieldModel(
            .textarea(rows: 4), name: reasonName, label: texts("decision.reason"), value: value,
            hint: texts("decision.reason.hint"), error: fault, isRequired: false, maxLength: 2000)
    }
}

extension Failure {
    /// The page for an HTTP status: its own texts where there are some, those of its hundred otherwise.
    /// - Parameters:
    ///   - key: Of the texts, where the status alone does not tell what happened.
    ///   - explanation: replaces the general sentence, such as how long to wait.
    ///   - other: Texts of another language, for somebody of whom it is not known which they read.
    public init(
        code: Int, key: String? = nil, explanation: String? = nil, action: Link = .home, actionLabel: String? = nil,
        other: Texts? = nil, texts: Texts
    ) {
        let own = texts["failure.\(code).heading"] != nil ? "failure.\(code)" : "failure.\(code < 500 ? 400 : 500)"
        let key = key ?? own
        self.init(
            code: code, heading: texts("\(key).heading"), explanation: explanation ?? texts("\(key).explanation"),
            advice: texts("\(key).advice"), actionPath: action.path, actionLabel: actionLabel ?? texts("failure.home"),
            other: other.map {
                FailureWords(
                    language: $0.language.rawValue, heading: $0("\(key).heading"),
                    explanation: $0("\(key).explanation"), advice: $0("\(key).advice"))
            })
    }
}
