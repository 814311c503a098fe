/// Names of the inputs of account pages, beside those of `AccessField`.
public enum AccountField: String, Sendable, CaseIterable {
    case newPassword = "kata_sandi_baru"
    case reason = "alasan"
    case reference = "nomor"
    case digits = "angka"
    /// Of the account that is given up.
    case otherPassword = "kata_sandi_lain"
    case code = "kode"
}

extension FieldModel {
    public static func email(_ label: String, value: String = "", hint: String? = nil, fault: String? = nil)
        -> FieldModel
    {
        FieldModel(
            .email, name: AccessField.email.rawValue, label: label, value: value, hint: hint, error: fault,
            autocomplete: "email", maxLength: 254)
    }

    /// The password of now, asked for again before something that a borrowed phone must not do.
    public static func presentPassword(_ label: String, hint: String? = nil, fault: String? = nil) -> FieldModel {
        FieldModel(
            .password, name: AccessField.password.rawValue, label: label, hint: hint, error: fault,
            autocomplete: "current-password", maxLength: 200)
    }

    public static func newPassword(_ name: String, _ label: String, fault: String? = nil, texts: Texts) -> FieldModel {
        FieldModel(
            .password, name: name, label: label, hint: texts("signUp.password.hint"), error: fault,
            autocomplete: "new-password", maxLength: 200)
    }
}

extension Tracking {
    /// The form with what was typed and what is wrong, by field name.
    public init(values: [String: String] = [:], faults: [String: String] = [:], texts: Texts) {
        func field(_ kind: FieldModel.Kind, _ name: AccountField, length: Int) -> FieldModel {
            let key = "tracking.\(name)"
            return FieldModel(
                kind, name: name.rawValue, label: texts(key), value: values[name.rawValue] ?? "",
                hint: texts["\(key).hint"], error: faults[name.rawValue], autocomplete: "off", maxLength: length)
        }
        let fields = [
            field(.line, .reference, length: 20),
            field(.digits, .digits, length: 8),
        ]
        self.init(fields: fields, problems: ProblemSummary(fields: fields))
    }
}
