import Foundation
import GRDB
import Permits
import Store
import Synchronization
import Testing

@testable import Portal

/// With a million applications on file, no page may have the database read a whole table.
@Suite struct PlanTests {
    /// Tables that grow with use.
    static let large: Set<String> = [
        "account", "account_event", "account_token", "activation_token", "application", "application_transfer",
        "attachment", "attachment_view", "event", "file_scan", "finding", "institution", "institution_invitation",
        "letter", "letter_end", "letter_handover", "membership", "notification_choice", "outbox", "reminder", "report",
        "session", "message", "message_file", "message_file_view", "report_view", "correction", "draft_section",
        "draft_expiry", "email_change", "institution_change", "merge_proof", "unsent", "unsent_file",
        "channel_connection", "telegram_token", "whatsapp_code",
    ]

    /// Walked in their order up to a limit, or partial and short.
    static let walked: Set<String> = ["account_pending", "account_listed", "deletion_request_open", "outbox_waiting"]

    /// What stops at the first row, or runs by command only.
    static let fine: Set<String> = [
        "SELECT EXISTS (SELECT 1 FROM account)", "SELECT hash FROM event ORDER BY id DESC LIMIT 1",
    ]

    /// Every statement that the portal has used.
    final class Notes: Sendable {
        private let statements = Mutex<Set<String>>([])
        func note(_ sql: String) { statements.withLock { _ = $0.insert(sql) } }
        var all: [String] { statements.withLock { $0.sorted() } }
    }

    @Test func noStatementReadsALargeTable() async throws {
        let notes = Notes()
        let (telegram, whatsApp) = (try FakeTelegram(), try FakeWhatsApp())
        let portal = try TestPortal(
            messengers: Messengers(telegram: try telegram.bot(), whatsApp: try whatsApp.number()),
            watcher: notes.note)
        try await Self.visit(portal)
        try await Self.connect(portal, telegram, whatsApp)
        portal.jobs.runOnce()
        portal.jobs.runHourly()
        let queue = try DatabaseQueue(path: "\(portal.directory)/suratizin.sqlite")
        // What runs once, when a release is taken into use.
        let folder = "\(root)/migrations"
        let migrations = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }
            .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
        let statements = notes.all.filter { sql in
            ["SELECT", "WITH", "UPDATE", "DELETE", "INSERT"].contains { sql.hasPrefix($0) }
                && !Self.fine.contains(sql) && !sql.contains("sqlite_master") && !migrations.contains(sql)
        }
        #expect(statements.count > 80, "\(statements.count)")
        for sql in statements {
            let slow = try await queue.read { try Self.scans(sql, in: $0) }
            #expect(slow.isEmpty, "\(slow) in \(sql)")
        }
    }

    /// A reader of plans that finds nothing would prove nothing.
    @Test(arguments: [
        ("SELECT * FROM letter WHERE summary = 'x'", ["letter"]),
        ("SELECT 1 FROM letter AS follower WHERE follower.document = ''", ["letter"]),
        ("SELECT kind FROM event JOIN account ON account.id = actor_id WHERE note = ''", ["event"]),
        ("UPDATE outbox SET fault = NULL WHERE kind = 'issued'", ["outbox"]),
        ("SELECT * FROM event WHERE application_id = 1", []), ("SELECT * FROM letter_type", []),
    ])
    func scansAreFound(sql: String, tables: [String]) async throws {
        let portal = try TestPortal()
        let queue = try DatabaseQueue(path: "\(portal.directory)/suratizin.sqlite")
        #expect(try await queue.read { try Self.scans(sql, in: $0) } == tables)
    }

    /// Whoever deletes a row has the database look for rows that refer to it.
    @Test func whatRefersToRowsThatGoIsIndexed() async throws {
        let portal = try TestPortal()
        let queue = try DatabaseQueue(path: "\(portal.directory)/suratizin.sqlite")
        let missing = try await queue.read { database in
            try Self.large.sorted().flatMap { child in
                let keys = try Row.fetchAll(database, sql: "PRAGMA foreign_key_list(\(child))")
                return try keys.filter { $0["table"] == "attachment" }.compactMap { key -> String? in
                    let column: String = key["from"]
                    let sql = "SELECT 1 FROM \(child) WHERE \(column) = 1"
                    return try Self.scans(sql, in: database).isEmpty ? nil : "\(child).\(column)"
                }
            }
        }
        #expect(missing.isEmpty)
    }

    /// Large tables that the database would read from end to end.
    private static func scans(_ sql: String, in database: Database) throws -> [String] {
        let aliases = Dictionary(
            sql.matches(of: /(?:FROM|JOIN) (\w+) AS (\w+)/).map { (String($0.2), String($0.1)) }
        ) { first, _ in first }
        // Values do not matter for the plan, but there must be as many as the statement asks for.
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
        statement.setUncheckedArguments(StatementArguments())
        let rows = try Row.fetchAll(statement)
        return rows.compactMap { row in
            let detail: String = row["detail"]
            guard let found = detail.firstMatch(of: /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/) else {
                return nil
            }
            if let index = found.2, walked.contains(String(index)) { return nil }
            let table = aliases[String(found.1)] ?? String(found.1)
            return large.contains(table) ? table : nil
        }
    }

    private static func visit(_ portal: TestPortal) async throws {
        let siti = try await portal.client(DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let csrf = try await siti.get("/akun").csrf
        let states: [ApplicationState] = [.submitted, .needsCorrection, .awaitingSignature, .issued]
        let references = try states.map { try portal.reference($0) }
        let token =
            try portal.site.store.letter(
                of: try #require(Reference(references[3])), visibleTo: portal.viewer(DemoWorld.siti))?.token ?? ""
        let visitor = portal.client()
        for path in [
            "/", "/layanan", "/layanan/penelitian", "/bantuan", "/lacak", "/verifikasi", "/verifikasi/\(token)",
            "/lupa-sandi", "/aktivasi/x", "/metrics",
        ] { _ = try await visitor.get(path) }
        _ = try await visitor.post(
            "/lacak", ["nomor": references[0], "angka": "7800", "csrf": try await visitor.get("/lacak").csrf])
        let account = [
            "", "/kata-sandi", "/surel", "/telepon", "/perangkat", "/pemberitahuan", "/pembukaan-berkas", "/data",
            "/penghapusan", "/lembaga", "/penggabungan",
        ].map { "/akun\($0)" }
        let own = ["", "/isian/pemohon", "/berkas", "/periksa", "/lembaga", "/pengalihan"].map {
            "/permohonan/\(draft)\($0)"
        }
        let sent = references.flatMap { ["/permohonan/\($0)", "/permohonan/\($0)/pembukaan-berkas"] }
        let rest = [
            "/permohonan", "/permohonan?halaman=2", "/layanan/penelitian", "/permohonan/\(references[1])/perbaikan",
            "/permohonan/\(references[3])/surat.pdf",
        ]
        for path in account + own + sent + rest { #expect(try await siti.get(path).status == 200, "\(path)") }
        try await visitUnsent(siti, references)
        // Too early to be extended, which the database is asked about all the same.
        _ = try await siti.get("/permohonan/\(references[3])/perpanjangan")
        #expect(try await siti.post("/akun/data/salinan", ["csrf": csrf]).status == 200)
        _ = try await siti.post("/akun/surel-aktivasi", ["csrf": csrf])
        try MergePageTests.second(portal)
        let check = try #require(try await MergePageTests.name(siti).location)
        #expect(try await siti.get(check).status == 200)
        #expect(try await siti.post(check, ["csrf": csrf, "setuju": "1"]).status == 303)
        #expect(try await siti.post("/akun/data/salinan", ["csrf": csrf]).status == 200)
        try await visitStaff(portal, references)
    }

    private static func visitUnsent(_ siti: Client, _ references: [String]) async throws {
        let file = JourneyTests.pdf
        let message = "/permohonan/\(references[0])/pesan"
        let page = try await siti.get(message)
        let typed = ConversationTests.fields(page, "Awal Desember.").merging(["draf.urutan": "1"]) { $1 }
        #expect(try await siti.post("\(message)/ketikan", typed).status == 200)
        let place = MessageRules.places[0]
        let kept = try await siti.post(
            "\(message)/unggahan/\(place)", ["csrf": page.csrf], files: [(place, "a.pdf", file)])
        let waiting = try #require(kept.text.firstMatch(of: /\/permohonan\/[A-Z0-9-]+\/belum-terkirim\/[0-9]+/)).output
        #expect(try await siti.get(String(waiting)).status == 200)
        let fields = typed.merging(["berkas": kept.value(of: "berkas") ?? ""]) { $1 }
        let dropped = try await siti.post(
            message, fields.merging(["remove": "\(fields["berkas"] ?? "")"]) { $1 }, files: [])
        #expect(dropped.status == 303)
        let again = ConversationTests.fields(try await siti.get(message), "Awal Desember.")
        #expect(try await siti.post(message, again, files: []).status == 303)
        #expect(try await siti.post(message, again.merging(["then": "discard"]) { $1 }, files: []).status == 303)
        let report = "/permohonan/\(references[3])/laporan/unggahan"
        #expect(try await siti.get(report).status == 200)
        #expect(try await siti.post(report, ["csrf": page.csrf], files: [("laporan", "b.pdf", file)]).status == 303)
    }

    /// Chats, from the button to a message and to the end.
    private static func connect(_ portal: TestPortal, _ telegram: FakeTelegram, _ whatsApp: FakeWhatsApp) async throws {
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/akun/pemberitahuan"
        let csrf = try await siti.get(path).csrf
        let link = try await siti.post("\(path)/telegram", ["csrf": csrf]).location ?? ""
        #expect(try await siti.get(link).text.contains("t.me"))
        telegram.write(1, "/start \(link.split(separator: "=").last ?? "")")
        #expect(try await siti.post("\(path)/whatsapp/pengiriman", ["csrf": csrf]).status == 303)
        portal.jobs.runOnce()
        #expect(try await siti.get("\(path)/whatsapp").status == 200)
        let code = whatsApp.sent.last?.button ?? ""
        #expect(try await siti.post("\(path)/whatsapp", ["kode": code, "csrf": csrf]).status == 303)
        portal.jobs.runOnce()
        telegram.write(2, "/stop")
        portal.jobs.runOnce()
        #expect(telegram.said.count == 2)
        #expect(try await siti.post("\(path)/whatsapp/pemutusan", ["csrf": csrf]).status == 303)
    }

    private static func visitStaff(_ portal: TestPortal, _ references: [String]) async throws {
        let tabs = ["", "?tab=periksa", "?tab=pemohon", "?tab=tanda-tangan", "?tab=selesai"].map { "/petugas\($0)" }
        let reports = ["diterima", "terlambat", "ditunggu", "selesai"].map { "/petugas/laporan?tab=\($0)" }
        let files = references.map { "/petugas/permohonan/\($0)" }
        let letter = "/petugas/permohonan/\(references[3])/surat"
        for (person, paths) in [
            (DemoWorld.budi, tabs + reports + files + [letter, "/petugas/agenda", "/petugas/akun"]),
            (DemoWorld.ratna, tabs + ["\(files[2])/tanda-tangan", letter]),
            (DemoWorld.dewi, ["/admin/akun", "/admin/penghapusan"]),
        ] {
            let client = try await portal.client(person)
            for path in paths { #expect(try await client.get(path).status == 200, "\(path)") }
        }
    }
}
