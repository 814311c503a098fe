import ArgumentParser
import Foundation
import Letters
import Permits

struct VerifyQR: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-qr", abstract: "Check the text of a letter's QR code without the portal or a network.",
        discussion: """
            The code holds an address and, after the #, what the letter says in short, sealed with the office's key. \
            Whether the letter still holds is only told by its address. Exits with 1 when the seal is not good.
            """)

    @OptionGroup var options: CommonOptions
    @Option(
        name: .long, help: "File with the office's sealing certificates in PEM (default: those of the key folder).")
    var certificates: String?
    @Argument(help: "The whole text of the code; read from standard input without it.") var text: String?

    func run() throws {
        try orFailInOneLine {
            let text = (text ?? readLine() ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            do {
                let seal = try LetterSeal.read(text, keys: keys())
                print(
                    """
                    the seal is good
                    number:  \(seal.number)
                    issued:  \(seal.issuedOn.iso)
                    office:  \(seal.office)
                    holder:  \(seal.maskedName)
                    letter:  \(seal.documentHash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
                    """)
            } catch let error as SealError {
                throw CommandFault(description: Self.sentence(error))
            }
        }
    }

    private func keys() throws -> [OfficeCertificate] {
        guard let certificates else {
            return try Configuration(options).keyFolder.entries().filter { $0.use == .sealing }.map(\.certificate)
        }
        guard let text = try? String(contentsOfFile: certificates, encoding: .utf8) else {
            throw CommandFault(description: "--certificates cannot be read")
        }
        let end = "-----END CERTIFICATE-----"
        return try text.components(separatedBy: end).dropLast().map { try OfficeCertificate(pem: $0 + end + "\n") }
    }

    private static func sentence(_ error: SealError) -> String {
        switch error {
        case .noSeal: "the text is no address with sealed data after it"
        case .unknownVersion: "the seal has a newer format; use a newer release"
        case .unknownKey: "no certificate of the office made this seal"
        case .broken: "the seal is broken: something was changed"
        case .outsideValidity: "the letter's date is not within the certificate's validity"
        case .unsuitable: "the sealed data cannot be read"
        }
    }
}
