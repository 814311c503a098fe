import Foundation
import Permits
import Store
import Testing

extension World {
    /// Writes a message; `token` tells it from others.
    func write(
        _ text: String, about reference: Reference, by viewer: Viewer, asking: Bool = false, files: [GivenFile] = [],
        token: String = UUID().uuidString, at now: Moment = World.now
    ) throws {
        let draft = MessageDraft(text: text, isQuestion: asking, files: files, token: token)
        try store.write(draft, about: reference, by: viewer, origin: "127.0.0.1", at: now)
    }

    func given(_ name: String) throws -> GivenFile {
        GivenFile(file: try vault.keep(Array("%PDF-\(name)".utf8)), scan: World.scan, filename: "\(name).pdf")
    }

    func messages(_ reference: Reference, as viewer: Viewer, at now: Moment = World.now) throws -> [Message] {
        try store.conversation(reference, visibleTo: viewer, at: now).messages
    }

    /// Mails about messages that wait or were sent, by kind.
    func talkMails(at now: Moment) throws -> [OutboxMessage] {
        try store.waitingMessages(at: now, limit: 100).filter {
            [.messageReceived, .questionAsked].contains($0.kind)
        }
    }
}

@Suite struct ConversationStoreTests {
    @Test func aMessageAndItsEventAreOneTransaction() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.write("Kapan mulai?", about: reference, by: world.budi, asking: true)
        try world.write(
            "Desember.", about: reference, by: world.siti, files: [try world.given("jadwal")],
            at: World.now.adding(hours: 1))
        let messages = try world.messages(reference, as: world.siti)
        #expect(messages.map(\.text) == ["Kapan mulai?", "Desember."])
        #expect(messages.map(\.side) == [.office, .applicant] && messages.map(\.isQuestion) == [true, false])
        #expect(messages.map(\.authorName) == ["Budi", "Siti"] && messages[1].files.map(\.filename) == ["jadwal.pdf"])
        #expect(
            try world.store.timeline(reference, visibleTo: world.budi).map(\.kind)
                == [.created, .submitted, .asked, .messaged])
        #expect(try world.store.firstBrokenEvent() == nil)
        let application = try world.store.application(reference, visibleTo: world.budi)
        #expect(application.turn == Turn(unansweredAt: World.now.adding(hours: 1)))
    }

    @Test func aFormSentTwiceIsOneMessage() throws {
        let world = try World()
        let reference = try world.submitted()
        for _ in 0..<2 { try world.write("Halo", about: reference, by: world.siti, token: "satu") }
        #expect(try world.messages(reference, as: world.siti).count == 1)
        // Somebody else's form may have the same.
        try world.write("Ya", about: reference, by: world.budi, token: "satu")
        #expect(try world.messages(reference, as: world.siti).count == 2)
    }

    @Test func whoeverDecidesMeanwhileIsNotDisturbed() throws {
        let world = try World()
        let reference = try world.submitted()
        let seen = try world.store.application(reference, visibleTo: world.budi).revision
        try world.write("Tambahan: lokasinya dua.", about: reference, by: world.siti)
        try world.store.change(reference, by: world.budi, revision: seen, origin: "-") { application, _ in
            try application.claim(by: world.budi, at: World.now)
        }
        let after = try world.store.application(reference, visibleTo: world.budi)
        #expect(after.turn.unansweredAt == World.now && after.claimedBy == world.budi.account)
    }

    @Test func draftsAndStrangersHaveNoConversation() throws {
        let world = try World()
        let draft = try world.filledDraft()
        #expect(throws: PermitError.conflict("conflict.talkClosed")) {
            try world.write("Halo", about: draft, by: world.siti)
        }
        let reference = try world.submitted()
        try world.write("Rahasia", about: reference, by: world.siti, files: [try world.given("foto")])
        let file = try #require(try world.messages(reference, as: world.siti).first?.files.first)
        for stranger in [world.joko, world.dewi] {
            #expect(throws: PermitError.notFound) { try world.write("x", about: reference, by: stranger) }
            #expect(throws: PermitError.notFound) { try world.messages(reference, as: stranger) }
            #expect(throws: PermitError.notFound) {
                try world.store.openMessageFile(file.id, of: reference, by: stranger, at: World.now)
            }
        }
        // Through another application nothing is reached either.
        let other = try world.submitted(by: world.siti)
        #expect(throws: PermitError.notFound) {
            try world.store.openMessageFile(file.id, of: other, by: world.siti, at: World.now)
        }
    }

    @Test func theQueueShowsWhoWaits() throws {
        let world = try World()
        let early = try world.submitted()
        let late = try world.submitted()
        try world.write("Kedua", about: late, by: world.siti, at: World.now.adding(hours: 2))
        try world.write("Pertama", about: early, by: world.siti, at: World.now.adding(hours: 1))
        func waiting() throws -> [Reference] {
            try world.store.queue(.messages, for: world.budi, limit: 10, offset: 0).map(\.reference)
        }
        #expect(try waiting() == [early, late])
        #expect(try world.store.queueCounts(for: world.budi)[.messages] == 2)
        try world.store.noteMessagesSeen(early, by: world.budi, origin: "-", at: World.now)
        #expect(try waiting() == [late])
        try world.write("Terima kasih.", about: late, by: world.ratna)
        #expect(try waiting().isEmpty)
        try world.write("Ada pertanyaan?", about: late, by: world.budi, asking: true)
        let row = try #require(
            try world.store.applications(of: world.siti, limit: 9).first { $0.reference == late })
        #expect(row.turn.askedAt == World.now && row.turn.unansweredAt == nil)
    }

    @Test func oneMailTellsOfABurst() throws {
        let world = try World()
        let reference = try world.submitted()
        func at(_ seconds: Int64) -> Moment { World.now.adding(seconds: seconds) }
        for second in 0..<10 {
            try world.write("Pesan \(second)", about: reference, by: world.budi, at: at(Int64(second)))
        }
        #expect(try world.talkMails(at: at(Store.burstSettles - 1)).isEmpty)
        let first = try world.talkMails(at: at(Store.burstSettles))
        #expect(first.map(\.kind) == [.messageReceived] && first.first?.payload.reference == reference.description)
        // A question is told as one, also when a mail waits already.
        try world.write("Kapan?", about: reference, by: world.budi, asking: true, at: at(60))
        let asked = try world.talkMails(at: at(Store.burstSettles))
        #expect(asked.map(\.kind) == [.questionAsked])
        try world.store.noteSent(try #require(asked.first), at: at(130))
        try world.write("Lagi", about: reference, by: world.budi, at: at(200))
        #expect(try world.talkMails(at: at(130 + Store.burstPause - 1)).isEmpty)
        #expect(try world.talkMails(at: at(130 + Store.burstPause)).count == 1)
        // Another application has mails of its own, the applicant's own messages none.
        let other = try world.submitted()
        try world.write("Halo", about: other, by: world.siti, at: at(200))
        #expect(try world.talkMails(at: at(5000)).count == 1)
        try world.write("Halo", about: other, by: world.ratna, at: at(200))
        #expect(try world.talkMails(at: at(5000)).count == 2)
    }

    @Test func messagesMayBeDoneWithoutButNotQuestions() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.store.setNotificationChoices([.email: []], of: world.siti.account, at: World.now)
        try world.write("Sekadar memberi tahu.", about: reference, by: world.budi)
        #expect(try world.talkMails(at: World.now.adding(hours: 1)).isEmpty)
        try world.write("Kapan?", about: reference, by: world.budi, asking: true)
        #expect(try world.talkMails(at: World.now.adding(hours: 1)).map(\.kind) == [.questionAsked])
        #expect(try world.store.isAsked(reference.description, recipient: world.siti.account))
        try world.write("Besok.", about: reference, by: world.siti)
        #expect(try !world.store.isAsked(reference.description, recipient: world.siti.account))
    }

    @Test func closedFilesMayBeTalkedAboutForAWhile() throws {
        let world = try World()
        let reference = try world.awaitingSignature()
        _ = try world.sign(reference)
        let last = World.now.adding(hours: 30 * 24)
        #expect(try world.store.conversation(reference, visibleTo: world.siti, at: last).isOpen)
        let closed = last.adding(seconds: 1)
        #expect(try !world.store.conversation(reference, visibleTo: world.siti, at: closed).isOpen)
        #expect(throws: PermitError.conflict("conflict.talkClosed")) {
            try world.write("Terlambat", about: reference, by: world.siti, at: closed)
        }
    }

    @Test func whoOpenedAttachmentsIsNoted() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.write("Ini.", about: reference, by: world.siti, files: [try world.given("foto")])
        try world.write("Dan ini.", about: reference, by: world.budi, files: [try world.given("contoh")])
        let files = try world.messages(reference, as: world.budi).flatMap(\.files)
        for file in files {
            for viewer in [world.budi, world.siti, world.budi] {
                _ = try world.store.openMessageFile(file.id, of: reference, by: viewer, at: World.now)
            }
        }
        let views = try world.store.documentViews(of: world.siti, on: World.now.day, applications: 10).views
        let view = try #require(views.first)
        #expect(views.count == 1 && view.paper == nil && view.filename == "foto.pdf" && view.count == 2)
        #expect(view.viewerName == "Budi" && view.reference == reference)
        #expect(
            try world.store.referredFiles(among: files.map(\.sha256)) == Set(files.map(\.sha256)),
            "the sweeper leaves them")
    }

    @Test func theOwnersDataHasTheConversationAndTheCorrections() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.write("Kapan?", about: reference, by: world.budi, asking: true)
        try world.write("Besok.", about: reference, by: world.siti, files: [try world.given("jadwal")])
        let data = try world.store.personalData(of: world.siti, at: World.now)
        let file = try #require(data.applications.first { $0.reference == reference.description })
        #expect(file.conversation.map(\.text) == ["Kapan?", "Besok."])
        #expect(file.conversation.map(\.by) == ["Budi", "Siti"] && file.conversation[1].files.count == 1)
        let json = String(decoding: try data.json(), as: UTF8.self)
        #expect(json.contains("\"isQuestion\" : true") && json.contains("\"corrections\" : ["))
    }

    @Test func wordsGoWithADeletedAccountWhereNoLetterCameOfThem() throws {
        let world = try World()
        let refused = try world.submitted()
        let issued = try world.awaitingSignature()
        let given = try world.given("pribadi")
        for reference in [refused, issued] {
            try world.write("Nama ibu saya Aminah.", about: reference, by: world.siti, files: [given])
            try world.write("Baik, Ibu Siti.", about: reference, by: world.budi)
        }
        let own = try world.given("sendiri")
        try world.write("Ini juga.", about: refused, by: world.siti, files: [own])
        let file = try #require(try world.messages(refused, as: world.budi).first?.files.first)
        _ = try world.store.openMessageFile(file.id, of: refused, by: world.budi, at: World.now)
        _ = try world.sign(issued)
        try world.store.requestDeletion(of: world.siti, at: World.now)
        let due = World.now.adding(hours: 7 * 24)
        #expect(try world.store.deleteDueAccounts(at: due) == 1)
        let erased = try world.messages(refused, as: world.budi, at: due)
        #expect(erased.count == 3)
        #expect(erased.allSatisfy { $0.isErased && $0.text.isEmpty && $0.files.isEmpty })
        let kept = try world.messages(issued, as: world.budi, at: due)
        #expect(kept.map(\.text) == ["Nama ibu saya Aminah.", "Baik, Ibu Siti."] && kept[0].files.count == 1)
        #expect(kept[0].authorName == DeletedAccount.name)
        let hashes = [given.file.sha256, own.file.sha256]
        #expect(try world.store.referredFiles(among: hashes) == [given.file.sha256])
        #expect(try world.store.firstBrokenEvent() == nil)
    }
}
