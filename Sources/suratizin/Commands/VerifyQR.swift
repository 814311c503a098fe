import ArgumentParser
import Foundation
import Letters
import Permits
import Portal
import Store

struct VerifyQR: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-qr", abstract: "Check a letter's QR code, and its file, without the portal or a network.",
        discussion: """
            The code holds an address and, after the #, what the letter says in short, sealed with the office's key. \
            With --letter the signed file is checked too, and that both name each other; TEXT may be left out then. \
            Whether the letter still holds is only told by its address. Exits with 1 when the seal is not good, or was \
            made by a key that was revoked and nothing else proves the letter.
            """)

    @OptionGroup var options: CommonOptions
    @Option(
        name: .long,
        help: """
            File in PEM with the office's root, the certificates of its seals and the list of revoked keys, as the \
            portal offers it at /verifikasi/kunci-publik; may be given several times (default: the key folder).
            """)
    var certificates: [String] = []
    @Option(name: .long, help: "The letter's signed PDF.") var letter: String?
    @Argument(help: "The whole text of the code; read from standard input without it.") var text: String?

    func run() throws {
        try orFailInOneLine {
            let published = try PublishedKeys(certificates, options)
            let file = try letter.map { try SignedFile($0, check: published.check) }
            let text = try codeText(of: file)
            let reading: SealReading
            do {
                reading = try SealCheck(published.keys).read(text)
            } catch let error as SealError {
                throw CommandFault(description: error.sentence)
            }
            if let file, file.sealText != text {
                throw CommandFault(description: "the file is the signed file of another letter than this code")
            }
            try judge(reading.standing) { revokedAt in
                if let file, file.isFrom(before: revokedAt) { return "its signed file" }
                return try published.register(holds: text, at: reading.url, from: revokedAt)
                    ? "the portal's register" : nil
            }
            report(reading, file, published)
        }
    }

    private func codeText(of file: SignedFile?) throws -> String {
        if let text { return text.trimmingCharacters(in: .whitespacesAndNewlines) }
        if let file { return file.sealText }
        return (readLine() ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Says what there is to say of a revoked key, and fails where the seal is worth nothing.
    /// - Parameter proof: What else shows that the letter is from before a moment.
    private func judge(_ standing: SealStanding, proof: (Moment) throws -> String?) throws {
        func words(_ entry: RevocationList.Entry) -> String {
            "sealed by a key revoked on \(entry.revokedAt.day.iso) (\(entry.reason))"
        }
        switch standing {
        case .good: return
        case .revoked(let entry):
            throw CommandFault(description: "\(words(entry)): such a seal proves nothing")
        case .retired(let entry):
            guard let proof = try proof(entry.revokedAt) else {
                throw CommandFault(
                    description: "\(words(entry)); it says that it is from before, but nothing proves that: "
                        + "give the signed file with --letter, or look at the letter's address")
            }
            print("\(words(entry)); that the letter is from before is proved by \(proof)")
        }
    }

    private func report(_ reading: SealReading, _ file: SignedFile?, _ published: PublishedKeys) {
        let seal = reading.seal
        let hash = seal.documentHash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        print(
            """
            the seal is good
            number:  \(seal.number)
            issued:  \(seal.issuedOn.iso)
            office:  \(seal.office)
            holder:  \(seal.maskedName)
            text:    \(hash) (of the text that the office keeps)
            """)
        if let file { print("file:    \(file.sentence)") }
        for note in published.notes { print("note:    \(note)") }
    }
}

/// Keys that somebody downloaded, or those of the portal on this machine.
private struct PublishedKeys {
    let keys: PublicKeys
    let check: LetterCheck
    /// Nil for downloaded ones: nothing else on this machine is looked at then.
    private let database: String?

    init(_ files: [String], _ options: CommonOptions) throws {
        if files.isEmpty {
            let configuration = try Configuration(options)
            let signing = try configuration.signing()
            let root = try signing.folder.root()
            let seals = try signing.folder.entries().filter { $0.use == .sealing }.map(\.certificate)
            keys = PublicKeys(root: root, seals: seals, revoked: try signing.folder.revocations(root: root))
            let roots = TrustedRoots(root)
            check = LetterCheck(
                roots: signing.bsre.map { roots + $0.roots } ?? roots, stampRoots: signing.stampRoots,
                revoked: keys.revoked)
            database = "\(configuration.data)/suratizin.sqlite"
        } else {
            let texts = try files.map { path in
                guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                    throw CommandFault(description: "--certificates: \(path) cannot be read")
                }
                return text
            }
            keys = try PublicKeys(pem: texts.joined(separator: "\n"))
            guard let check = keys.letterCheck else {
                throw CommandFault(description: "--certificates has no root certificate; take the portal's own file")
            }
            self.check = check
            database = nil
        }
    }

    /// Whether the portal on this machine issued a letter with exactly this code, and not after a moment.
    func register(holds text: String, at url: String, from moment: Moment) throws -> Bool {
        guard let database, FileManager.default.fileExists(atPath: database), let token = url.split(separator: "/").last
        else { return false }
        let store = try Store(path: database)
        defer { try? store.close() }
        do {
            let letter = try store.letter(token: String(token))
            return letter.document.sealText == text && letter.issuedAt <= moment
        } catch PermitError.notFound {
            return false
        }
    }

    var notes: [String] {
        guard let list = keys.revoked else {
            return database == nil
                ? ["no list of revoked keys was given; whether this one was revoked is not known"] : []
        }
        return list.nextUpdate < Wiring.now()
            ? ["the list of revoked keys ran out on \(list.nextUpdate.day.iso); take a newer one"] : []
    }
}

/// A letter's file whose signature covers all of it and is the office's.
private struct SignedFile {
    let sealText: String
    private let signer: SignerRecord

    init(_ path: String, check: LetterCheck) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFault(description: "--letter: \(path) cannot be read")
        }
        let bytes = Array(data)
        switch check.verdict(bytes) {
        case .signed(let signer):
            guard !signer.wasRevokedBeforeSigning else {
                throw CommandFault(description: "the file was signed with a certificate that was revoked")
            }
            self.signer = signer
        case .changedLater: throw CommandFault(description: "the file was changed after it was signed")
        case .foreignSignature: throw CommandFault(description: "the file's signature is not the office's")
        case .unsigned: throw CommandFault(description: "the file is not signed")
        case .notAPDF: throw CommandFault(description: "the file is no PDF")
        }
        guard let text = SealInFile.text(in: bytes) else {
            throw CommandFault(
                description: "the file's signature is good, but it does not hold the text of its code, as letters of "
                    + "older releases do not")
        }
        sealText = text
    }

    func isFrom(before moment: Moment) -> Bool { signer.signedAt.map { $0 <= moment } ?? false }

    var sentence: String {
        let time = signer.signedAt.map { " on \($0.day.iso)" } ?? ""
        let stamp = signer.isTimeStamped ? ", time-stamped" : ""
        return "signed by \(signer.name)\(time)\(stamp), unchanged since, and holds this code"
    }
}

extension SealError {
    fileprivate var sentence: String {
        switch self {
        case .noSeal: "the text is no address with sealed data after it"
        case .unknownVersion: "the seal has a newer format; use a newer release"
        case .unknownKey: "no certificate of the office made this seal"
        case .foreignKey: "the root did not issue the certificate of this seal"
        case .broken: "the seal is broken: something was changed"
        case .outsideValidity: "the letter's date is not within the certificate's validity"
        case .unsuitable: "the sealed data cannot be read"
        }
    }
}
