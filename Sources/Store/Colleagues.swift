import GRDB
import Permits

// Who is told of what happens to an application that several people work on.
extension Store {
    /// The applicant, and of the people of the institution that it is filed for those who took part: they sent, mended or
    /// wrote something, or gave a paper.
    func involved(in application: Application, _ database: Database) throws -> [AccountID] {
        guard !application.agents.isEmpty else { return [application.applicant] }
        let active = try Int64.fetchAll(
            database,
            sql: """
                SELECT actor_id FROM event WHERE application_id = ?1
                UNION SELECT given_by FROM attachment WHERE application_id = ?1 AND given_by IS NOT NULL
                """, arguments: [application.id.value]
        ).map { AccountID($0) }
        let others = active.filter { $0 != application.applicant && application.agents.contains($0) }
        return [application.applicant] + others
    }

    /// Whoever took part is told what somebody else of the institution did.
    func tellColleagues(of transition: Transition, in database: Database) throws {
        let kind: MessageKind
        switch transition.event.kind {
        case .withdrawn: kind = .colleagueWithdrew
        case .resubmitted: kind = .colleagueResubmitted
        default: return
        }
        let application = transition.application
        let payload = MessagePayload(
            reference: application.reference.description, typeName: application.type.name,
            actor: transition.event.actor.value)
        for person in try involved(in: application, database) where person != transition.event.actor {
            try queue(kind, to: person, payload, at: transition.event.at, in: database)
        }
    }
}
