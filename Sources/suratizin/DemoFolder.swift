import Foundation
import Permits
import Portal
import Store

/// Fills a new data folder with very many applications. It grows beside its place, under another name, and takes its
/// name when it is complete: what a crash or Ctrl-C leaves is no data folder, and the next run begins anew.
struct DemoFolder {
    static let mostApplications = 5_000_000

    private let goal: String
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        goal = configuration.data
        var growing = configuration
        growing.data += ".filling"
        self.configuration = growing
    }

    func fill(_ count: Int, seed: UInt64) throws {
        guard (1...Self.mostApplications).contains(count) else {
            throw CommandFault(description: "--applications must be a number from 1 to \(Self.mostApplications)")
        }
        let files = FileManager.default
        if let names = try? files.contentsOfDirectory(atPath: goal), !names.isEmpty {
            throw CommandFault(
                description: "\(goal) is not empty; --applications fills a new folder only, and nothing was added")
        }
        let lock = try prepare()
        defer { lock.release() }
        let (crowd, passwordHash) = try settle(count, seed: seed)
        let loader = try PastLoader(path: "\(configuration.data)/suratizin.sqlite")
        var bar = ProgressBar(total: count, of: "applications")
        try crowd.load(into: loader, passwordHash: passwordHash) { bar.show($0) }
        try loader.finish()
        try addFew()
        if files.fileExists(atPath: goal) { try files.removeItem(atPath: goal) }
        try files.moveItem(atPath: configuration.data, toPath: goal)
        Demo.tellLogIns()
    }

    /// Clears away what an earlier run left, but not under one that still works.
    private func prepare() throws -> FolderLock {
        let files = FileManager.default
        let folder = configuration.data
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lock: FolderLock
        do {
            lock = try FolderLock(folder)
        } catch is CommandFault {
            throw CommandFault(description: "another demo is filling \(goal)")
        }
        for name in try files.contentsOfDirectory(atPath: folder) where name != FolderLock.name {
            try files.removeItem(atPath: "\(folder)/\(name)")
        }
        return lock
    }

    /// People, keys and papers; and what the applications are made from.
    private func settle(_ count: Int, seed: UInt64) throws -> (DemoCrowd, passwordHash: String) {
        let wiring = try Wiring(configuration)
        let start = try StartData(directory: "\(configuration.root)/migrations/start").offices.map(\.validFrom).min()
        let opened = start.map { Moment($0, hour: 7) } ?? Wiring.now()
        try wiring.migrate(startingAt: opened)
        let site = try site(wiring)
        guard try DemoWorld.settle(site, since: opened) else {
            throw CommandFault(description: "the start data hold no kind of letter")
        }
        try Demo.writePassphrase(configuration)
        let crowd = try DemoCrowd(site, count: count, seed: seed)
        let hash = try wiring.store.credentials(email: DemoWorld.siti.email)?.passwordHash
        try wiring.store.close()
        return (crowd, hash ?? "")
    }

    /// The few of every demo come last: theirs is today's work, and the signed letter.
    private func addFew() throws {
        let wiring = try Wiring(configuration)
        let site = try site(wiring)
        site.desk.load(logger: wiring.logger)
        try DemoWorld.addApplications(to: site)
        try wiring.store.close()
    }

    private func site(_ wiring: Wiring) throws -> Site {
        try wiring.site(baseURL: wiring.baseURL(port: configuration.port), passphrase: DemoWorld.password)
    }
}
