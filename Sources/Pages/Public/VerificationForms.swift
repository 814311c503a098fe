/// Names and texts of the pages on which anybody checks a letter.
extension Verification {
    public enum Status: String, Sendable, CaseIterable {
        case valid, expired, revoked, replaced, void, unknown

        var tone: Tone {
            switch self {
            case .valid: .good
            case .expired, .replaced: .warn
            case .revoked, .void, .unknown: .bad
            }
        }
    }

    public static func panel(_ status: Status, checkedAt: String, texts: Texts) -> VerdictPanel {
        VerdictPanel(
            tone: status.tone, heading: texts("verification.\(status.rawValue).heading"),
            explanation: texts("verification.\(status.rawValue).explanation"), checkedAt: checkedAt)
    }
}

extension FileResult {
    /// What can be said about a file.
    public enum Outcome: String, Sendable, CaseIterable {
        /// Byte for byte the issued one.
        case identical
        /// The same, but the letter is not valid any more.
        case ended
        /// Our signature, nothing changed since, but another copy than the one that was issued.
        case signed
        /// Our signature, with changes made after it.
        case changed
        /// Somebody else's signature.
        case foreign
        /// Our certificate, but it was revoked before the signature was made.
        case revokedKey
        case unsigned
        /// No PDF at all.
        case noPDF
        /// Not the issued file; whether a signature is on it was not looked at.
        case different

        var tone: Tone {
            switch self {
            case .identical: .good
            case .signed, .noPDF, .different: .warn
            case .ended, .changed, .foreign, .revokedKey, .unsigned: .bad
            }
        }
    }

    /// - Parameters:
    ///   - signer: Who signed, where somebody did.
    ///   - state: How the letter stands, in a word.
    public static func panel(
        _ outcome: Outcome, signer: String = "", state: String = "", checkedAt: String, texts: Texts
    ) -> VerdictPanel {
        VerdictPanel(
            tone: outcome.tone, heading: texts("fileResult.\(outcome.rawValue).heading"),
            explanation: texts("fileResult.\(outcome.rawValue).explanation", ["signer": signer, "state": state]),
            checkedAt: checkedAt)
    }
}

extension FileCheckForm {
    public static let fileName = "berkas"
    /// Bytes. Letters have a few dozen kilobytes; scans of them may have more.
    public static let maxBytes = 10 << 20

    public init(fault: String? = nil, texts: Texts) {
        self.init(
            action: Link.fileCheck.path,
            upload: FileFieldModel(
                name: Self.fileName, label: texts("checkFile.file"), hint: texts("checkFile.file.hint"), kinds: "PDF",
                limit: texts.formats.fileSize(Self.maxBytes), maxBytes: Self.maxBytes, accept: ".pdf,application/pdf",
                isRequired: true, error: fault))
    }
}

extension VerificationStart {
    public static let addressName = "alamat"

    public init(
        result: FileResult? = nil, address: String = "", addressFault: String? = nil, fileFault: String? = nil,
        texts: Texts
    ) {
        let field = FieldModel(
            .line, name: Self.addressName, label: texts("verifyStart.address"), value: address,
            hint: texts("verifyStart.address.hint"), error: addressFault, autocomplete: "off", maxLength: 2048)
        let form = FileCheckForm(fault: fileFault, texts: texts)
        self.init(
            result: result, searchAction: Link.verificationSearch.path, address: field, checkFile: form,
            problems: ProblemSummary(fields: [field], files: [form.upload]))
    }
}
