import Foundation
import Permits
import Store
import Testing

@Suite struct GivenPaperTests {
    private static func later(_ days: Int) -> Moment { World.now.adding(hours: Int64(days) * 24) }

    private func another(_ world: World, slug: String = "survei", at now: Moment) throws -> Reference {
        try world.store.beginDraft(
            slug: slug, by: world.siti, references: world.references(), origin: "-", at: now)
    }

    private func paper(_ requirement: String, of reference: Reference, _ world: World) throws -> Permits.Attachment {
        try #require(try world.store.application(reference, visibleTo: world.siti).attachment(for: requirement))
    }

    @Test func aPaperIsUsedAgainInAnotherKindOfLetter() throws {
        let world = try World()
        let sent = try world.submitted()
        let old = try paper("ktp", of: sent, world)
        let now = Self.later(30)
        let draft = try another(world, at: now)
        let given = try world.store.givenPapers(by: world.siti, besides: draft)
        #expect(Set(given.map(\.kind)) == ["ktp", "ktm"], "letters of introduction and proposals are asked for anew")
        try world.store.reuse(old.id, for: "ktp", in: draft, scanned: nil, by: world.siti, at: now)
        let used = try paper("ktp", of: draft, world)
        #expect(used.sha256 == old.sha256 && used.addedAt == now && used.id != old.id)
        #expect(used.origin == PaperOrigin(reference: sent, givenAt: World.now))
        // Again from there: no younger, and still from the first.
        let third = try another(world, slug: "magang", at: now)
        try world.store.saveDraft(third, by: world.siti, at: now) {
            $0.answers.merging(["jenis_pemohon": "Mahasiswa", "kewarganegaraan": "Warga negara Indonesia"]) { $1 }
        }
        try world.store.reuse(used.id, for: "ktp", in: third, scanned: nil, by: world.siti, at: now)
        #expect(try paper("ktp", of: third, world).origin == PaperOrigin(reference: sent, givenAt: World.now))
        let row = try #require(
            try world.store.givenPapers(by: world.siti, besides: sent).first { $0.attachment.id != used.id })
        #expect(row.givenAt == World.now && row.holder == third)
    }

    @Test func itsTimeIsCountedFromTheFirstDay() throws {
        let world = try World()
        let old = try paper("ktp", of: try world.submitted(), world)
        let late = Self.later(366)
        let draft = try another(world, at: late)
        #expect(throws: PermitError.conflict("conflict.paperExpired")) {
            try world.store.reuse(old.id, for: "ktp", in: draft, scanned: nil, by: world.siti, at: late)
        }
        try world.store.reuse(old.id, for: "ktp", in: draft, scanned: nil, by: world.siti, at: Self.later(365))
        #expect(try paper("ktp", of: draft, world).sha256 == old.sha256)
    }

    @Test func onlyOnesOwnAndOnlyInItsPlace() throws {
        let world = try World()
        let sent = try world.submitted()
        let old = try paper("ktp", of: sent, world)
        let introduction = try paper("surat_pengantar", of: sent, world)
        let draft = try another(world, at: World.now)
        let jokos = try world.store.beginDraft(
            slug: "survei", by: world.joko, references: world.references(), origin: "-", at: World.now)
        let refusals: [(Int64, String, Reference, Viewer)] = [
            (old.id, "ktp", jokos, world.joko), (old.id, "ktp", draft, world.joko),
            (old.id, "kuesioner", draft, world.siti), (introduction.id, "ktp", draft, world.siti),
            (old.id, "tidak_ada", draft, world.siti), (old.id + 1000, "ktp", draft, world.siti),
        ]
        for (id, requirement, reference, viewer) in refusals {
            #expect(throws: PermitError.notFound, "\(requirement)") {
                try world.store.reuse(id, for: requirement, in: reference, scanned: nil, by: viewer, at: World.now)
            }
        }
        #expect(try world.store.givenPapers(by: world.joko, besides: jokos).isEmpty)
        #expect(throws: PermitError.self) {
            try world.store.reuse(old.id, for: "ktp", in: sent, scanned: nil, by: world.siti, at: World.now)
        }
    }

    @Test func whatAnOfficerWantsMendedIsNotOffered() throws {
        let world = try World()
        let sent = try world.submitted()
        try world.store.change(sent, by: world.budi, origin: "-") { application, _ in
            try application.judge(
                [Finding(key: "ktp", verdict: .mend, reason: "Buram")], by: world.budi, at: World.now)
        }
        let draft = try another(world, at: World.now)
        #expect(try world.store.givenPapers(by: world.siti, besides: draft).map(\.kind) == ["ktm"])
    }

    @Test func anApplicationThatIsOverBeginsTheNext() throws {
        let world = try World()
        let old = try world.submitted()
        #expect(throws: PermitError.conflict("conflict.stillRunning")) {
            try world.store.beginAnother(
                like: old, by: world.siti, references: world.references(), origin: "-", at: World.now)
        }
        try world.store.change(old, by: world.siti, origin: "-") { application, calendar in
            try application.withdraw(by: world.siti, at: World.now, in: calendar)
        }
        let now = Self.later(200)
        let begun = try world.store.beginAnother(
            like: old, by: world.siti, references: world.references(), origin: "-", at: now)
        guard case .begun(let reference) = begun else {
            Issue.record("\(begun)")
            return
        }
        let draft = try world.store.application(reference, visibleTo: world.siti)
        #expect(draft.state == .draft && draft.answers["judul"] == "Pengaruh sarapan terhadap nilai ujian")
        #expect(draft.answers["tanggal_pengantar"] == "2026-11-02", "the date of a letter is always past")
        // The identity card is good for a year, the student card for 180 days; the rest is asked for anew.
        #expect(draft.attachments.map(\.requirement) == ["ktp"])
        #expect(draft.attachments.first?.origin?.reference == old)
        let again = try world.store.beginAnother(
            like: old, by: world.siti, references: world.references(), origin: "-", at: now)
        #expect(again == .unfinished(reference))
        #expect(throws: PermitError.notFound) {
            try world.store.beginAnother(
                like: old, by: world.joko, references: world.references(), origin: "-", at: now)
        }
        #expect(try world.store.firstBrokenEvent() == nil)
    }
}

@Suite struct CorrectionStoreTests {
    private func returned(_ world: World) throws -> Reference {
        let reference = try world.submitted()
        try world.store.change(reference, by: world.budi, origin: "-") { application, calendar in
            let findings = ["ktp", "judul"].map { Finding(key: $0, verdict: .mend, reason: "Perbaiki \($0)") }
            return try application.judge(findings, by: world.budi, at: World.now).application
                .decide(.returnForCorrection, by: world.budi, at: World.now, in: calendar)
        }
        return reference
    }

    private func attach(_ name: String, to reference: Reference, _ world: World, at now: Moment) throws {
        try world.store.attach(
            try world.vault.keep(Array("%PDF-\(name)".utf8)), scanned: World.scan, named: "\(name).pdf", for: "ktp",
            to: reference, by: world.siti, at: now)
    }

    @Test func oldAndNewAreKeptWithTheHandingIn() throws {
        let world = try World()
        let reference = try returned(world)
        let old = try #require(
            try world.store.application(reference, visibleTo: world.siti).attachment(for: "ktp"))
        let now = World.now.adding(hours: 1)
        try attach("coba", to: reference, world, at: now)
        let tried = try #require(
            try world.store.application(reference, visibleTo: world.siti).attachment(for: "ktp"))
        try attach("jadi", to: reference, world, at: now.adding(hours: 1))
        #expect(try world.store.corrections(of: reference, visibleTo: world.budi).isEmpty)
        let sentAt = now.adding(hours: 2)
        try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
            try application.resubmit(
                with: application.answers, explaining: ["judul": "Sudah sama."], by: world.siti, at: sentAt)
        }
        let corrections = try world.store.corrections(of: reference, visibleTo: world.budi)
        #expect(corrections.map(\.key) == ["judul", "ktp"])
        let title = try #require(corrections.first)
        #expect(title.explanation == "Sudah sama." && title.reason == "Perbaiki judul")
        #expect(title.oldValue == title.newValue)
        let card = try #require(corrections.last)
        let copy = try world.store.personalData(of: world.siti, at: sentAt).applications
        let mended = try #require(copy.first { $0.reference == reference.description }?.corrections.last)
        #expect(mended.oldPaper == card.oldPaper && mended.newPaper == card.newPaper && mended.label != mended.key)
        let papers = try world.store.papers(
            [old.id, tried.id], of: reference, visibleTo: world.budi)
        #expect(card.oldPaper == old.id && papers[old.id]?.sha256 == old.sha256)
        #expect(papers[tried.id]?.sha256 != tried.sha256, "what was tried and never handed in is gone")
        // The old paper stays open to officers, beside the new one.
        #expect(
            try world.store.openAttachment(old.id, of: reference, by: world.budi, at: sentAt).filename == "ktp.pdf")
        let fresh = try #require(card.newPaper)
        #expect(
            try world.store.openAttachment(fresh, of: reference, by: world.budi, at: sentAt).filename == "jadi.pdf")
        #expect(try world.store.firstBrokenEvent() == nil)
    }

    @Test func theLastRoundIsShownAndAllAreExported() throws {
        let world = try World()
        let reference = try returned(world)
        for round in 1...2 {
            let now = World.now.adding(hours: Int64(round * 10))
            if round == 2 {
                try world.store.change(reference, by: world.budi, origin: "-") { application, calendar in
                    let finding = Finding(key: "judul", verdict: .mend, reason: "Sekali lagi")
                    return try application.judge([finding], by: world.budi, at: now).application
                        .decide(.returnForCorrection, by: world.budi, at: now, in: calendar)
                }
            }
            try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
                var answers = application.answers
                answers["judul"] = "Judul putaran ke-\(round) yang lengkap"
                return try application.resubmit(
                    with: answers, explaining: ["ktp": "Memang begitu."], by: world.siti,
                    at: now.adding(hours: 1))
            }
        }
        let last = try world.store.corrections(of: reference, visibleTo: world.budi)
        #expect(last.map(\.oldValue) == ["Judul putaran ke-1 yang lengkap"] && last[0].reason == "Sekali lagi")
        let rounds = try world.store.correctionRounds(of: reference, visibleTo: world.siti)
        #expect(rounds.map(\.at) == [21, 11].map { World.now.adding(hours: $0) })
        #expect(rounds.first?.corrections == last && rounds.last?.corrections.map(\.key) == ["judul", "ktp"])
        #expect(rounds.last?.corrections.first?.reason == "Perbaiki judul")
        let data = try world.store.personalData(of: world.siti, at: World.now)
        let file = try #require(data.applications.first { $0.reference == reference.description })
        #expect(file.corrections.map(\.key) == ["judul", "ktp", "judul"])
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: World.now.adding(hours: 7 * 24)) == 1)
        #expect(try world.store.corrections(of: reference, visibleTo: world.budi).isEmpty)
    }
}
