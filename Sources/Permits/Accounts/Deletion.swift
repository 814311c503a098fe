/// Somebody wants their account deleted. It waits, so that whoever holds a phone for a minute cannot undo years.
public struct DeletionRequest: Equatable, Sendable {
    public static let waitDays: Int64 = 7

    public enum State: String, Sendable, CaseIterable {
        case waiting, withdrawn, done

        public var textKey: String { "deletion.state.\(rawValue)" }
    }

    public let account: AccountID
    public let requestedAt: Moment
    public let dueAt: Moment
    public let state: State

    public init(account: AccountID, requestedAt: Moment, dueAt: Moment, state: State) {
        self.account = account
        self.requestedAt = requestedAt
        self.dueAt = dueAt
        self.state = state
    }

    /// When a request of now is carried out.
    public static func due(requestedAt now: Moment) -> Moment { now.adding(hours: waitDays * 24) }
}

/// What stands in an account's place once it is deleted.
public enum DeletedAccount {
    public static let name = "Akun dihapus"

    /// An address that can receive nothing (RFC 2606, section 2) and is nobody else's.
    public static func email(_ id: AccountID) -> String { "dihapus-\(id.value)@dihapus.invalid" }

    /// Answers without what identifies or reaches a person, for applications that led to no letter.
    public static func answers(_ answers: [String: String], of type: LetterType) -> [String: String] {
        changed(answers, fields: type.fields) { field, answer in
            switch field.kind {
            case .nik: NIK(answer)?.masked ?? ""
            case .passport, .phone, .email: ""
            default: answer
            }
        }
    }

    /// Answers of an application that is somebody else's by now, without what is this account's own: masked as above, and
    /// out of a draft, which nobody has seen, gone altogether with the name.
    public static func answers(
        _ answers: [String: String], of type: LetterType, without account: Account, isDraft: Bool
    ) -> [String: String] {
        changed(answers, fields: type.fields) { field, answer in
            switch field.kind {
            case .nik where answer == account.nik: isDraft ? "" : NIK(answer)?.masked ?? ""
            case .phone where answer == account.phone: ""
            case .email where answer.lowercased() == account.email.lowercased(): ""
            case .text where isDraft && answer == account.name: ""
            default: answer
            }
        }
    }

    private static func changed(
        _ answers: [String: String], fields: [FieldDefinition], by change: (FieldDefinition, String) -> String
    ) -> [String: String] {
        var kept = answers
        for field in fields {
            guard let answer = answers[field.key] else { continue }
            kept[field.key] =
                field.kind == .group
                ? changed(roster: answer, columns: field.columns ?? [], by: change) : change(field, answer)
        }
        return kept
    }

    /// Rows without the lines that they came from, which hold the same once more.
    private static func changed(
        roster: String, columns: [FieldDefinition], by change: (FieldDefinition, String) -> String
    ) -> String {
        GroupRows(
            rows: GroupRows(roster, columns: columns).rows.map {
                GroupRows.Row(cells: changed($0.cells, fields: columns, by: change))
            }
        ).stored
    }
}
