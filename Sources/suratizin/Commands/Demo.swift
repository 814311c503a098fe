import ArgumentParser
import Foundation
import Letters
import Permits
import Portal
import Store

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill an empty data folder with people and applications to look around with.",
        discussion: """
            Adds nothing where there is an account already. The password of all of them is the same and public: never \
            use it for real.

            With --applications, a new data folder gets so many more, of every kind of letter and in every state, over \
            up to years, for measuring. They are what the portal itself would have kept, with letters numbered without \
            gaps and a valid chain of events, save the letters' files: each is made when somebody asks for it, and has \
            no signature. All papers share a few files.
            """)

    @OptionGroup var options: CommonOptions

    @Option(name: .long, help: "How many further applications a new data folder gets, up to 5,000,000.")
    var applications: Int?

    @Option(name: .long, help: "The same seed and number give the same further applications.")
    var seed: UInt64 = 1

    func run() throws {
        try orFailInOneLine {
            let configuration = try Configuration(options)
            if let applications {
                try DemoFolder(configuration).fill(applications, seed: seed)
            } else {
                try fillFew(configuration)
            }
        }
    }

    private func fillFew(_ configuration: Configuration) throws {
        let wiring = try Wiring(configuration)
        let lock = try FolderLock(configuration.data)
        defer { lock.release() }
        try wiring.migrate()
        let site = try wiring.site(
            baseURL: wiring.baseURL(port: configuration.port), passphrase: DemoWorld.password)
        let isNew = try DemoWorld.fill(site)
        let hasDemo = try wiring.store.credentials(email: DemoWorld.siti.email) != nil
        if isNew {
            try Self.writePassphrase(configuration)
        } else {
            print("The data folder has accounts already; nothing was added.")
        }
        if hasDemo { Self.tellLogIns() }
        try wiring.store.close()
    }

    /// The demo's keys open with the public password; the server finds it here.
    static func writePassphrase(_ configuration: Configuration) throws {
        let path = "\(configuration.keyFolder.path)/demo-passphrase"
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data("\(DemoWorld.password)\n".utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFault(description: "\(path) cannot be written") }
    }

    static func tellLogIns() {
        print("Demo log-ins (password: \(DemoWorld.password)):")
        let widest = DemoWorld.people.map(\.email.count).max() ?? 0
        for person in DemoWorld.people {
            let gap = String(repeating: " ", count: widest - person.email.count + 2)
            print("  \(person.email)\(gap)\(person.role.rawValue), \(person.name)")
        }
    }
}
