import Dispatch
public import Letters
public import Logging
public import Permits
import Synchronization

/// What letters are signed and sealed with, and checked against. Keys are read at the start and again on SIGHUP.
public final class SigningDesk: Sendable {
    /// Where keys lie and which services help.
    public struct Settings: Sendable {
        public var folder: KeyFolder
        /// Opens the keys that work without anybody's passphrase: seals, time stamps, and signatories' keys kept so.
        public var passphrase: String?
        /// Instead of the time stamps of our own.
        public var stamper: (any TimeStamper)?
        public var stampRoots: TrustedRoots?
        /// Signs instead of the keys in the folder.
        public var bsre: BSrE?
        /// Seconds that a letter waits for others to be signed.
        public var patience = 15.0

        public init(folder: KeyFolder) { self.folder = folder }
    }

    public struct BSrE: Sendable {
        public var service: BSrESigner.Service
        public var roots: TrustedRoots

        public init(service: BSrESigner.Service, roots: TrustedRoots) {
            self.service = service
            self.roots = roots
        }
    }

    /// How one signatory signs.
    struct Pen {
        let signer: any LetterSigner
        /// The signatory types a passphrase of their own for each letter; else the log-in password will do.
        let needsSecret: Bool
    }

    private struct Loaded {
        var root: OfficeCertificate
        var revoked: RevocationList?
        var entries: [KeyFolder.Entry]
        let openings: Openings
    }

    /// Keys by id, opened with the portal's passphrase when they are first needed: each takes the time of scrypt. Nil
    /// for those that it does not open, a signatory's own.
    private final class Openings: Sendable {
        private let known = Mutex<[String: SigningIdentity?]>([:])

        func identity(_ id: String, opening: () -> SigningIdentity?) -> SigningIdentity? {
            if let known = known.withLock({ $0[id] }) { return known }
            let identity = opening()
            known.withLock { $0[id] = .some(identity) }
            return identity
        }
    }

    let settings: Settings
    private let slots = DispatchSemaphore(value: SigningDesk.atOnce)
    private let loaded = Mutex<Result<Loaded, SigningError>>(.failure(.keyMissing))

    public init(_ settings: Settings) { self.settings = settings }

    /// Reads the keys; what cannot be read is logged, and blocks signing until it can.
    public func load(logger: Logger) {
        let result: Result<Loaded, SigningError>
        do {
            result = .success(try read())
        } catch .keyMissing {
            logger.warning("no letter can be signed: run suratizin keys init")
            result = .failure(.keyMissing)
        } catch {
            logger.error("no letter can be signed: the keys in \(settings.folder.path) cannot be read (\(error))")
            result = .failure(error)
        }
        loaded.withLock { $0 = result }
    }

    private func read() throws(SigningError) -> Loaded {
        let root = try settings.folder.root()
        let entries = try settings.folder.entries()
        return Loaded(
            root: root, revoked: try settings.folder.revocations(root: root), entries: entries, openings: Openings())
    }

    private func opened(_ entry: KeyFolder.Entry, in keys: Loaded) -> SigningIdentity? {
        guard let passphrase = settings.passphrase else { return nil }
        return keys.openings.identity(entry.id) {
            try? settings.folder.identity(entry.id).opened(passphrase: passphrase)
        }
    }

    /// Letters that are signed at the same time, each in a series of its own. Each holds a thread of the server for as
    /// long as a signing service takes, and the others must go on serving.
    static let atOnce = 6

    /// - Throws: `Busy` when as many letters are signed for longer than anybody should wait.
    func taking<T>(_ work: () throws -> T) throws -> T {
        guard slots.wait(timeout: .now() + settings.patience) == .success else { throw Busy() }
        defer { slots.signal() }
        return try work()
    }

    private func keys() throws(SigningError) -> Loaded { try loaded.withLock { $0 }.get() }

    // Owners of keys, as their files are named.
    public static func owner(_ account: AccountID) -> String { "akun-\(account.value)" }
    public static func owner(_ office: Office) -> String { office.code }

    /// The newest key of an owner that may be used now; the reason why the newest may not when none may.
    private func current(
        _ use: KeyUse, of owner: String, in keys: Loaded, at now: Moment
    ) throws(SigningError) -> KeyFolder.Entry {
        var fault = SigningError.keyMissing
        for entry in keys.entries where entry.use == use && entry.owner == owner {
            do {
                try entry.certificate.checkUse(use, root: keys.root, revoked: keys.revoked, at: now)
            } catch {
                // That an older one was revoked is no news when a newer one has run out.
                if fault == .keyMissing || error != .certificateRevoked { fault = error }
            }
        }
        for entry in keys.entries.reversed() where entry.use == use && entry.owner == owner {
            if (try? entry.certificate.checkUse(use, root: keys.root, revoked: keys.revoked, at: now)) != nil {
                return entry
            }
        }
        throw fault
    }

    /// - Throws: Why this signatory cannot sign now.
    func pen(of account: Account, office: Office, at now: Moment) throws(SigningError) -> Pen {
        if let bsre = settings.bsre {
            let signer = BSrESigner(bsre.service, signatory: .email(account.email), roots: bsre.roots)
            return Pen(signer: signer, needsSecret: true)
        }
        let keys = try keys()
        let entry = try current(.signing, of: Self.owner(account.id), in: keys, at: now)
        let stamper = stamper(of: office, in: keys, at: now)
        if let identity = opened(entry, in: keys) {
            return Pen(
                signer: OfficeSigner(identity, root: keys.root, revoked: keys.revoked, stamper: stamper),
                needsSecret: false)
        }
        return Pen(
            signer: OfficeSigner(
                try settings.folder.identity(entry.id), root: keys.root, revoked: keys.revoked, stamper: stamper),
            needsSecret: true)
    }

    /// The office's own mark on what no single official signs.
    func officePen(of office: Office, at now: Moment) throws(SigningError) -> Pen {
        let keys = try keys()
        let entry = try current(.signing, of: Self.owner(office), in: keys, at: now)
        guard let identity = opened(entry, in: keys) else { throw .wrongPassphrase }
        return Pen(
            signer: OfficeSigner(
                identity, root: keys.root, revoked: keys.revoked, stamper: stamper(of: office, in: keys, at: now)),
            needsSecret: false)
    }

    /// Without one signatures carry the portal's own clock only (PAdES B-B).
    private func stamper(of office: Office, in keys: Loaded, at now: Moment) -> (any TimeStamper)? {
        if let outside = settings.stamper { return outside }
        guard let entry = try? current(.stamping, of: Self.owner(office), in: keys, at: now),
            let identity = opened(entry, in: keys)
        else { return nil }
        return OfficeTimeStamper(identity, root: keys.root, revoked: keys.revoked)
    }

    /// The letter with its sealed address in place of the plain one.
    func sealed(
        _ document: LetterDocument, url: String, number: String, issuedOn day: Day, office: Office,
        maskedName: String, at now: Moment
    ) throws -> LetterDocument {
        let keys = try keys()
        let entry = try current(.sealing, of: Self.owner(office), in: keys, at: now)
        guard let identity = opened(entry, in: keys) else { throw SigningError.wrongPassphrase }
        let seal = LetterSeal(
            number: number, issuedOn: day, office: office.shortName, maskedName: maskedName, document: document)
        return document.withMark(url: try seal.sealed(url: url, with: identity))
    }

    /// Nil without keys: then files can only be compared with the issued ones.
    var check: LetterCheck? {
        guard let keys = try? keys() else { return nil }
        let roots = TrustedRoots(keys.root)
        return LetterCheck(
            roots: settings.bsre.map { roots + $0.roots } ?? roots, stampRoots: settings.stampRoots,
            revoked: keys.revoked)
    }

    /// What QR codes are checked with and what anybody may have; nil without keys.
    public var publicKeys: PublicKeys? {
        guard let keys = try? keys() else { return nil }
        return PublicKeys(
            root: keys.root, seals: keys.entries.filter { $0.use == .sealing }.map(\.certificate),
            revoked: keys.revoked)
    }
}
