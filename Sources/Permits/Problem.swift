/// One thing wrong with what somebody typed or sent. `key` names the sentence (`problem.required`), `values` fill it.
/// A value whose name ends in `Key` is the key of a text, one in `Bytes` a size; both are written in the reader's language.
public struct FieldProblem: Error, Equatable, Sendable {
    /// Name of the form field it stands beside.
    public let field: String
    public let key: String
    public let values: [String: String]

    public init(_ field: String, _ key: String, _ values: [String: String] = [:]) {
        self.field = field
        self.key = "problem.\(key)"
        self.values = values
    }
}

/// What can go wrong in a way that somebody can act on. Anything else is a defect and answers 500.
public enum PermitError: Error, Equatable, Sendable {
    /// There is none, or it is not this viewer's to see: the answer is the same.
    case notFound
    case forbidden
    /// The state has moved on. `key` names the sentence (`conflict.alreadyDecided`).
    case conflict(String)
    case invalid([FieldProblem])
}
