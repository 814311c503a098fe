import ArgumentParser
import Foundation
import Glibc
import Permits
import Portal
import Store

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts of staff.", subcommands: [AccountCreate.self])
}

struct AccountCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an admin, verifier or signatory.",
        discussion:
            "The password is asked for, or read from standard input or SURATIZIN_PASSWORD; it never stands on the command line."
    )

    @OptionGroup var options: CommonOptions
    @Option(help: "admin, verifier or signatory.") var role: String
    @Option(help: "Name, with degrees.") var name: String
    @Option(help: "E-mail address; the log-in.") var email: String
    @Option(help: "Code of the office, such as brida-medan; not for admins.") var unit: String?
    @Option(name: .long, help: "Line above a signatory's signature; give it once for each line.") var position:
        [String] = []
    @Option(help: "Rank of a signatory, as printed.") var rank: String = ""
    @Option(help: "NIP of a signatory, 18 digits.") var nip: String = ""

    func run() throws {
        try orFailInOneLine {
            let wiring = try Wiring(Configuration(options))
            try wiring.migrate()
            let staff = try checked(wiring.store)
            let account = try create(staff, wiring.store)
            print("created \(account.role.rawValue) \(account.email)")
            try wiring.store.close()
        }
    }

    private func create(_ staff: NewStaff, _ store: Store) throws -> Account {
        do {
            return try store.createStaff(staff, at: Wiring.now())
        } catch PermitError.invalid {
            throw CommandFault(description: "there is an account with this e-mail address already")
        }
    }

    /// Everything that is wrong at once.
    private func checked(_ store: Store) throws -> NewStaff {
        var faults: [String] = []
        let role = Role(rawValue: role)
        if role == nil || role == .citizen { faults.append("--role must be admin, verifier or signatory") }
        let name = TypedText.cleaned(name, keepingLines: false)
        if name.isEmpty { faults.append("--name is empty") }
        let address = ContactChecks.email(email)
        if address == nil { faults.append("--email is no e-mail address") }
        let unitID = try unit.flatMap { try store.unit(code: $0) }
        if role == .admin, unit != nil { faults.append("--unit is not for admins") }
        if role != .admin, unitID == nil {
            faults.append("--unit must be the code of an office")
        }
        if role == .signatory, position.isEmpty { faults.append("--position is needed for a signatory") }
        if !nip.isEmpty, nip.utf8.count != 18 || !nip.utf8.allSatisfy({ (48...57).contains($0) }) {
            faults.append("--nip must be 18 digits")
        }
        guard faults.isEmpty, let role, let address else {
            throw CommandFault(description: faults.joined(separator: "; "))
        }
        let password = try readPassword()
        guard Password.problems(password, name: name, email: address).isEmpty else {
            throw CommandFault(
                description:
                    "the password must have \(Password.minimumLength) characters or more and not be a common one")
        }
        let title = role == .signatory ? SignatoryTitle(positionLines: position, name: name, rank: rank, nip: nip) : nil
        return NewStaff(
            name: name, email: address, role: role, unit: unitID, title: title,
            passwordHash: try PasswordHasher().hash(password, salt: Wiring.random(16)))
    }

    private func readPassword() throws -> String {
        if let given = ProcessInfo.processInfo.environment["SURATIZIN_PASSWORD"], !given.isEmpty { return given }
        guard isatty(STDIN_FILENO) == 1 else { return readLine() ?? "" }
        func ask(_ prompt: String) -> String { getpass(prompt).map { String(cString: $0) } ?? "" }
        let first = ask("Password: ")
        guard first == ask("Again: ") else { throw CommandFault(description: "the two passwords differ") }
        return first
    }
}
