import Mustache
import Permits

/// The letter that a decision will write, exactly as it will print, before it is signed or sealed.
public struct LetterReading: Page {
    public static let template = "staff/letter-reading"

    public var reference: String
    public var kind: String
    public var heading: String
    public var lead: String
    /// What stands in the letter changed since it was shown last.
    public var isChanged: Bool
    public var sheet: LetterModel
    /// What keeps it from being signed now.
    public var blockers: [String]
    /// What was typed on the way here.
    public var held: [HeldField]
    /// Names the content that was read.
    public var digest: String
    /// Nil when the office's seal is put under it, which asks for none.
    public var password: FieldModel?
    public var action: String
    public var button: String
    public var after: String
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, heading: String, lead: String, isChanged: Bool = false, sheet: LetterModel,
        blockers: [String] = [], held: [HeldField], digest: String, password: FieldModel? = nil, action: String,
        button: String, after: String, backPath: String
    ) {
        self.reference = reference
        self.kind = kind
        self.heading = heading
        self.lead = lead
        self.isChanged = isChanged
        self.sheet = sheet
        self.blockers = blockers
        self.held = held
        self.digest = digest
        self.password = password
        self.action = action
        self.button = button
        self.after = after
        self.backPath = backPath
        problems = ProblemSummary(fields: [password].compactMap { $0 })
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "heading": heading
        case "lead": lead
        case "isChanged": isChanged
        case "sheet": sheet
        case "hasBlockers": !blockers.isEmpty
        case "blockers": blockers
        case "held": held
        case "digest": digest
        case "password": password as Any
        case "action": action
        case "button": button
        case "after": after
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}

extension LetterReading {
    /// Names of its inputs.
    public static let digestName = "dibaca"
    public static let stepName = "langkah"
    /// Goes back to what was typed.
    public static let mending = "ubah"
}
