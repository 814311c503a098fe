/// The letter exactly as it will print, what is wrong with it, and the signature.
public struct Signing: Page {
    public static let template = "staff/signing"

    public var reference: String
    public var kind: String
    public var applicant: String
    public var recommendedBy: String
    public var sheet: LetterModel
    /// What the signatory read: signing another state is refused.
    public var revision: Int
    /// The day of which the letter speaks, `2026-11-21`.
    public var day: String
    /// For not signing, and saying why.
    public var sendBackAction: String
    public var sendBackReason: FieldModel
    /// Opens that part: something is wrong with it, or there is nothing else to do.
    public var wantsSendBack: Bool
    /// Empty tags and the like: may be signed after reading.
    public var warnings: [String]
    /// Must be mended first; the password field is not there then.
    public var blockers: [String]
    public var password: FieldModel
    public var action: String
    public var backPath: String
    public var canSign: Bool
    /// After signing.
    public var signed: LetterLink?
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, applicant: String, recommendedBy: String, sheet: LetterModel, revision: Int,
        day: String,
        sendBackAction: String, sendBackReason: FieldModel,
        warnings: [String], blockers: [String], password: FieldModel, action: String, backPath: String, canSign: Bool,
        signed: LetterLink? = nil, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.applicant = applicant
        self.recommendedBy = recommendedBy
        self.sheet = sheet
        self.revision = revision
        self.day = day
        self.sendBackAction = sendBackAction
        self.sendBackReason = sendBackReason
        wantsSendBack = sendBackReason.error != nil || !canSign
        self.warnings = warnings
        self.blockers = blockers
        self.password = password
        self.action = action
        self.backPath = backPath
        self.canSign = canSign
        self.signed = signed
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "applicant": applicant
        case "recommendedBy": recommendedBy
        case "sheet": sheet
        case "revision": revision
        case "day": day
        case "sendBackAction": sendBackAction
        case "sendBackReason": sendBackReason
        case "wantsSendBack": wantsSendBack
        case "warnings": warnings
        case "blockers": blockers
        case "password": password
        case "action": action
        case "backPath": backPath
        case "canSign": canSign
        case "signed": signed as Any
        case "problems": problems as Any
        case "hasWarnings": !warnings.isEmpty
        case "hasBlockers": !blockers.isEmpty
        default: nil
        }
    }
}
