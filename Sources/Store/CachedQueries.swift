import GRDB

// Queries that keep their compiled statement for the next time. Compiling takes longer than most of ours run, and these
// forms are chosen over GRDB's own, which compile anew: they leave fewer arguments to defaults.

extension Row {
    static func fetchOne(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> Row? {
        try fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    static func fetchAll(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseValueConvertible where Self: StatementColumnConvertible {
    static func fetchOne(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> Self? {
        try fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    static func fetchAll(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> [Self] {
        try fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }
}
