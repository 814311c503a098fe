import Foundation
import Glibc
import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Portal
import Store

/// Opens what a command works with: folders, database, migrations and start data.
struct Wiring {
    let configuration: Configuration
    let logger: Logger
    let store: Store

    init(_ configuration: Configuration) throws {
        self.configuration = configuration
        var logger = Logger(label: "suratizin", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
        self.logger = logger
        // Everything below holds personal data.
        umask(0o077)
        try FileManager.default.createDirectory(
            atPath: configuration.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        store = try Store(
            path: "\(configuration.data)/suratizin.sqlite", channels: configuration.messengers.channels)
    }

    /// - Parameter start: When the start data began to hold.
    /// - Returns: Names of the migrations applied now.
    @discardableResult
    func migrate(startingAt start: Moment = Self.now()) throws -> [String] {
        let applied = try store.migrate(directory: "\(configuration.root)/migrations", at: Self.now())
        try store.loadOnce({ try StartData(directory: "\(configuration.root)/migrations/start") }, at: start)
        return applied
    }

    /// - Parameter passphrase: Of the keys, instead of the configured file's.
    func site(baseURL: String, passphrase: String? = nil) throws -> Site {
        let statics = try StaticFiles(directory: "\(configuration.root)/Public")
        var settings = Site.Settings()
        settings.baseURL = baseURL
        settings.mailFrom = configuration.mailFrom
        settings.metricsToken = configuration.metricsToken
        settings.drafts = DraftKeeping(days: configuration.draftDays)
        return Site(
            store: store, vault: try FileVault(directory: "\(configuration.data)/vault"),
            renderers: try renderers(statics), letters: try LetterRenderer(fontDirectory: configuration.fonts),
            statics: statics, hasher: PasswordHasher(), desk: try desk(passphrase),
            officeLetters: try StartData.officeLetters(directory: "\(configuration.root)/migrations/start"),
            settings: settings, logger: logger,
            virusScanner: configuration.clamd.flatMap { VirusScanner($0) }, messengers: configuration.messengers,
            now: Self.now,
            random: Self.random)
    }

    func renderers(_ statics: StaticFiles) throws -> Renderers {
        let assets = Dictionary(
            uniqueKeysWithValues: statics.names.compactMap { name in statics.url(name).map { (name, $0) } })
        return try Renderers(templates: "\(configuration.root)/Templates", assets: assets)
    }

    private func desk(_ passphrase: String?) throws -> SigningDesk {
        var settings = try configuration.signing()
        settings.passphrase = passphrase ?? settings.passphrase
        let desk = SigningDesk(settings)
        // The demonstration makes its keys first.
        if passphrase == nil { desk.load(logger: logger) }
        return desk
    }

    /// The address for links when none is configured.
    func baseURL(port: Int) -> String { configuration.baseURL ?? "http://\(configuration.address):\(port)" }

    @Sendable static func now() -> Moment { Moment(seconds: Int64(time(nil))) }

    @Sendable static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
