public import Permits
import GRDB

/// A page on which a section is filled in: what it was made from, and its own random name.
public struct DraftPage: Equatable, Sendable {
    /// Of the section when the page was made.
    public let version: Int
    public let name: String

    public init(version: Int, name: String) {
        self.version = version
        self.name = name
    }
}

/// What became of what a page sent.
public enum DraftWriting: Equatable, Sendable {
    /// With what is not right yet.
    case kept([FieldProblem])
    /// The same page has sent something newer, which is kept.
    case overtaken
    /// Another page has saved the section since this one was made. Nothing was changed.
    case elsewhere
}

extension Store {
    /// The section name under which typing on the page of corrections is kept; no section of a type has an empty key.
    public static let corrections = ""

    /// Keeps what was typed so far. Messages of one page are numbered; one that comes late changes nothing.
    /// - Parameter inputs: What else stands on the page and is no answer, by name of input; what is not among them stays.
    public func keepTyping(
        _ raw: [String: String], besides inputs: [String: String]? = nil, in section: String, of reference: Reference,
        by viewer: Viewer, from page: DraftPage, sequence: Int, at now: Moment
    ) throws -> DraftWriting {
        try accept(in: section, of: reference, by: viewer, from: page, sequence, at: now) {
            $0.drafted(with: raw, besides: inputs, in: section, today: now.day)
        }
    }

    /// Keeps the inputs of a page as they are left, such as the rows of a group before they are saved.
    public func keepInputs(
        _ inputs: [String: String], in section: String, of reference: Reference, by viewer: Viewer,
        from page: DraftPage, sequence: Int, at now: Moment
    ) throws -> DraftWriting {
        try accept(in: section, of: reference, by: viewer, from: page, sequence, at: now) {
            ($0.left(inputs, in: section), [])
        }
    }

    private func accept(
        in section: String, of reference: Reference, by viewer: Viewer, from page: DraftPage, _ sequence: Int,
        at now: Moment, _ change: (Application) -> (application: Application, problems: [FieldProblem])
    ) throws -> DraftWriting {
        try write { database in
            let application = try openApplication(reference, section, by: viewer, in: database)
            let state = try state(of: section, in: application.id, database)
            if state.page == page.name {
                guard sequence > state.sequence else { return .overtaken }
            } else if state.version != page.version {
                return .elsewhere
            }
            let (changed, problems) = change(application)
            let next = changed.prefilled(since: application, from: try account(viewer.account, in: database))
            try keep(next, section, version: state.version + 1, page: page.name, sequence, at: now, in: database)
            return .kept(problems)
        }
    }

    /// Saves a section as its form was sent.
    /// - Parameters:
    ///   - inputs: What else stood in it and is no answer, by name of input; what is not among them stays.
    ///   - page: Nil when the form does not say what it was made from: then it is taken as it is.
    public func saveSection(
        _ raw: [String: String], besides inputs: [String: String]? = nil, in section: String, of reference: Reference,
        by viewer: Viewer, from page: DraftPage?, at now: Moment
    ) throws -> DraftWriting {
        try write { database in
            let application = try openApplication(reference, section, by: viewer, in: database)
            let state = try state(of: section, in: application.id, database)
            let (drafted, problems) = application.drafted(with: raw, besides: inputs, in: section, today: now.day)
            let next = drafted.prefilled(since: application, from: try account(viewer.account, in: database))
            // The same once more, as a double click sends it, takes nothing from anybody.
            if let page, state.page != page.name, state.version != page.version,
                next.shownAnswers != application.shownAnswers
            {
                return .elsewhere
            }
            // No page from now on: what was sent before and comes late is out of date.
            try keep(next, section, version: state.version + 1, page: nil, 0, at: now, in: database)
            return .kept(problems)
        }
    }

    /// Keeps the rows of a returned group as they have been mended so far. What was left in the inputs of their page is
    /// over.
    /// - Parameter rows: In stored form, with what is wrong in them.
    public func saveRows(
        _ rows: String, of group: String, in reference: Reference, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            let section = Application.returnedRows(of: group)
            let application = try openApplication(reference, section, by: viewer, in: database)
            guard application.type.field(group)?.kind == .group, application.isOpen(group) else {
                throw PermitError.notFound
            }
            let version = try state(of: section, in: application.id, database).version
            try keepSection(
                application.id, section, version + 1, page: nil, 0, typed: [group: rows], in: database)
        }
    }

    /// The inputs of a page were saved: nothing is left of them, and what its older pages send comes too late.
    func forgetInputs(in section: String, of application: Application, in database: Database) throws {
        let version = try state(of: section, in: application.id, database).version
        try keepSection(application.id, section, version + 1, page: nil, 0, typed: [:], in: database)
    }

    private func openApplication(
        _ reference: Reference, _ section: String, by viewer: Viewer, in database: Database
    ) throws -> Application {
        let application = try application(reference, visibleTo: viewer, in: database)
        guard application.isHeld(by: viewer.account) else { throw PermitError.notFound }
        let isReturned = section == Self.corrections || application.returnedGroup(section) != nil
        guard application.state == (isReturned ? .needsCorrection : .draft) else {
            throw PermitError.conflict("conflict.alreadySubmitted")
        }
        return application
    }

    private func keep(
        _ application: Application, _ section: String, version: Int, page: String?, _ sequence: Int, at now: Moment,
        in database: Database
    ) throws {
        let fields = application.fields(keptIn: section)
        let typed = application.typed.filter { key, _ in
            key.hasPrefix("\(section)/") || fields.contains { $0.key == key }
        }
        try keepSection(application.id, section, version, page: page, sequence, typed: typed, in: database)
        // A returned file is as it was until it is handed back.
        guard application.state == .draft else { return }
        try database.execute(
            sql:
                "UPDATE application SET answers = ?, subject = ?, changed_at = ?, revision = revision + 1 WHERE id = ?",
            arguments: [JSON.text(application.answers), application.subject, now.seconds, application.id.value])
    }

    private func keepSection(
        _ application: ApplicationID, _ section: String, _ version: Int, page: String?, _ sequence: Int,
        typed: [String: String], in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO draft_section (application_id, section, version, page, sequence, typed)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (application_id, section) DO UPDATE SET version = excluded.version, page = excluded.page,
                    sequence = excluded.sequence, typed = excluded.typed
                """, arguments: [application.value, section, version, page, sequence, JSON.text(typed)])
    }

    private func state(of section: String, in application: ApplicationID, _ database: Database) throws -> (
        version: Int, page: String?, sequence: Int
    ) {
        let row = try Row.fetchOne(
            database, sql: "SELECT version, page, sequence FROM draft_section WHERE application_id = ? AND section = ?",
            arguments: [application.value, section])
        return row.map { ($0["version"], $0["page"], $0["sequence"]) } ?? (0, nil, 0)
    }

    /// What is typed in any section, and how often each was saved.
    func addTyping(to application: inout Application, in database: Database) throws {
        guard [.draft, .needsCorrection].contains(application.state) else { return }
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT section, version, typed FROM draft_section WHERE application_id = ? ORDER BY section",
            arguments: [application.id.value])
        for row in rows {
            application.sectionVersions[row["section"]] = row["version"]
            application.typed.merge(try JSON.value([String: String].self, row["typed"])) { $1 }
        }
    }

    func forgetTyping(in application: ApplicationID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM draft_section WHERE application_id = ?", arguments: [application.value])
    }
}

extension Application {
    /// The group whose rows are mended under this name.
    fileprivate func returnedGroup(_ section: String) -> FieldDefinition? {
        type.fields.first { $0.kind == .group && Self.returnedRows(of: $0.key) == section }
    }

    /// Whose answers are kept there while they are none yet. On the page of corrections that is everything but groups that
    /// have been mended on pages of their own.
    fileprivate func fields(keptIn section: String) -> [FieldDefinition] {
        if let group = returnedGroup(section) { return [group] }
        return type.sections.first { $0.key == section }?.fields
            ?? type.fields.filter { sectionVersions[Self.returnedRows(of: $0.key)] == nil }
    }
}
