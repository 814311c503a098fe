import Foundation
import HTTPServer
import Logging
import Pages
import Permits
import Store
import Synchronization
import Testing

@testable import Letters
@testable import Portal

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// The demo world behind a real server on a free port, with a clock that tests set and mails that they read.
final class TestPortal: Sendable {
    static let metricsToken = "hanya-untuk-pengamat"
    static let start = Moment(Day(ordinal: 20774), hour: 9)  // Tuesday, 17 November 2026

    let directory: String
    let site: Site
    let server: Server
    let jobs: Jobs
    let mails: MailBasket

    init(
        virusScanner: VirusScanner? = nil, messengers: Messengers = Messengers(),
        desk settingUp: (inout SigningDesk.Settings) -> Void = { _ in },
        watcher: (@Sendable (String) -> Void)? = nil
    ) throws {
        directory = NSTemporaryDirectory() + "suratizin-portal-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let store = try Store(
            path: "\(directory)/suratizin.sqlite", channels: messengers.channels, watcher: watcher)
        try store.migrate(directory: "\(root)/migrations", at: Self.start)
        try store.load(StartData(directory: "\(root)/migrations/start"), at: Self.start)
        let box = ClockBox(Self.start)
        self.box = box
        var settings = Site.Settings()
        settings.baseURL = "http://127.0.0.1"
        settings.metricsToken = Self.metricsToken
        let vault = try FileVault(directory: "\(directory)/vault")
        let renderers = try Renderers(templates: "\(root)/Templates")
        let letters = try LetterRenderer()
        let statics = try StaticFiles(directory: "\(root)/Public")
        let officeLetters = try StartData.officeLetters(directory: "\(root)/migrations/start")
        let settled = settings
        func site(_ signing: SigningDesk.Settings) -> Site {
            Site(
                store: store, vault: vault, renderers: renderers, letters: letters, statics: statics,
                hasher: PasswordHasher(cost: 10, concurrency: 4, maximumWaiting: 64), desk: SigningDesk(signing),
                officeLetters: officeLetters, settings: settled, logger: Logger(label: "test"),
                virusScanner: virusScanner, messengers: messengers, now: { box.now },
                random: { count in
                    var generator = SystemRandomNumberGenerator()
                    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                })
        }
        var signing = SigningDesk.Settings(folder: KeyFolder(path: "\(directory)/keys"))
        signing.passphrase = DemoWorld.password
        _ = try DemoWorld.fill(site(signing), keyCost: .quick)
        settingUp(&signing)
        self.site = site(signing)
        self.site.desk.load(logger: self.site.logger)
        let site = self.site
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.threads = 4
        configuration.temporaryDirectory = directory
        server = try Server(
            configuration: configuration, responder: PortalResponder(site: site), logger: Logger(label: "test"))
        mails = MailBasket()
        jobs = Jobs(site: site, sender: mails)
        site.metrics.use { [server] in server.metrics }
        try server.start()
    }

    private let box: ClockBox

    func pass(seconds: Int64) { box.pass(seconds) }

    deinit {
        server.stop(deadlineSeconds: 1)
        try? site.store.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    func client(over transport: Client.Transport = .sockets, from address: String = "127.0.0.1") -> Client {
        Client(self, over: transport, from: address)
    }

    /// A client with somebody logged in.
    func client(_ person: DemoWorld.Person, over transport: Client.Transport = .sockets) async throws -> Client {
        let client = client(over: transport)
        let page = try await client.get("/masuk")
        let reply = try await client.post(
            "/masuk", ["surel": person.email, "kata_sandi": DemoWorld.password, "csrf": page.csrf])
        try #require(reply.status == 303, "log-in of \(person.email): \(reply.status)")
        return client
    }

    func viewer(_ person: DemoWorld.Person) throws -> Permits.Viewer {
        Permits.Viewer(try #require(try site.store.credentials(email: person.email)).account)
    }

    /// An application as one of the people sees it.
    func application(_ reference: some StringProtocol, as person: DemoWorld.Person) throws -> Application {
        let reference = try #require(Reference(String(reference)))
        return try site.store.application(reference, visibleTo: viewer(person))
    }

    /// Reference of one of Siti's applications in this state.
    func reference(_ state: ApplicationState) throws -> String {
        let rows = try site.store.applications(of: viewer(DemoWorld.siti), limit: 50)
        return try #require(rows.first { $0.state == state }).reference.description
    }
}

final class ClockBox: Sendable {
    private let seconds: Atomic<Int64>
    init(_ start: Moment) { seconds = Atomic(start.seconds) }
    var now: Moment { Moment(seconds: seconds.load(ordering: .relaxed)) }
    func pass(_ more: Int64) { seconds.add(more, ordering: .relaxed) }
}

final class MailBasket: MailSender {
    private let mails = Mutex<[Mail]>([])
    func send(_ mail: Mail) throws { mails.withLock { $0.append(mail) } }
    func to(_ address: String) -> [Mail] { mails.withLock { $0.filter { $0.to == address } } }
}
