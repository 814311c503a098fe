/// A sign-up as it was checked: every field in its stored form. The password is the caller's to hash.
public struct Registration: Equatable, Sendable {
    public let name: String
    public let email: String
    public let phone: String
    public let identity: Identity

    /// Checks a sign-up form (`nama`, `surel`, `nik` or `negara` and `paspor`, `telepon`, `kata_sandi`).
    /// - Parameter identity: As typed.
    /// - Throws: `PermitError.invalid` with every problem at once.
    public init(
        name: String, email: String, phone: String, identity: Identity, password: String
    ) throws(PermitError) {
        var problems: [FieldProblem] = []
        let name = TypedText.cleaned(name, keepingLines: false)
        if name.isEmpty {
            problems.append(FieldProblem("nama", "nameMissing"))
        } else if !name.allSatisfy({ $0.isLetter || " .,'’`-()/".contains($0) }) || name.contains("//") {
            // Also keeps advertisements out of the mails that greet people by name.
            problems.append(FieldProblem("nama", "nameForm"))
        } else if let character = PrintableText.missing(in: name) {
            problems.append(FieldProblem("nama", "notPrintable", ["character": String(character)]))
        } else if name.count > 120 {
            problems.append(
                FieldProblem("nama", "tooLong", ["labelKey": "signUp.name", "max": "120", "count": "\(name.count)"]))
        }
        let email = TypedText.cleaned(email, keepingLines: false)
        let checkedEmail = ContactChecks.email(email)
        if checkedEmail == nil { problems.append(FieldProblem("surel", email.isEmpty ? "emailMissing" : "emailForm")) }
        let checked = identity.checked()
        problems += checked.problems
        let checkedPhone = identity.kind.phone(TypedText.cleaned(phone, keepingLines: false))
        if checkedPhone == nil { problems.append(FieldProblem("telepon", identity.kind.phoneProblem)) }
        problems += Password.problems(password, name: name, email: email)
        guard problems.isEmpty, let checkedEmail, let checkedPhone, let identity = checked.identity else {
            throw .invalid(problems)
        }
        self.name = name
        self.email = checkedEmail
        self.phone = checkedPhone
        self.identity = identity
    }
}

/// What a password must be: long and not among the first that an attacker tries (NIST SP 800-63B, 5.1.1.2).
/// No rules about kinds of characters: they make passwords worse.
public enum Password {
    public static let minimumLength = 10
    /// Bounds the work of hashing what a stranger sends.
    public static let maximumBytes = 1024

    /// - Parameter field: Name of the input that it was typed into.
    public static func problems(
        _ password: String, name: String, email: String, field: String = "kata_sandi"
    ) -> [FieldProblem] {
        if password.count < minimumLength {
            return [FieldProblem(field, "passwordShort", ["min": "\(minimumLength)", "count": "\(password.count)"])]
        }
        if password.utf8.count > maximumBytes { return [FieldProblem(field, "passwordLong")] }
        return isCommon(password, name: name, email: email) ? [FieldProblem(field, "passwordCommon")] : []
    }

    static func isCommon(_ password: String, name: String, email: String) -> Bool {
        let lowered = password.lowercased().replacing("@", with: "a").replacing("$", with: "s")
        let letters = String(lowered.filter { !$0.isNumber && !$0.isPunctuation && !$0.isSymbol && !$0.isWhitespace })
        if CommonPasswords.exact.contains(lowered) || CommonPasswords.stems.contains(letters) { return true }
        if Set(lowered).count <= 3 || isRun(lowered) { return true }
        let own = [
            name.lowercased().filter { $0 != " " }, email.lowercased(), String(email.lowercased().prefix { $0 != "@" }),
        ]
        let asTyped = password.lowercased()
        return own.contains { $0.count >= 4 && (asTyped == $0 || lowered == $0 || letters == $0.filter(\.isLetter)) }
    }

    /// `1234567890`, `abcdefghij`, `0987654321`, and the same repeated.
    private static func isRun(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(scalars, scalars.dropFirst()).map { $1 - $0 }
        let ordered = steps.filter { $0 == 1 || $0 == -1 || $0 == 9 || $0 == -9 }.count
        return ordered >= steps.count - 1
    }
}
