public import Permits
import GRDB

extension Store {
    /// The letter that says that this one was taken back; or, of such a letter, the one that it took back. Both were
    /// written in one transaction, at one moment. Nil for every other letter. Open to anybody who has either's token.
    public func revocationCounterpart(of letter: Letter) throws -> Letter? {
        let condition: String
        let moment: Moment
        if letter.kind == .revocation {
            condition = "letter.kind = 'permit' AND letter_end.kind = 'revoked' AND letter_end.at = ?"
            moment = letter.issuedAt
        } else if let end = letter.life.end, end.kind == .revoked {
            condition = "letter.kind = 'revocation' AND letter.issued_at = ?"
            moment = end.at
        } else {
            return nil
        }
        return try read { database in
            try Row.fetchOne(
                database,
                sql:
                    "\(Self.letterSQL) WHERE letter.application_id = ? AND \(condition) ORDER BY letter.id DESC LIMIT 1",
                arguments: [letter.application.value, moment.seconds]
            ).map(Self.letter)
        }
    }
}
