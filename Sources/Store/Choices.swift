public import Permits
import Foundation
import GRDB

extension MessageKind {
    /// What somebody may choose about; nil for what is always sent.
    public var topic: NotificationTopic? {
        switch self {
        case .submitted, .reportGiven, .colleagueResubmitted: .receipt
        case .recommended: .progress
        case .letterExpiring: .expiry
        case .messageReceived: .messages
        default: nil
        }
    }

    /// Whether chats get it too. What brings a one-time link, or is about the account and its secrets, goes by e-mail
    /// only: a chat may be open on a screen that others see.
    public var goesToChats: Bool {
        switch self {
        case .submitted, .returned, .refused, .issued, .recommended, .letterRevoked, .letterVoided, .letterReopened,
            .replacementRefused, .letterExpiring, .reportBefore, .reportToday, .reportLate, .reportGiven,
            .reportReturned, .reportConfirmed, .messageReceived, .questionAsked, .draftExpiring, .colleagueWithdrew,
            .colleagueResubmitted:
            true
        case .activation, .accountActivated, .signUpAgain, .accountRejected, .passwordReset, .passwordChanged,
            .emailChange, .emailChanged, .emailWanted, .phoneChanged, .deletionRequested, .accountDeleted,
            .transferOffered, .transferAccepted, .transferGiven, .transferDeclined, .invitation, .channelConnected,
            .channelLost, .whatsAppCode, .accountsMerged, .accountGivenUp, .emailChangeAsked,
            .passedOnToYou, .passedOn, .institutionFileOffered, .institutionFileGiven, .transferGivenInside,
            .papersKeptBack:
            false
        }
    }
}

/// By way: whether each topic comes on it.
public typealias NotificationChoices = [NotificationChannel: [NotificationTopic: Bool]]

extension Store {
    /// Of e-mail and of the chats that are connected.
    public func notificationChoices(of id: AccountID) throws -> NotificationChoices {
        try read { try notificationChoices(of: id, in: $0) }
    }

    func notificationChoices(of id: AccountID, in database: Database) throws -> NotificationChoices {
        let connected = try connections(of: id, in: database).map(\.channel)
        var choices: NotificationChoices = [:]
        for channel in [.email] + connected {
            for topic in NotificationTopic.allCases {
                choices[channel, default: [:]][topic] = try wants(topic, by: channel, id, in: database)
            }
        }
        return choices
    }

    /// - Parameter wanted: By way; those that are not named stay as they are.
    public func setNotificationChoices(
        _ wanted: [NotificationChannel: Set<NotificationTopic>], of id: AccountID, at now: Moment
    ) throws {
        try write { database in
            try checkStanding(id, in: database)
            for (channel, topics) in wanted {
                for topic in NotificationTopic.allCases {
                    try database.execute(
                        sql: """
                            INSERT INTO notification_choice (account_id, topic, channel, wanted) VALUES (?, ?, ?, ?)
                            ON CONFLICT DO UPDATE SET wanted = excluded.wanted
                            """, arguments: [id.value, topic.rawValue, channel.rawValue, topics.contains(topic)])
                }
            }
            try noteAccount(id, "choicesChanged", actor: id, at: now, in: database)
        }
    }

    /// The ways on which an account gets such a message.
    func channels(for kind: MessageKind, to id: AccountID, in database: Database) throws -> [NotificationChannel] {
        let chats = kind.goesToChats ? try connections(of: id, in: database).map(\.channel) : []
        guard let topic = kind.topic else { return [.email] + chats }
        return try ([.email] + chats).filter { try wants(topic, by: $0, id, in: database) }
    }

    private func wants(
        _ topic: NotificationTopic, by channel: NotificationChannel, _ id: AccountID, in database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT wanted FROM notification_choice WHERE account_id = ? AND topic = ? AND channel = ?",
            arguments: [id.value, topic.rawValue, channel.rawValue]) ?? topic.isWantedUnasked
    }
}
