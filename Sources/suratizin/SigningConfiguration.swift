import Foundation
import Letters
import Portal

/// What the settings say about signing, read from their files.
extension Configuration {
    var keyFolder: KeyFolder { KeyFolder(path: keys ?? "\(data)/keys") }

    /// - Throws: `ConfigurationFaults`, naming settings and never their values.
    func signing() throws -> SigningDesk.Settings {
        var faults: [String] = []
        var settings = SigningDesk.Settings(folder: keyFolder)
        /// The first line of a file.
        func secret(_ path: String, _ name: String) -> String? {
            let line = (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isNewline).first
            if line == nil { faults.append("SURATIZIN_\(name) cannot be read or is empty") }
            return line.map(String.init)
        }
        func roots(_ path: String, _ name: String) -> TrustedRoots? {
            let roots = (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { try? TrustedRoots(pem: $0) }
            if roots == nil { faults.append("SURATIZIN_\(name) holds no certificates in PEM") }
            return roots
        }
        settings.passphrase = keysPassphraseFile.flatMap { secret($0, "KEYS_PASSPHRASE_FILE") }
        if let stampService, let path = stampRoots, let trusted = roots(path, "TSA_ROOTS") {
            settings.stampRoots = trusted
            settings.stamper = HTTPTimeStamper(address: stampService, roots: trusted)
            if settings.stamper == nil { faults.append("SURATIZIN_TSA_URL must be http:// or https:// and a host") }
        }
        if let bsreService, let bsreUser, let bsrePasswordFile, let bsreRoots,
            let password = secret(bsrePasswordFile, "BSRE_PASSWORD_FILE"), let trusted = roots(bsreRoots, "BSRE_ROOTS")
        {
            // The client service often runs on the same machine; passphrases go nowhere else without TLS.
            let isLocal = Messengers.isAddress(bsreService)
            if let service = BSrESigner.Service(
                address: bsreService, user: bsreUser, password: password, allowsPlain: isLocal)
            {
                settings.bsre = SigningDesk.BSrE(service: service, roots: trusted)
            } else {
                faults.append("SURATIZIN_BSRE_URL must be https:// and a host (http:// for this machine only)")
            }
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults: faults) }
        return settings
    }
}
