import ArgumentParser
import Foundation
import Glibc
import HTTPServer
import Logging
import Portal
import Store

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the portal until SIGTERM or SIGINT.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try orFailInOneLine {
            let configuration = try Configuration(options)
            let signals = StopSignals()
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
            var serving = ServerConfiguration()
            serving.address = configuration.address
            serving.port = configuration.port
            serving.trustedProxies = try TrustedProxies(configuration.trustedProxies)
            // Some threads may wait for hashes or for the disk; the others go on reading.
            serving.threads = max(serving.threads, 16)
            let accessLog = try AccessLog(descriptor: STDOUT_FILENO)
            serving.accessLog = { accessLog.write($0) }
            serving.temporaryDirectory = try temporaryFolder(configuration)
            let site = try wiring.site(baseURL: wiring.baseURL(port: configuration.port))
            let server = try Server(
                configuration: serving, responder: PortalResponder(site: site), logger: wiring.logger)
            let jobs = Jobs(site: site, sender: try OutboxFolder(directory: "\(configuration.data)/outbox"))
            try server.start()
            jobs.start()
            wiring.logger.notice("serving on http://\(configuration.address):\(server.port)")
            signals.wait()
            wiring.logger.notice("stopping")
            jobs.stop()
            server.stop(deadlineSeconds: 10)
            accessLog.flush()
            try wiring.store.close()
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

/// One server for each data folder: two would send every mail twice and clear away each other's uploads.
private struct FolderLock {
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = open("\(folder)/serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFault(description: "another server is running on this data folder")
        }
    }

    func release() { close(descriptor) }
}

/// Waits for the signals that end a service. Made before any thread, so that every thread inherits the block.
private struct StopSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    func wait() {
        var set = set
        var received: Int32 = 0
        sigwait(&set, &received)
    }
}
