import Foundation
import Pages
import Permits
import Store

/// The life of one application of a crowd, lived by the portal's own rules from the first answer on; what would lie in
/// the future has not happened.
struct DemoPast {
    /// How many ids of papers each application may use.
    private static let paperRoom: Int64 = 32

    private let scene: DemoScene
    private let kind: DemoScene.Kind
    private let person: Account
    private let institution: InstitutionID?
    private var random: DemoRandom
    private let createdAt: Moment
    private var at: Moment
    private var application: Application
    private var papers: [PastPaper] = []
    private var steps: [PastStep] = []
    /// Saving the answers counts as one change.
    private var revision = 1
    private var changedAt: Moment

    private init(_ index: Int, begunAt: Moment, _ scene: DemoScene) throws {
        self.scene = scene
        var random = DemoRandom(seed: scene.seed, stream: index)
        kind = random.pick(scene.kinds)
        let applicants = scene.applicants
        let who = min(applicants.count - 1, Int(pow(random.fraction(), 1.5) * Double(applicants.count)))
        person = applicants[who]
        institution = random.happens(300) ? scene.memberships[who] : nil
        createdAt = begunAt
        changedAt = begunAt
        at = begunAt
        let id = ApplicationID(Int64(index + 1))
        // In the form in which they are kept; sending checks every one of them.
        let answers = DemoWorld.answers(to: kind.type, of: person, on: begunAt.day, &random)
        application = Application(
            id: id, reference: try Self.reference(index), type: kind.type, unit: kind.unit, applicant: person.id,
            state: .draft, step: 0, answers: answers, attachments: [], findings: [], claimedBy: nil,
            clock: ServiceClock(promised: kind.type.service.workingDays), submittedAt: nil, revision: 0)
        self.random = random
    }

    /// - Parameter index: From 0; everything follows from it and the scene.
    static func live(_ index: Int, begunAt: Moment, _ scene: DemoScene) throws -> (PastApplication, [PastStep]) {
        var past = try DemoPast(index, begunAt: begunAt, scene)
        try past.draft()
        let application = try PastApplication(
            past.application, letterType: past.kind.row, institution: past.institution, createdAt: past.createdAt,
            changedAt: past.changedAt, revision: past.revision, papers: past.papers, in: scene.calendar)
        return (application, past.steps)
    }

    /// All different, as a step that has no factor in common with their number visits every one of them.
    static func reference(_ index: Int) throws -> Reference {
        let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        let space = (0..<Reference.length).reduce(UInt64(1)) { product, _ in product * UInt64(letters.count) }
        var rest = (UInt64(index + 1) &* 548_865_307_873) % space
        var code = ""
        for _ in 0..<Reference.length {
            code.append(letters[Int(rest % UInt64(letters.count))])
            rest /= UInt64(letters.count)
        }
        guard let reference = Reference(code) else { throw PermitError.notFound }
        return reference
    }

    // MARK: Time

    /// Lets seconds pass; false when that is the future.
    private mutating func wait(_ range: ClosedRange<Int>) -> Bool {
        let next = at.adding(seconds: Int64(random.int(range)))
        guard next <= scene.now else { return false }
        at = next
        return true
    }

    /// Waits for the office: some hour of one of its next working days.
    private mutating func waitForOffice() -> Bool {
        let days = random.happens(600) ? 1 : random.happens(700) ? 2 : random.int(3...4)
        let day = scene.calendar.day(days, workingDaysAfter: at.day)
        let next = Moment(day, hour: random.int(8...15), minute: random.int(0...59))
            .adding(seconds: Int64(random.int(0...59)))
        guard next <= scene.now else { return false }
        at = next
        return true
    }

    private mutating func note(_ transition: Transition, _ effect: PastStep.Effect = .none) throws {
        application = transition.application
        steps.append(try PastStep(transition, effect))
        revision += 1
        changedAt = at
    }

    // MARK: What happens

    private mutating func draft() throws {
        steps.append(PastStep(begunBy: person.id, application, at: at))
        // Half a day is longer than any form takes: drafts that were left lie there for a while.
        let isLeft = random.happens(20) && scene.now.seconds - at.seconds < 60 * 86_400
        let papers = application.askedPapers
        guard wait(600...9000) else { return }
        for paper in papers.prefix(isLeft ? 1 : papers.count) { try give(paper) }
        changedAt = at
        guard !isLeft, wait(30...600) else { return }
        try note(application.submit(by: Viewer(person), stating: true, at: at))
        if random.happens(20), wait(600...7200) {
            return try note(application.withdraw(by: Viewer(person), at: at, in: scene.calendar))
        }
        try check()
    }

    /// The verifier's part, round by round.
    private mutating func check() throws {
        while application.state == .submitted || application.state == .verified {
            guard waitForOffice() else { return }
            try claim()
            if application.state == .submitted, random.happens(110) {
                guard try giveBack() else { return }
                continue
            }
            if application.state == .submitted, random.happens(30) { return try refuse() }
            guard wait(60...1800) else { return }
            try note(application.decide(.recommend, by: kind.verifier, at: at, in: scene.calendar))
        }
        if application.state == .awaitingSignature { try sign() }
    }

    private mutating func claim() throws {
        if application.claimedBy == nil { try note(application.claim(by: kind.verifier, at: at)) }
        for index in papers.indices where papers[index].replacedAt == nil && random.happens(500) {
            papers[index].readers.append((kind.verifier.account, at.adding(seconds: Int64(index))))
        }
    }

    /// - Returns: Whether it came back mended.
    private mutating func giveBack() throws -> Bool {
        guard let paper = application.askedPapers.last, wait(60...900) else { return false }
        let finding = Finding(
            key: paper.key, verdict: .mend, reason: "Foto buram, angka tidak terbaca. Foto ulang di tempat terang.")
        try note(application.judge([finding], by: kind.verifier, at: at))
        guard wait(5...60) else { return false }
        try note(application.decide(.returnForCorrection, by: kind.verifier, at: at, in: scene.calendar))
        // Some never come back.
        guard !random.happens(30), wait(7200...400_000) else { return false }
        try give(paper)
        let answers = application.answers
        guard wait(10...300) else { return false }
        try note(application.resubmit(with: answers, by: Viewer(person), at: at))
        return true
    }

    private mutating func refuse() throws {
        guard wait(60...1800) else { return }
        let note = "Lokasi penelitian tidak berada di wilayah kerja kantor ini."
        let before = application
        let transition = try application.decide(
            .refuse(reason: note), by: kind.verifier, at: at, in: scene.calendar)
        try self.note(
            transition,
            .letter(writing(.refusal, about: before, note: note, as: kind.office.seal, by: kind.verifier.account)))
    }

    private mutating func sign() throws {
        guard waitForOffice() else { return }
        let before = application
        try note(
            application.sign(by: kind.signatory, at: at, in: scene.calendar),
            .letter(writing(about: before, as: kind.title, by: kind.signatory.account)))
        try live(with: letter())
    }

    /// What becomes of the letter.
    private mutating func live(with letter: Letter) throws {
        if random.happens(3), wait(300...3600) {
            let reason = "Nama kampus salah ketik, surat belum diambil."
            let change = try application.void(letter, reason: reason, by: kind.signatory, at: at)
            guard let end = change.end else { return }
            try note(change.transition, .end(end, nil))
            return try check()
        }
        if random.happens(850), wait(600...200_000) {
            steps.append(PastStep(handedOver: application.id, at: at))
        }
        if random.happens(4), wait(86_400...1_500_000), letter.state(on: at.day) == .valid {
            return try revoke(letter)
        }
        if let duty = kind.type.duty { try report(on: letter, duty) }
    }

    private mutating func revoke(_ letter: Letter) throws {
        let reason = "Pemegang surat meneliti di luar lokasi yang diizinkan."
        let before = application
        let change = try application.revoke(
            letter, on: .termsBroken, reason: reason, by: kind.signatory, at: at, in: scene.calendar)
        guard let end = change.end else { return }
        try note(
            change.transition,
            .end(
                end,
                writing(.revocation, about: before, note: reason, as: kind.title, by: kind.signatory.account)))
    }

    private mutating func report(on letter: Letter, _ duty: Duty) throws {
        guard random.happens(750), let due = letter.life.dutyDue, let file = scene.papers[duty.label] else { return }
        let given = Moment(due.adding(days: random.int(-70...20)), hour: random.int(8...20), minute: random.int(0...59))
        guard given > at, given <= scene.now else { return }
        at = given
        let before = try application.giveReport(on: letter, after: nil, by: Viewer(person), at: at)
        let fresh = Report(
            id: 0, filename: "laporan.pdf", kind: .pdf, size: file.size, sha256: file.sha256, givenAt: at,
            state: .given, decidedAt: nil, reason: "")
        let isFine = random.happens(940)
        guard waitForOffice() else { return try note(before, .report(fresh, decidedBy: nil)) }
        let verdict: ReportVerdict = isFine ? .confirm : .giveBack(reason: "Halaman hasil dan pembahasan belum ada.")
        let judged = try before.application.judge(fresh, verdict, by: kind.verifier, at: at)
        let report = Report(
            id: 0, filename: fresh.filename, kind: .pdf, size: file.size, sha256: file.sha256, givenAt: fresh.givenAt,
            state: isFine ? .confirmed : .returned, decidedAt: at, reason: judged.event.note)
        try note(before, .report(report, decidedBy: kind.verifier.account))
        try note(judged, .verdict(report))
    }

    // MARK: Papers and letters

    private mutating func give(_ paper: Requirement) throws {
        guard let file = scene.papers[paper.label] else { throw PermitError.notFound }
        if let index = papers.lastIndex(where: { $0.attachment.requirement == paper.key }) {
            papers[index].replacedAt = at
        }
        let attachment = Permits.Attachment(
            id: application.id.value * Self.paperRoom + Int64(papers.count), requirement: paper.key,
            filename: "\(paper.label).pdf", kind: .pdf, size: file.size, sha256: file.sha256, addedAt: at)
        papers.append(PastPaper(attachment))
        revision += 1
        application = application.with(
            attachments: application.attachments.filter { $0.requirement != paper.key } + [attachment])
    }

    private mutating func writing(
        _ letter: OfficeLetterKind? = nil, about before: Application, note: String = "", as title: SignatoryTitle,
        by actor: AccountID
    ) -> PastWriting {
        let token = Token.text(random.bytes(24))
        return PastWriting(
            letter, about: before, note: note, from: kind.office, signatory: title, by: actor, at: at, token: token,
            url: scene.baseURL + Link.verification(token).path)
    }

    /// The letter just signed, as far as rules ask for it: its text is written when its number is known.
    private func letter() -> Letter {
        let until = kind.type.validUntil(from: at.day, answers: application.answers)
        return Letter(
            id: 0, application: application.id, number: 0, numberText: "",
            document: LetterDocument(language: "id", title: "", issuer: "", blocks: [], footer: []), issuedAt: at,
            validUntil: until,
            summary: kind.type.summary(of: [:], office: kind.office, signatory: kind.title), pdfSHA256: nil, token: "",
            life: LetterLife(dutyDue: kind.type.duty?.due(after: until)))
    }
}

extension Application {
    fileprivate func with(attachments: [Permits.Attachment]) -> Application {
        Application(
            id: id, reference: reference, type: type, unit: unit, applicant: applicant, state: state, step: step,
            answers: answers, attachments: attachments, findings: findings,
            claimedBy: claimedBy, clock: clock, submittedAt: submittedAt, revision: revision, follows: follows)
    }
}
