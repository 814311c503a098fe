import Permits

/// What becomes of an application that is taken back, and the button.
public struct Withdrawal: Page {
    public static let template = "citizen/withdrawal"
    public static let reasonName = "alasan"

    public var reference: String
    public var kind: String
    /// One line that tells this file from another.
    public var summary: String
    /// Nobody at the office has seen it.
    public var isDraft: Bool
    /// For which institution, and by whom when not by the reader.
    public var filed: String?
    /// Why, to the office; whoever wants to tell may. Nobody reads why a draft went.
    public var reason: FieldModel?
    public var action: String
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, summary: String, isDraft: Bool, filed: String?, reason: FieldModel?,
        action: String,
        backPath: String
    ) {
        self.reference = reference
        self.kind = kind
        self.summary = summary
        self.isDraft = isDraft
        self.filed = filed
        self.reason = reason
        self.action = action
        self.backPath = backPath
        problems = ProblemSummary(fields: [reason].compactMap { $0 })
    }

    public static func reasonField(value: String, fault: String?, texts: Texts) -> FieldModel {
        FieldModel(
            .textarea(rows: 3), name: reasonName, label: texts("status.withdraw.reason"), value: value,
            hint: texts("status.withdraw.reason.hint"), error: fault, isRequired: false,
            maxLength: Application.longestWithdrawalReason)
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "summary": summary
        case "isDraft": isDraft
        case "filed": filed as Any
        case "reason": reason as Any
        case "action": action
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}
