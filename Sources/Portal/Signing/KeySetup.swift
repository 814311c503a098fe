public import Letters
public import Permits

/// Makes the keys of a portal: the root once, and for every office a key each for QR codes, time stamps and the
/// office's own electronic seal on letters that no single official signs.
public struct KeySetup: Sendable {
    let folder: KeyFolder
    let rootFolder: KeyFolder
    let name: String
    let cost: KeyCost

    /// - Parameters:
    ///   - folder: Of the portal; the root's certificate is copied there.
    ///   - rootFolder: Where the root is kept; may be the same.
    ///   - name: Institution that the root names.
    ///   - cost: Of guessing a passphrase.
    public init(folder: KeyFolder, rootFolder: KeyFolder, name: String, cost: KeyCost = .standard) {
        self.folder = folder
        self.rootFolder = rootFolder
        self.name = name
        self.cost = cost
    }

    /// Makes what is missing.
    /// - Returns: Ids of the keys made now.
    /// - Throws: `SigningError`.
    public func run(
        offices: [Office], rootPassphrase: String, passphrase: String, at now: Moment
    ) throws(SigningError) -> [String] {
        // Before the root is there: half a set of keys would look whole.
        guard passphrase.utf8.count >= EncryptedKey.minimumPassphraseBytes else { throw .weakPassphrase }
        var made: [String] = []
        let root: StoredIdentity
        if (try? rootFolder.root()) != nil {
            root = try rootFolder.identity("root")
        } else {
            root = try CertificateAuthority.makeRoot(office: name, at: now, passphrase: rootPassphrase, cost: cost)
            made.append(try rootFolder.add(root))
        }
        let authority = try CertificateAuthority(root.opened(passphrase: rootPassphrase))
        if (try? folder.root()) == nil { try folder.addRoot(authority.root) }
        let known = try folder.entries()
        for office in offices {
            let holders: [(KeyUse, String)] = [
                (.sealing, "Kode QR \(office.shortName)"), (.stamping, "Stempel Waktu \(office.shortName)"),
                (.signing, "Segel Elektronik \(office.shortName)"),
            ]
            for (use, name) in holders
            where !known.contains(where: { $0.use == use && $0.owner == SigningDesk.owner(office) }) {
                let identity = try authority.issue(
                    use, to: KeyHolder(name: name, office: office.name), at: now, years: 5, passphrase: passphrase,
                    cost: cost)
                made.append(try folder.add(identity, owner: SigningDesk.owner(office)))
            }
        }
        return made
    }

    /// A key for a signatory, valid for some years, under a passphrase of theirs or the portal's.
    public static func issue(
        to account: Permits.Account, as title: SignatoryTitle, office: Office, by authority: CertificateAuthority,
        in folder: KeyFolder, years: Int = 2, passphrase: String, cost: KeyCost = .standard, at now: Moment
    ) throws(SigningError) -> (id: String, certificate: OfficeCertificate) {
        let holder = KeyHolder(
            name: title.name, office: office.name, position: title.position, number: title.nip)
        let identity = try authority.issue(
            .signing, to: holder, at: now, years: years, passphrase: passphrase, cost: cost)
        return (try folder.add(identity, owner: SigningDesk.owner(account.id)), identity.certificate)
    }
}
