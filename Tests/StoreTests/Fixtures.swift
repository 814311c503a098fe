import Foundation
import Permits
import Store
import Testing

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// A migrated database with its start data, made once and copied for each test.
private let template: Result<String, any Error> = Result {
    let path = NSTemporaryDirectory() + "suratizin-template-\(UUID().uuidString).sqlite"
    let store = try Store(path: path)
    try store.migrate(directory: "\(root)/migrations", at: World.now)
    try store.load(StartData(directory: "\(root)/migrations/start"), at: World.now)
    try store.close()
    return path
}

/// A database on disk with the people of the portal in it.
final class World {
    static let now = Moment(Day(ordinal: 20774), hour: 9)  // Tuesday, 17 November 2026

    static let scan = FileScan(kind: .pdf, pages: 1, scanner: "test", scannedAt: now)

    let directory: String
    let store: Store
    let vault: FileVault
    let siti: Viewer
    let joko: Viewer
    let budi: Viewer
    let ratna: Viewer
    let dewi: Viewer
    private var nextReference: UInt8 = 0

    init() throws {
        directory = NSTemporaryDirectory() + "suratizin-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: try template.get() + suffix) {
            try FileManager.default.copyItem(
                atPath: template.get() + suffix, toPath: "\(directory)/suratizin.sqlite\(suffix)")
        }
        let store = try Store(path: "\(directory)/suratizin.sqlite")
        self.store = store
        vault = try FileVault(directory: "\(directory)/vault")
        let unit = try #require(try store.unit(code: "brida-medan"))
        func citizen(_ name: String, _ nik: String) throws -> Viewer {
            let registration = try Registration(
                name: name, email: "\(name.lowercased())@contoh.id", phone: "081234567890", identity: .nik(nik),
                password: "kuda-biru-lompat")
            return Viewer(try store.register(registration, passwordHash: "x", at: World.now))
        }
        func staff(_ name: String, _ role: Role, title: SignatoryTitle? = nil) throws -> Viewer {
            let staff = NewStaff(
                name: name, email: "\(name.lowercased())@medan.go.id", role: role, unit: role == .admin ? nil : unit,
                title: title,
                passwordHash: "x")
            return Viewer(try store.createStaff(staff, at: World.now))
        }
        budi = try staff("Budi", .verifier)
        ratna = try staff(
            "Ratna", .signatory,
            title: SignatoryTitle(
                positionLines: ["KEPALA BADAN,"], name: "Dr. Ratna", rank: "Pembina", nip: "196812311993031001"))
        dewi = try staff("Dewi", .admin)
        let pending = try citizen("Siti", "1271045203990001")
        try store.activate(pending.account, by: dewi, at: World.now)
        siti = Viewer(try store.account(pending.account))
        joko = try citizen("Joko", "1271041203990002")
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func references() -> [Reference] {
        nextReference += 1
        return (0..<8).compactMap { _ in Reference(random: (0..<64).map { _ in UInt8.random(in: 0...255) }) }
    }

    /// A draft with everything that the shipped letter type asks for.
    func filledDraft(by viewer: Viewer? = nil) throws -> Reference {
        let viewer = viewer ?? siti
        let reference = try store.beginDraft(
            slug: "penelitian", by: viewer, references: references(), origin: "127.0.0.1", at: Self.now)
        let answers = [
            "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri", "kewarganegaraan": "Warga negara Indonesia",
            "nama": "Siti Aminah", "nik": "1271045203990001", "nim": "190501023", "program_studi": "S1 Gizi",
            "lembaga": "Universitas Sumatera Utara", "judul": "Pengaruh sarapan terhadap nilai ujian",
            "lokasi": "SMP Negeri 1 Medan",
            "lama": "3", "nomor_pengantar": "12/UN5/2026", "tanggal_pengantar": "2026-11-02",
            "perihal_pengantar": "Izin penelitian", "penanggung_jawab": "Dekan FKM USU",
        ]
        try store.saveDraft(reference, by: viewer, at: Self.now) {
            $0.filled(with: answers, today: Self.now.day).answers
        }
        for requirement in ["surat_pengantar", "proposal", "ktm", "ktp"] {
            let file = try vault.keep(Array("%PDF-\(requirement)".utf8))
            try store.attach(
                file, scanned: Self.scan, named: "\(requirement).pdf", for: requirement, to: reference, by: viewer,
                at: Self.now)
        }
        return reference
    }

    func submitted(by viewer: Viewer? = nil) throws -> Reference {
        let viewer = viewer ?? siti
        let reference = try filledDraft(by: viewer)
        try store.change(reference, by: viewer, origin: "127.0.0.1") { application, _ in
            try application.submit(by: viewer, stating: true, at: Self.now)
        }
        return reference
    }

    func awaitingSignature() throws -> Reference {
        let reference = try submitted()
        try store.change(reference, by: budi, origin: "127.0.0.1") { application, calendar in
            try application.decide(.recommend, by: self.budi, at: Self.now, in: calendar)
        }
        return reference
    }

    func sign(_ reference: Reference) throws -> Letter {
        let application = try store.application(reference, visibleTo: ratna)
        return try store.sign(
            reference, by: ratna, revision: application.revision, read: Self.now.day, origin: "127.0.0.1",
            at: Self.now, making: Self.made)
    }

    /// As if it were signed: what its file holds is no matter of the store's.
    static func made(_ draft: LetterDraft) -> SignedLetter {
        let token = UUID().uuidString
        return SignedLetter(
            document: draft.document.withMark(url: "http://localhost/verifikasi/\(token)"), token: token,
            file: StoredFile(
                sha256: token.lowercased().filter { $0 != "-" } + String(repeating: "0", count: 32), size: 1))
    }
}
