import Foundation
@testable import Permits
import Testing

enum Fixture {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The letter type that the product ships with.
    static func research() throws -> LetterType { try shipped("penelitian") }

    static func shipped(_ slug: String) throws -> LetterType {
        let file = root.appendingPathComponent("migrations/start/letter-types/\(slug).json")
        return try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file)).completed(with: lists)
    }

    static let lists = FieldLists(
        places: [Place(code: "12.71.01.1001", kecamatan: "Medan Kota", kelurahan: "Pasar Baru")],
        institutions: ["Universitas Sumatera Utara"])

    static func office() throws -> Office {
        let file = root.appendingPathComponent("migrations/start/offices/brida-medan.json")
        return try JSONDecoder().decode(Office.self, from: Data(contentsOf: file))
    }

    static let unit = UnitID(1)
    static let now = Moment(Day(ordinal: 20774), hour: 9)  // Tuesday, 17 November 2026

    static func viewer(_ id: Int64, _ role: Role, unit: UnitID? = nil, state: AccountState = .active) -> Viewer {
        Viewer(
            Account(
                id: AccountID(id), name: "Orang \(id)", email: "o\(id)@contoh.id", phone: "", identity: nil,
                state: state,
                role: role,
                unit: unit, registeredAt: now))
    }

    static let account = Account(
        id: AccountID(1), name: "Siti Aminah", email: "siti@contoh.id", phone: "6281234567800",
        identity: .nik("1271045203990001"),
        state: .active, role: .citizen, unit: nil, registeredAt: now)
    static let siti = viewer(1, .citizen)
    static let budi = viewer(2, .verifier, unit: unit)
    static let ratna = viewer(3, .signatory, unit: unit)

    static let answers = [
        "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri", "kewarganegaraan": "Warga negara Indonesia",
        "nama": "Siti Aminah", "nik": "1271045203990001", "nim": "190501023", "program_studi": "S1 Gizi",
        "lembaga": "Universitas Sumatera Utara", "judul": "Pengaruh sarapan terhadap nilai ujian siswa",
        "lokasi": "SMP Negeri 1 Medan",
        "lama": "3", "nomor_pengantar": "12/UN5/2026", "tanggal_pengantar": "2026-11-02",
        "perihal_pengantar": "Izin penelitian",
        "penanggung_jawab": "Dekan FKM USU",
    ]

    static func attachment(_ id: Int64, _ requirement: String) -> Permits.Attachment {
        Permits.Attachment(
            id: id, requirement: requirement, filename: "\(requirement).pdf", kind: .pdf, size: 10,
            sha256: String(repeating: "a", count: 64), addedAt: now)
    }

    static func application(
        _ state: ApplicationState = .draft, answers: [String: String] = answers,
        attachments: [Permits.Attachment]? = nil,
        findings: [Finding] = [], clock: ServiceClock = ServiceClock(promised: 3)
    ) throws -> Application {
        let type = try research()
        let papers =
            attachments
            ?? type.papers(for: answers).enumerated().map { attachment(Int64($0.offset + 1), $0.element.key) }
        return Application(
            id: ApplicationID(1), reference: try #require(Reference("R7KQ-2M9X")), type: type, unit: unit,
            applicant: siti.account,
            state: state, step: 0, answers: answers, attachments: papers, findings: findings, claimedBy: nil,
            clock: clock,
            submittedAt: nil, revision: 0)
    }
}

/// The problems that `work` names; empty when it names none.
func problems(_ work: () throws -> Void) -> [FieldProblem] {
    do { try work() } catch {
        if case .invalid(let problems)? = error as? PermitError { return problems }
    }
    return []
}
