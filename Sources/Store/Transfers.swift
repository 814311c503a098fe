public import Permits
import Foundation
import GRDB

extension Store {
    /// Offers an application to the account of an address, and queues the mail with the link.
    /// - Parameter email: From `Application.transferAddress`.
    /// - Throws: `conflict` while another offer stands.
    public func offerTransfer(of reference: Reference, to email: String, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            let email = try application.transferAddress(email, by: account(viewer.account, in: database))
            let losing = try institution(losing: application.id, to: email, in: database)
            if let losing, losing.role(of: viewer.account) != .owner {
                throw PermitError.invalid([
                    FieldProblem("surel", "transferNeedsOwner", ["institution": losing.profile.name])
                ])
            }
            try lapseOffers(of: application.id, at: now, in: database)
            if let open = try openTransfer(of: application.id, in: database) {
                // A second click on the same button.
                if open.email.lowercased() == email.lowercased() { return }
                throw PermitError.conflict("conflict.transferOffered")
            }
            try database.execute(
                sql: """
                    INSERT INTO application_transfer (application_id, from_id, email, offered_at, expires_at, state)
                    VALUES (?, ?, ?, ?, ?, 'offered')
                    """,
                arguments: [
                    application.id.value, viewer.account.value, email, now.seconds,
                    now.adding(hours: TransferOffer.hours).seconds,
                ])
            let payload = MessagePayload(
                reference: reference.description, typeName: application.type.name,
                transfer: database.lastInsertedRowID)
            try queue(.transferOffered, to: viewer.account, addressed: email, payload, at: now, in: database)
            let news = MessagePayload(
                reference: reference.description, typeName: application.type.name, actor: viewer.account.value)
            for member in losing?.members ?? [] where member.account != viewer.account {
                try queue(.institutionFileOffered, to: member.account, news, at: now, in: database)
            }
        }
    }

    /// Papers in an application that others than the viewer gave, by their names in the letter type, with whoever gave
    /// them: they go along when it is handed over.
    public func papersOfOthers(in reference: Reference, visibleTo viewer: Viewer) throws -> [(
        paper: String, giver: String
    )] {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT requirement, name FROM attachment JOIN account ON account.id = given_by
                    WHERE application_id = ? AND given_by <> ? GROUP BY requirement, given_by ORDER BY min(attachment.id)
                    """, arguments: [application.id.value, viewer.account.value]
            ).map { row in
                let key: String = row["requirement"]
                return (application.type.requirement(key)?.label ?? key, row["name"])
            }
        }
    }

    /// Takes an offer back. None to take back is what was wanted, too.
    public func withdrawTransfer(of reference: Reference, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.applicant == viewer.account else { throw PermitError.notFound }
            try withdrawOffers(of: application.id, at: now, in: database)
        }
    }

    /// The offer that stands for an application of the viewer's own.
    public func openTransfer(of reference: Reference, by viewer: Viewer, at now: Moment) throws -> TransferOffer? {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.applicant == viewer.account else { throw PermitError.notFound }
            return try openTransfer(of: application.id, in: database).flatMap { $0.expiresAt > now ? $0 : nil }
        }
    }

    /// Notes the secret that the mail of an offer is about to carry.
    /// - Returns: False when the offer stands no more.
    public func addTransferToken(_ token: [UInt8], for transfer: Int64) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE application_transfer SET token_hash = ? WHERE id = ? AND state = 'offered'",
                arguments: [secretHash(token), transfer])
            return database.changesCount == 1
        }
    }

    /// What an offer shows before it is taken: kind and reference, no more.
    /// - Throws: `notFound` when the link is unknown or over, or the viewer is not the one that it was meant for.
    public func transfer(token: [UInt8], for viewer: Viewer, at now: Moment) throws -> TransferOffer {
        try read { try transfer(token: token, for: viewer, at: now, in: $0).offer }
    }

    /// Makes the viewer the applicant and tells both. What the former one was about to be told goes to the new one. Among
    /// the people of an institution it stays filed for it; else the others there are told that they lost it.
    public func acceptTransfer(token: [UInt8], by viewer: Viewer, origin: String, at now: Moment) throws -> Reference {
        try write { database in
            if let accepted = try decided("accepted", token, by: viewer, in: database) { return accepted }
            let (offer, from, application) = try transfer(token: token, for: viewer, at: now, in: database)
            guard viewer.state == .active else { throw PermitError.conflict("conflict.accountPending") }
            let losing = try institution(losing: application, to: offer.email, in: database)
            let isKept = try isMember(viewer.account, ofInstitutionOf: application, in: database)
            let isSeen = try isKept && isMember(from, ofInstitutionOf: application, in: database)
            try database.execute(
                sql: """
                    UPDATE application SET applicant_id = ?, institution_id = iif(?, institution_id, NULL), changed_at = ?,
                        revision = revision + 1
                    WHERE id = ? AND applicant_id = ? AND state NOT IN ('refused', 'withdrawn')
                    """, arguments: [viewer.account.value, isKept, now.seconds, application.value, from.value])
            guard database.changesCount == 1 else { throw PermitError.notFound }
            // What others were about to send is theirs alone; it goes where they see the application no more.
            if !isKept {
                try deleteUnsent(
                    "application_id = ? AND author_id <> ?", [application.value, viewer.account.value], in: database)
            } else if !isSeen {
                try deleteUnsent("application_id = ? AND author_id = ?", [application.value, from.value], in: database)
            }
            try decide(offer, "accepted", by: viewer.account, origin: origin, at: now, in: database)
            let payload = MessagePayload(reference: offer.reference.description, typeName: offer.typeName)
            var given = payload
            given.actor = viewer.account.value
            try queue(isSeen ? .transferGivenInside : .transferGiven, to: from, given, at: now, in: database)
            try queue(.transferAccepted, to: viewer.account, payload, at: now, in: database)
            try passNews(of: application, payload, from: from, to: viewer.account, at: now, in: database)
            given.actor = from.value
            for member in losing?.members ?? [] where member.account != from {
                try dropNews(of: payload.reference, to: member.account, in: database)
                try queue(.institutionFileGiven, to: member.account, given, at: now, in: database)
            }
            return offer.reference
        }
    }

    /// Leaves it where it is, and tells whoever offered it.
    public func declineTransfer(token: [UInt8], by viewer: Viewer, origin: String, at now: Moment) throws {
        try write { database in
            if try decided("declined", token, by: viewer, in: database) != nil { return }
            let (offer, from, _) = try transfer(token: token, for: viewer, at: now, in: database)
            try decide(offer, "declined", by: nil, origin: origin, at: now, in: database)
            let payload = MessagePayload(reference: offer.reference.description, typeName: offer.typeName)
            try queue(.transferDeclined, to: from, payload, at: now, in: database)
        }
    }

    /// Acceptances as events of the application, oldest first.
    func transferRecords(of application: ApplicationID, in database: Database) throws -> [EventRecord] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT decided_at, to_id, name, role FROM application_transfer JOIN account ON account.id = to_id
                WHERE application_id = ? AND application_transfer.state = 'accepted' ORDER BY application_transfer.id
                """, arguments: [application.value]
        ).map {
            EventRecord(
                kind: .transferred, at: $0.moment("decided_at"), actor: AccountID($0["to_id"]), actorName: $0["name"],
                actorRole: try $0.name("role"), note: "")
        }
    }

    /// Ends the offers that an account has made.
    func withdrawOffers(madeBy account: AccountID, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE application_transfer SET state = 'withdrawn', decided_at = ?
                WHERE from_id = ? AND state = 'offered'
                """, arguments: [now.seconds, account.value])
    }

    func withdrawOffers(of application: ApplicationID, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE application_transfer SET state = 'withdrawn', decided_at = ?
                WHERE application_id = ? AND state = 'offered'
                """, arguments: [now.seconds, application.value])
    }

    /// Messages about an application that wait to be sent, and a question that waits for an answer, are its applicant's.
    func passNews(
        of application: ApplicationID, _ payload: MessagePayload, from: AccountID, to: AccountID, at now: Moment,
        in database: Database
    ) throws {
        let waiting = try Row.fetchAll(
            database,
            sql: """
                SELECT id, kind, payload, created_at, not_before FROM outbox
                WHERE account_id = ? AND \(Self.isWaiting) AND address IS NULL
                AND kind NOT IN ('transferGiven', 'transferGivenInside') AND json_extract(payload, '$.reference') = ? ORDER BY id
                """, arguments: [from.value, payload.reference])
        var kinds: Set<MessageKind> = []
        for row in waiting {
            try database.execute(sql: "DELETE FROM outbox WHERE id = ?", arguments: [row["id"] as Int64])
            let kind: MessageKind = try row.name("kind")
            // Once for all ways of whoever gave it away: the other's are their own.
            guard kinds.insert(kind).inserted else { continue }
            try queue(
                kind, to: to, try JSON.value(MessagePayload.self, row["payload"]), at: row.moment("created_at"),
                notBefore: row.moment("not_before"), in: database)
        }
        let isAsked = try Bool.fetchOne(
            database, sql: "SELECT asked_at IS NOT NULL FROM application WHERE id = ?", arguments: [application.value])
        if isAsked == true, !kinds.contains(.questionAsked) {
            try queue(.questionAsked, to: to, payload, at: now, in: database)
        }
    }

    /// What was about to be said of an application to somebody who may not see it any more.
    private func dropNews(of reference: String?, to account: AccountID, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM outbox WHERE account_id = ? AND sent_at IS NULL AND address IS NULL
                AND kind <> 'institutionFileOffered' AND json_extract(payload, '$.reference') = ?
                """, arguments: [account.value, reference])
    }

    /// The institution that an application is filed for when it would lose it to the account of this address: somebody is
    /// there to lose it, and the address is none of theirs.
    private func institution(losing application: ApplicationID, to email: String, in database: Database) throws
        -> Institution?
    {
        guard
            let id = try Int64.fetchOne(
                database, sql: "SELECT institution_id FROM application WHERE id = ?", arguments: [application.value])
        else { return nil }
        let institution = try institution(InstitutionID(id), in: database)
        let taker = try Int64.fetchOne(database, sql: "SELECT id FROM account WHERE email = ?", arguments: [email])
        if let taker, institution.role(of: AccountID(taker)) != nil { return nil }
        return institution.members.isEmpty ? nil : institution
    }

    private func isMember(_ account: AccountID, ofInstitutionOf application: ApplicationID, in database: Database)
        throws -> Bool
    {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM application JOIN membership USING (institution_id)
                WHERE application.id = ? AND account_id = ? AND ended_at IS NULL)
                """, arguments: [application.value, account.value]) ?? false
    }

    private func lapseOffers(of application: ApplicationID, at now: Moment, in database: Database) throws {
        guard let offer = try openTransfer(of: application, in: database), offer.expiresAt <= now else { return }
        try withdrawOffers(of: application, at: offer.expiresAt, in: database)
    }

    private func decide(
        _ offer: TransferOffer, _ state: String, by account: AccountID?, origin: String, at now: Moment,
        in database: Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE application_transfer SET state = ?, to_id = ?, decided_at = ?, origin = ?
                WHERE id = ? AND state = 'offered'
                """, arguments: [state, account?.value, now.seconds, origin, offer.id])
        guard database.changesCount == 1 else { throw PermitError.notFound }
    }

    /// What the viewer has decided by this link already: the first of two clicks did it.
    private func decided(_ state: String, _ token: [UInt8], by viewer: Viewer, in database: Database) throws
        -> Reference?
    {
        let row = try Row.fetchOne(
            database, sql: "\(Self.offerSQL) WHERE token_hash = ? AND application_transfer.state = ?",
            arguments: [secretHash(token), state])
        guard let row, try offer(row, in: database).isFor(account(viewer.account, in: database)) else { return nil }
        let isMine = row["to_id"] as Int64? == viewer.account.value
        return isMine || state == "declined" ? try offer(row, in: database).reference : nil
    }

    private static let offerSQL = """
        SELECT application_transfer.*, reference, letter_type_id FROM application_transfer
        JOIN application ON application.id = application_id
        """

    private func openTransfer(of application: ApplicationID, in database: Database) throws -> TransferOffer? {
        try Row.fetchOne(
            database, sql: "\(Self.offerSQL) WHERE application_id = ? AND application_transfer.state = 'offered'",
            arguments: [application.value]
        ).map { try offer($0, in: database) }
    }

    private func transfer(token: [UInt8], for viewer: Viewer, at now: Moment, in database: Database) throws
        -> (offer: TransferOffer, from: AccountID, application: ApplicationID)
    {
        let row = try Row.fetchOne(
            database,
            sql: """
                \(Self.offerSQL) WHERE token_hash = ? AND application_transfer.state = 'offered' AND expires_at > ?
                AND application.applicant_id = from_id AND application.state NOT IN ('refused', 'withdrawn')
                """, arguments: [secretHash(token), now.seconds])
        guard let row else { throw PermitError.notFound }
        let offer = try offer(row, in: database)
        guard offer.isFor(try account(viewer.account, in: database)) else { throw PermitError.notFound }
        let from = AccountID(row["from_id"])
        let application = ApplicationID(row["application_id"])
        // Whoever offered it may have lost their place there since.
        if let losing = try institution(losing: application, to: offer.email, in: database),
            losing.role(of: from) != .owner
        {
            throw PermitError.notFound
        }
        return (offer, from, application)
    }

    private func offer(_ row: Row, in database: Database) throws -> TransferOffer {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of offer \(row["id"] as Int64)")
        }
        return TransferOffer(
            id: row["id"], reference: reference, typeName: try letterType(row["letter_type_id"], in: database).name,
            email: row["email"], offeredAt: row.moment("offered_at"), expiresAt: row.moment("expires_at"),
            meantFor: (row["meant_for"] as Int64?).map { AccountID($0) })
    }
}
