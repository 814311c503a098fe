public import Permits
import GRDB

extension Store {
    /// Remembers which language somebody reads; their mails come in it from now on.
    public func setLanguage(_ language: Language, of id: AccountID) throws {
        try write { try setLanguage(language, of: id, in: $0) }
    }

    func setLanguage(_ language: Language?, of id: AccountID, in database: Database) throws {
        try database.execute(
            sql: "UPDATE account SET language = ? WHERE id = ?", arguments: [language?.rawValue, id.value])
    }

    /// The kind of letter that an application asks for, in the version it was begun with. It tells nothing about who
    /// asked, so that mails and the public page of a letter can be put into the reader's language.
    /// - Throws: `notFound`.
    public func letterType(of reference: Reference) throws -> LetterType {
        try letterType(sql: "reference = ?", [reference.code])
    }

    public func letterType(of letter: Letter) throws -> LetterType {
        try letterType(sql: "id = ?", [letter.application.value])
    }

    private func letterType(sql condition: String, _ arguments: StatementArguments) throws -> LetterType {
        try read { database in
            let id = try Int64.fetchOne(
                database, sql: "SELECT letter_type_id FROM application WHERE \(condition)", arguments: arguments)
            guard let id else { throw PermitError.notFound }
            return try letterType(id, in: database)
        }
    }
}
