public import Permits
import Foundation
public import Letters
import Pages
import Store

/// People and applications to look around with. Tests and demonstrations use the same ones.
public struct DemoWorld: Sendable {
    public struct Person: Sendable {
        public let name: String
        public let email: String
        public let role: Role
    }

    /// The same for everybody: a demonstration holds no real data.
    public static let password = "coba-suratizin-2026"
    public static let siti = Person(name: "Siti Aminah Lubis", email: "siti@contoh.id", role: .citizen)
    public static let joko = Person(name: "Joko Siregar", email: "joko@contoh.id", role: .citizen)
    /// A student from abroad.
    public static let amirah = Person(name: "Amirah binti Yusof", email: "amirah@contoh.id", role: .citizen)
    public static let budi = Person(name: "Budi Hartono", email: "budi@contoh.id", role: .verifier)
    public static let ratna = Person(name: "Dr. Ratna Dewi Harahap, M.Si.", email: "ratna@contoh.id", role: .signatory)
    public static let dewi = Person(name: "Dewi Sartika", email: "dewi@contoh.id", role: .admin)
    /// Of a second office, the kecamatan.
    public static let tono = Person(name: "Tono Nasution", email: "tono@contoh.id", role: .verifier)
    public static let lina = Person(name: "Lina Marlina Ginting, S.STP.", email: "lina@contoh.id", role: .signatory)
    public static let people = [siti, joko, amirah, budi, ratna, dewi, tono, lina]

    private let site: Site
    private let unit: UnitID
    private let district: UnitID?
    private let keyCost: KeyCost

    /// Fills a database that has its start data and no accounts yet.
    /// - Returns: False when there are accounts already; then nothing is touched.
    /// - Parameter keyCost: Of guessing the keys' passphrase, which everybody knows.
    public static func fill(_ site: Site, keyCost: KeyCost = .quick) throws -> Bool {
        guard try settle(site, since: site.now(), keyCost: keyCost) else { return false }
        try addApplications(to: site)
        return true
    }

    /// The people and their keys only.
    /// - Parameter since: From when on staff has been there.
    public static func settle(_ site: Site, since: Moment, keyCost: KeyCost = .quick) throws -> Bool {
        guard try !site.store.hasAccounts(), let (world, _) = try world(site, keyCost: keyCost) else { return false }
        try world.addPeople(since: since)
        try world.addKeys()
        return true
    }

    /// The applications of people who are there.
    public static func addApplications(to site: Site) throws {
        guard let (world, type) = try world(site, keyCost: .quick) else { return }
        try world.addApplications(type)
    }

    private static func world(_ site: Site, keyCost: KeyCost) throws -> (DemoWorld, LetterType)? {
        let types = try site.store.publishedLetterTypes(at: site.now())
        guard let published = types.first(where: { $0.type.slug == "penelitian" }) ?? types.first else { return nil }
        let district = types.first { $0.unit != published.unit }?.unit
        let world = DemoWorld(site: site, unit: published.unit, district: district, keyCost: keyCost)
        return (world, published.type)
    }

    private func addPeople(since: Moment) throws {
        let hash = try site.hasher.hash(Self.password, salt: site.random(16))
        let head = SignatoryTitle(
            positionLines: ["KEPALA BADAN RISET DAN INOVASI DAERAH", "KOTA MEDAN,"], name: Self.ratna.name,
            rank: "Pembina Tingkat I, IV/b",
            nip: "197503152000032001")
        let camat = SignatoryTitle(
            positionLines: ["CAMAT MEDAN PETISAH,"], name: Self.lina.name, rank: "Pembina, IV/a",
            nip: "197909042003122002")
        try addStaff(Self.dewi, to: nil, title: nil, hash, since)
        try addStaff(Self.budi, to: unit, title: nil, hash, since)
        try addStaff(Self.ratna, to: unit, title: head, hash, since)
        if let district {
            try addStaff(Self.tono, to: district, title: nil, hash, since)
            try addStaff(Self.lina, to: district, title: camat, hash, since)
        }
        let dewi = try viewer(Self.dewi)
        for (index, person) in [Self.siti, Self.joko].enumerated() {
            let registration = try Registration(
                name: person.name, email: person.email, phone: "0812345678\(index)0",
                identity: .nik("127104520399000\(index + 1)"), password: Self.password)
            let account = try site.store.register(registration, passwordHash: hash, at: site.now().adding(hours: -5))
            // Joko waits for his activation.
            if index == 0 { try site.store.activate(account.id, by: dewi, at: site.now()) }
        }
        let guest = try Registration(
            name: Self.amirah.name, email: Self.amirah.email, phone: "+60 12 345 6789",
            identity: .passport(country: "MYS", number: "A12345678"), password: Self.password)
        let account = try site.store.register(
            guest, passwordHash: hash, language: .english, at: site.now().adding(hours: -5))
        try site.store.activate(account.id, by: dewi, at: site.now())
    }

    private func addStaff(
        _ person: Person, to unit: UnitID?, title: SignatoryTitle?, _ hash: String, _ since: Moment
    ) throws {
        let staff = NewStaff(
            name: person.name, email: person.email, role: person.role, unit: unit, title: title, passwordHash: hash)
        _ = try site.store.createStaff(staff, at: since)
    }

    /// One application in each state that somebody has to act on, and an issued one.
    private func addApplications(_ type: LetterType) throws {
        let siti = try viewer(Self.siti)
        let budi = try viewer(Self.budi)
        let ratna = try viewer(Self.ratna)
        let topics = [
            "Pengaruh Kebiasaan Sarapan terhadap Konsentrasi Belajar Siswa SMP Negeri di Kota Medan",
            "Kualitas Layanan Puskesmas menurut Pasien Lanjut Usia di Kecamatan Medan Johor",
            "Pemanfaatan Bank Sampah oleh Rumah Tangga di Kelurahan Tegal Sari",
            "Peran Perempuan dalam Usaha Mikro Kuliner di Kecamatan Medan Petisah",
        ]
        for (index, topic) in topics.enumerated() {
            let reference = try sentApplication(type, about: topic, by: siti)
            switch index {
            case 1:
                try change(reference, by: budi) { application, calendar in
                    let key = application.askedPapers.last?.key ?? type.subjectField
                    let finding = Finding(
                        key: key, verdict: .mend,
                        reason: "Foto buram, angka tidak terbaca. Foto ulang di tempat terang.")
                    return try application.judge([finding], by: budi, at: site.now()).application
                        .decide(.returnForCorrection, by: budi, at: site.now(), in: calendar)
                }
            case 2, 3:
                try change(reference, by: budi) { try $0.decide(.recommend, by: budi, at: site.now(), in: $1) }
                if index == 3 { try sign(reference, by: ratna) }
            default: break
            }
        }
        _ = try sentApplication(
            type, about: "Ragam Bahasa Mahasiswa Malaysia dalam Pergaulan di Kota Medan", by: viewer(Self.amirah))
    }

    private func sentApplication(_ type: LetterType, about topic: String, by viewer: Viewer) throws -> Reference {
        let references = (0..<8).compactMap { _ in Reference(random: site.random(64)) }
        let reference = try site.store.beginDraft(
            slug: type.slug, by: viewer, references: references, origin: "demo", at: site.now())
        let answers = Self.answers(to: type, about: topic, on: site.now().day)
        try site.store.saveDraft(reference, by: viewer, at: site.now()) {
            let own = $0.answers.filter { !$1.isEmpty }.merging(answers) { mine, _ in mine }
            return $0.filled(with: Self.agreeing(own, type), today: site.now().day).answers
        }
        for requirement in try site.store.application(reference, visibleTo: viewer).askedPapers {
            let (file, scan) = try Self.keptPaper(requirement.label, about: topic, site)
            try site.store.attach(
                file, scanned: scan, named: "\(requirement.label).pdf", for: requirement.key, to: reference, by: viewer,
                at: site.now())
        }
        try change(reference, by: viewer) { application, _ in
            try application.submit(by: viewer, stating: true, at: site.now())
        }
        return reference
    }

    /// A page that says what it stands for, in the vault.
    static func keptPaper(_ label: String, about topic: String, _ site: Site) throws -> (StoredFile, FileScan) {
        let document = LetterDocument(
            language: "id", title: "Contoh \(label)", issuer: "Contoh",
            blocks: [
                .heading("CONTOH"), .heading(label.uppercased()), .paragraph(topic),
                .paragraph("Berkas ini dibuat untuk peragaan dan tidak memuat data orang sungguhan."),
            ], footer: [])
        let bytes = try site.letters.pdf(document, created: site.now().seconds)
        let facts = try FileInspection.inspect(bytes)
        let scan = FileScan(
            kind: facts.kind, pages: facts.pages, scanner: FileInspection.version, scannedAt: site.now())
        return (try site.vault.keep(bytes), scan)
    }

    private func sign(_ reference: Reference, by viewer: Viewer) throws {
        let revision = try site.store.application(reference, visibleTo: viewer).revision
        let now = site.now()
        let proposal = try site.store.proposal(reference, by: viewer, at: now)
        guard let account = try site.store.credentials(of: viewer.account)?.account else { throw PermitError.notFound }
        let pen = try site.desk.pen(of: account, office: proposal.office, at: now)
        _ = try site.store.sign(
            reference, by: viewer, revision: revision, read: now.day, origin: "demo", at: now,
            making: LetterPress(site: site, pen: pen, secret: "", now: now).make)
    }

    /// Keys under the public password: they prove nothing to anybody, and a real portal makes its own.
    private func addKeys() throws {
        let folder = site.desk.settings.folder
        let offices = try site.store.offices(on: site.now().day)
        _ = try KeySetup(folder: folder, rootFolder: folder, name: "Contoh", cost: keyCost).run(
            offices: offices, rootPassphrase: Self.password, passphrase: Self.password, at: site.now())
        let authority = try CertificateAuthority(folder.identity("root").opened(passphrase: Self.password))
        for person in Self.people where person.role == .signatory {
            let viewer = try viewer(person)
            guard let account = try site.store.credentials(of: viewer.account)?.account, let unit = account.unit,
                let title = try site.store.signatoryTitle(account.id, on: site.now().day)
            else { continue }
            _ = try KeySetup.issue(
                to: account, as: title, office: site.store.office(unit, on: site.now().day), by: authority,
                in: folder, passphrase: Self.password, cost: keyCost, at: site.now())
        }
        site.desk.load(logger: site.logger)
    }

    private func change(
        _ reference: Reference, by viewer: Viewer, _ decide: (Application, WorkingCalendar) throws -> Transition
    ) throws {
        try site.store.change(reference, by: viewer, origin: "demo", decide: decide)
    }

    private func viewer(_ person: Person) throws -> Viewer {
        guard let known = try site.store.credentials(email: person.email) else { throw PermitError.notFound }
        return Viewer(known.account)
    }
}
