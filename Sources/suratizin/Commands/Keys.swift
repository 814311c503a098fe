import ArgumentParser
import Foundation
import Glibc
import Letters
import Permits
import Portal
import Store

struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keys and certificates that letters are signed with.",
        subcommands: [KeysInit.self, KeysAdd.self, KeysList.self, KeysRevoke.self, KeysRenewList.self])
}

/// Where passphrases come from: files for machines, the terminal for people; never the command line.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Folder with root.pem and root.key.pem, such as a mounted medium (default: the key folder).")
    var root: String?
    @Option(name: .long, help: "File with the root's passphrase; asked for without it.")
    var rootPassphraseFile: String?
    @Option(
        name: .long,
        help: "File with the portal's passphrase (SURATIZIN_KEYS_PASSPHRASE_FILE); asked for without it.")
    var passphraseFile: String?

    func authority(_ folder: KeyFolder) throws -> CertificateAuthority {
        let identity = try rootFolder(folder).identity("root")
        return try CertificateAuthority(
            identity.opened(passphrase: Passphrase.read(rootPassphraseFile, for: "the root key", isNew: false)))
    }

    func rootFolder(_ folder: KeyFolder) -> KeyFolder { root.map { KeyFolder(path: $0) } ?? folder }

    func portalPassphrase(_ configuration: Configuration, isNew: Bool) throws -> String {
        try Passphrase.read(
            passphraseFile ?? configuration.keysPassphraseFile, for: "the portal's keys", isNew: isNew)
    }
}

enum Passphrase {
    /// The first line of a file, or what is typed; twice when it is a new one.
    static func read(_ path: String?, for what: String, isNew: Bool) throws -> String {
        if let path {
            guard let line = try? String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).first
            else { throw CommandFault(description: "the passphrase file \(path) cannot be read or is empty") }
            return String(line)
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFault(description: "no terminal to ask for the passphrase of \(what); name a file with it")
        }
        func ask(_ prompt: String) -> String { getpass(prompt).map { String(cString: $0) } ?? "" }
        let first = ask("Passphrase of \(what): ")
        guard !isNew || first == ask("Again: ") else { throw CommandFault(description: "the two passphrases differ") }
        return first
    }
}

struct KeysInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the root, and keys for the QR codes, time stamps and electronic seal of every office.",
        discussion: "Run again after adding an office: what is there is kept, what is missing is made.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var keyOptions: KeyOptions
    @Option(help: "Name of the institution in the root certificate.") var name: String = "Pemerintah Kota Medan"

    func run() throws {
        try orFailInOneLine {
            let configuration = try Configuration(options)
            let wiring = try Wiring(configuration)
            try wiring.migrate()
            let folder = configuration.keyFolder
            let rootFolder = keyOptions.rootFolder(folder)
            let isNew = (try? rootFolder.root()) == nil
            let rootPassphrase = try Passphrase.read(
                keyOptions.rootPassphraseFile, for: "the root key", isNew: isNew)
            let passphrase = try keyOptions.portalPassphrase(configuration, isNew: isNew)
            let made = try KeySetup(folder: folder, rootFolder: rootFolder, name: name).run(
                offices: wiring.store.offices(on: Wiring.now().day), rootPassphrase: rootPassphrase,
                passphrase: passphrase, at: Wiring.now())
            for id in made { print("made \(id)") }
            if isNew {
                print(
                    Self.instructions(
                        folder: folder, root: rootFolder, fingerprint: try folder.root().fingerprint))
            }
            try wiring.store.close()
        }
    }

    static func instructions(folder: KeyFolder, root: KeyFolder, fingerprint: String) -> String {
        """

        The root key signs nothing but certificates. Now:
          1. copy \(root.path)/root.key.pem and root.pem to two media, and lock these away in different places;
          2. delete \(root.path)/root.key.pem from this machine: the portal runs without it;
          3. write the root's passphrase down, seal it and lock it away apart from the media;
          4. the portal offers root, certificates of seals and revoked keys to everybody at /verifikasi/kunci-publik;
             so that nobody has to trust that page alone, publish the root's SHA-256 elsewhere too:
             \(fingerprint)
          5. give each signatory a key: suratizin keys add --root MEDIUM --email ADDRESS
        """
    }
}

struct KeysAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a signing key for a signatory, or the next one when theirs runs out.",
        discussion:
            "With a passphrase of their own they type it for each letter; with --portal-passphrase the portal opens the key and their log-in password confirms each letter."
    )

    @OptionGroup var options: CommonOptions
    @OptionGroup var keyOptions: KeyOptions
    @Option(help: "E-mail address of the signatory's account.") var email: String
    @Option(help: "Years until the certificate runs out.") var years: Int = 2
    @Flag(help: "Let the portal open the key with its own passphrase.") var portalPassphrase = false
    @Option(name: .long, help: "File with the signatory's passphrase; asked for without it.")
    var signatoryPassphraseFile: String?

    func run() throws {
        try orFailInOneLine {
            guard (1...5).contains(years) else { throw CommandFault(description: "--years must be 1 to 5") }
            let configuration = try Configuration(options)
            let wiring = try Wiring(configuration)
            try wiring.migrate()
            guard let account = try wiring.store.credentials(email: email)?.account, account.role == .signatory,
                let unit = account.unit,
                let title = try wiring.store.signatoryTitle(account.id, on: Wiring.now().day)
            else { throw CommandFault(description: "there is no signatory with the address given by --email") }
            let folder = configuration.keyFolder
            let authority = try keyOptions.authority(folder)
            let secret =
                portalPassphrase
                ? try keyOptions.portalPassphrase(configuration, isNew: false)
                : try Passphrase.read(signatoryPassphraseFile, for: "\(title.name)'s key", isNew: true)
            let (id, certificate) = try KeySetup.issue(
                to: account, as: title, office: wiring.store.office(unit, on: Wiring.now().day), by: authority,
                in: folder, years: years, passphrase: secret, at: Wiring.now())
            print("made \(id), valid until \(certificate.validUntil.day.iso)")
            try wiring.store.close()
        }
    }
}

struct KeysList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every certificate, whose it is, until when, and whether it is in use.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try orFailInOneLine {
            let folder = try Configuration(options).keyFolder
            let root = try folder.root()
            let revoked = try folder.revocations(root: root)
            print("root  \(root.name)  until \(root.validUntil.day.iso)")
            for entry in try folder.entries() {
                let state: String
                do {
                    try entry.certificate.checkUse(entry.use, root: root, revoked: revoked, at: Wiring.now())
                    state = "good"
                } catch {
                    state = "\(error)"
                }
                print("\(entry.id)  \(entry.certificate.name)  until \(entry.certificate.validUntil.day.iso)  \(state)")
            }
        }
    }
}

struct KeysRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Trust a certificate no more, from now on. Then SIGHUP to the portal.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var keyOptions: KeyOptions
    @Argument(help: "As keys list shows it.") var id: String
    @Option(help: "keyCompromise, affiliationChanged, superseded, cessationOfOperation or unspecified.")
    var reason: String = "unspecified"

    func run() throws {
        try orFailInOneLine {
            guard let reason = RevocationList.Reason.allCases.first(where: { "\($0)" == reason }) else {
                throw CommandFault(
                    description: "--reason must be one of "
                        + RevocationList.Reason.allCases.map { "\($0)" }.joined(separator: ", "))
            }
            let folder = try Configuration(options).keyFolder
            guard let entry = try folder.entries().first(where: { $0.id == id }) else {
                throw CommandFault(description: "there is no certificate with this id; see suratizin keys list")
            }
            let authority = try keyOptions.authority(folder)
            let list = try authority.revoke(
                entry.certificate, for: reason, after: folder.revocations(root: authority.root), at: Wiring.now())
            try folder.keep(list)
            print(
                "revoked \(id); send SIGHUP to the portal, which then offers the new list at /verifikasi/kunci-publik")
        }
    }
}

struct KeysRenewList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew-list", abstract: "Sign the list of revoked certificates anew, once a year.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var keyOptions: KeyOptions

    func run() throws {
        try orFailInOneLine {
            let folder = try Configuration(options).keyFolder
            let authority = try keyOptions.authority(folder)
            let list = try authority.renew(folder.revocations(root: authority.root), at: Wiring.now())
            try folder.keep(list)
            print("list \(list.number) is good until \(list.nextUpdate.day.iso)")
        }
    }
}
