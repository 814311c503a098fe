import ArgumentParser
import Foundation
import Letters
import Permits
import Portal
import Store

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill an empty data folder with people and applications to look around with.",
        discussion:
            "Adds nothing where there is an account already. The password of all of them is the same and public: never use it for real."
    )

    @OptionGroup var options: CommonOptions

    /// The demo's keys open with the public password; the server finds it here.
    private static func passphraseFile(_ configuration: Configuration) -> String {
        "\(configuration.keyFolder.path)/demo-passphrase"
    }

    func run() throws {
        try orFailInOneLine {
            let configuration = try Configuration(options)
            let wiring = try Wiring(configuration)
            let lock = try FolderLock(configuration.data)
            defer { lock.release() }
            try wiring.migrate()
            let site = try wiring.site(
                baseURL: wiring.baseURL(port: configuration.port), passphrase: DemoWorld.password)
            let isNew = try DemoWorld.fill(site)
            let hasDemo = try wiring.store.credentials(email: DemoWorld.siti.email) != nil
            if isNew {
                let path = Self.passphraseFile(configuration)
                guard
                    FileManager.default.createFile(
                        atPath: path, contents: Data("\(DemoWorld.password)\n".utf8),
                        attributes: [.posixPermissions: 0o600])
                else { throw CommandFault(description: "\(path) cannot be written") }
            }
            if !isNew { print("The data folder has accounts already; nothing was added.") }
            if hasDemo {
                print("Demo log-ins (password: \(DemoWorld.password)):")
                let widest = DemoWorld.people.map(\.email.count).max() ?? 0
                for person in DemoWorld.people {
                    let gap = String(repeating: " ", count: widest - person.email.count + 2)
                    print("  \(person.email)\(gap)\(person.role.rawValue), \(person.name)")
                }
            }
            try wiring.store.close()
        }
    }
}
