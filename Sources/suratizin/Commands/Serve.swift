import ArgumentParser
import Foundation
import Glibc
import HTTPServer
import Logging
import Portal
import Store

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the portal until SIGTERM or SIGINT; SIGHUP loads the templates anew.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try orFailInOneLine {
            let configuration = try Configuration(options)
            let signals = Signals()
            let wiring = try Wiring(configuration)
            let lock = try FolderLock(configuration.data)
            defer { lock.release() }
            try wiring.migrate()
            if configuration.baseURL == nil {
                guard ["127.0.0.1", "::1", "localhost"].contains(configuration.address), configuration.port != 0 else {
                    throw CommandFault(
                        description:
                            "SURATIZIN_BASE_URL is needed with this address and port: it stands on every letter")
                }
                wiring.logger.warning(
                    "SURATIZIN_BASE_URL is not set: letters will name an address of this machine only")
            }
            var serving = try serverConfiguration(configuration)
            let accessLog = try AccessLog(descriptor: STDOUT_FILENO)
            serving.accessLog = { accessLog.write($0) }
            let site = try wiring.site(baseURL: wiring.baseURL(port: configuration.port))
            let server = try Server(
                configuration: serving, responder: PortalResponder(site: site), logger: wiring.logger)
            let jobs = Jobs(
                site: site,
                sender: try configuration.sendmail ?? OutboxFolder(directory: "\(configuration.data)/outbox"))
            site.metrics.use { server.metrics }
            try server.start()
            jobs.start()
            wiring.logger.notice(
                "serving on \(configuration.socket ?? "http://\(configuration.address):\(server.port)")")
            while signals.next() == SIGHUP { reload(site, wiring) }
            wiring.logger.notice("stopping")
            jobs.stop()
            server.stop(deadlineSeconds: 10)
            accessLog.flush()
            try wiring.store.close()
        }
    }

    private func serverConfiguration(_ configuration: Configuration) throws -> ServerConfiguration {
        var serving = ServerConfiguration()
        serving.address = configuration.address
        serving.port = configuration.port
        // A socket that systemd holds outlives a restart, so that no visitor is turned away.
        serving.sockets = try ListeningSocket.activated()
        if serving.sockets.isEmpty, let path = configuration.socket { serving.sockets = [.unix(path: path)] }
        serving.trustedProxies = try TrustedProxies(configuration.trustedProxies)
        // Some threads may wait for hashes or for the disk; the others go on reading.
        serving.threads = max(serving.threads, 16)
        serving.temporaryDirectory = try temporaryFolder(configuration)
        return serving
    }

    /// New wording without a restart. Templates with a fault change nothing.
    private func reload(_ site: Site, _ wiring: Wiring) {
        site.desk.load(logger: wiring.logger)
        do {
            site.use(try wiring.renderers(site.statics))
            wiring.logger.notice("templates and texts are loaded anew")
        } catch {
            wiring.logger.error("templates are kept as they were: \(error)")
        }
    }

    /// Uploads pass through it; what a crash left there is nobody's.
    private func temporaryFolder(_ configuration: Configuration) throws -> String {
        let folder = "\(configuration.data)/tmp"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }
}

/// Waits for the signals to a service. Made before any thread, so that every thread inherits the block.
private struct Signals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGHUP)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    func next() -> Int32 {
        var set = set
        var received: Int32 = 0
        sigwait(&set, &received)
        return received
    }
}
