/// Messages that somebody may do without. All others are always sent: they ask for something to be done, bring the
/// decision, or warn of something that touches the account's safety.
public enum NotificationTopic: String, Codable, Sendable, CaseIterable {
    /// That the office has received an application or a report.
    case receipt
    /// Steps in between that ask nothing of the applicant.
    case progress
    /// Messages of the office that ask nothing.
    case messages
    /// That a letter ends soon. What its holder owes the office is no such thing.
    case expiry

    public var textKey: String { "topic.\(rawValue)" }

    /// As long as nothing is chosen.
    public var isWantedUnasked: Bool { true }
}
