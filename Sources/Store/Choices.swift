public import Permits
import Foundation
import GRDB

extension MessageKind {
    /// What somebody may choose about; nil for what is always sent.
    public var topic: NotificationTopic? {
        switch self {
        case .submitted, .reportGiven: .receipt
        case .recommended: .progress
        case .letterExpiring: .expiry
        case .messageReceived: .messages
        default: nil
        }
    }
}

extension Store {
    /// Whether each topic comes by e-mail.
    public func notificationChoices(of id: AccountID) throws -> [NotificationTopic: Bool] {
        try read { try notificationChoices(of: id, in: $0) }
    }

    func notificationChoices(of id: AccountID, in database: Database) throws -> [NotificationTopic: Bool] {
        var choices: [NotificationTopic: Bool] = [:]
        for topic in NotificationTopic.allCases { choices[topic] = try wants(topic, id, in: database) }
        return choices
    }

    public func setNotificationChoices(_ wanted: Set<NotificationTopic>, of id: AccountID, at now: Moment) throws {
        try write { database in
            try checkStanding(id, in: database)
            for topic in NotificationTopic.allCases {
                try database.execute(
                    sql: """
                        INSERT INTO notification_choice (account_id, topic, channel, wanted) VALUES (?, ?, 'email', ?)
                        ON CONFLICT DO UPDATE SET wanted = excluded.wanted
                        """, arguments: [id.value, topic.rawValue, wanted.contains(topic)])
            }
            try noteAccount(id, "choicesChanged", actor: id, at: now, in: database)
        }
    }

    func wants(_ topic: NotificationTopic, _ id: AccountID, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT wanted FROM notification_choice WHERE account_id = ? AND topic = ? AND channel = 'email'",
            arguments: [id.value, topic.rawValue]) ?? topic.isWantedUnasked
    }
}
