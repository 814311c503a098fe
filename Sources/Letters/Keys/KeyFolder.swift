import Glibc
public import Permits

/// Keys and certificates on the disk, one folder for the portal:
///
///     root.pem                    the office root's certificate
///     root.key.pem                its key, encrypted; only where the root is kept, never on the server
///     revoked.crl.pem             the list of revoked certificates
///     signing-NAME-0a1b2c3d.pem   certificate of a signatory, and beside it ...key.pem, encrypted
///     sealing-, stamping-         the same for QR codes and time stamps
///
/// NAME is a label of the portal's choice (letters, digits, hyphens), the rest the start of the serial number. Nothing
/// is ever overwritten but the list; a renewed key lies beside the old one. The folder is 0700 and the keys are 0600.
public struct KeyFolder: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// What lies in the folder, by file name without the endings.
    public struct Entry: Sendable, Equatable {
        public let id: String
        public let use: KeyUse
        /// NAME of the file; empty for the root.
        public let owner: String
        public let certificate: OfficeCertificate
    }

    /// Throws `SigningError.keyMissing` or `.keyDamaged`.
    public func root() throws(SigningError) -> OfficeCertificate {
        let certificate = try OfficeCertificate(pem: text("root.pem"))
        guard certificate.use == .root, certificate.isIssued(by: certificate) else { throw .certificateWrongUse }
        return certificate
    }

    /// Nil when there is no list. Throws when there is one that the root has not signed: it must not be passed over.
    public func revocations(root: OfficeCertificate) throws(SigningError) -> RevocationList? {
        guard access(file("revoked.crl.pem"), F_OK) == 0 else { return nil }
        return try RevocationList(pem: text("revoked.crl.pem"), root: root)
    }

    /// All issued certificates, the latest last. A file that cannot be read is an error that names it.
    public func entries() throws(SigningError) -> [Entry] {
        var entries: [Entry] = []
        for name in try names() where name.hasSuffix(".pem") && !name.hasSuffix(".key.pem") {
            guard let (use, owner) = Self.parts(name) else { continue }
            let certificate = try OfficeCertificate(pem: text(name))
            guard certificate.use == use else { throw .certificateWrongUse }
            entries.append(Entry(id: String(name.dropLast(4)), use: use, owner: owner, certificate: certificate))
        }
        return entries.sorted { ($0.certificate.validFrom, $0.id) < ($1.certificate.validFrom, $1.id) }
    }

    /// The newest key of an owner that may be used at this time; nil when there is none.
    public func current(
        _ use: KeyUse, of owner: String, root: OfficeCertificate, at now: Moment
    ) throws(SigningError) -> StoredIdentity? {
        let revoked = try revocations(root: root)
        for entry in try entries().reversed() where entry.use == use && entry.owner == owner {
            do {
                try entry.certificate.checkUse(use, root: root, revoked: revoked, at: now)
            } catch {
                continue
            }
            return try identity(entry.id)
        }
        return nil
    }

    /// `id` is `root` or that of an entry.
    public func identity(_ id: String) throws(SigningError) -> StoredIdentity {
        guard id == "root" || Self.parts(id + ".pem") != nil else { throw .keyMissing }
        return StoredIdentity(
            certificate: try OfficeCertificate(pem: text("\(id).pem")),
            key: try EncryptedKey(pem: text("\(id).key.pem")))
    }

    /// Keeps a new key and returns its id. Throws `SigningError.keyNotKept`, also where there is a root already.
    @discardableResult
    public func add(_ identity: StoredIdentity, owner: String = "") throws(SigningError) -> String {
        let use = identity.certificate.use
        let id = use == .root ? "root" : "\(use.rawValue)-\(owner)-\(identity.certificate.serialText.prefix(8))"
        guard use == .root || Self.parts(id + ".pem") != nil else { throw .keyNotKept }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .keyNotKept }
        // The key first: a certificate without its key would look usable.
        try write(identity.key.pem, to: "\(id).key.pem", mode: 0o600)
        try write(identity.certificate.pem, to: "\(id).pem", mode: 0o644)
        return id
    }

    /// Keeps the root's certificate without its key, for a portal whose root lies elsewhere.
    /// Throws `SigningError.keyNotKept`.
    public func addRoot(_ certificate: OfficeCertificate) throws(SigningError) {
        guard certificate.use == .root else { throw .certificateWrongUse }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .keyNotKept }
        try write(certificate.pem, to: "root.pem", mode: 0o644)
    }

    /// Replaces the list.
    public func keep(_ list: RevocationList) throws(SigningError) {
        let new = ".revoked.\(hexadecimal(randomBytes(8)))"
        try write(list.pem, to: new, mode: 0o644)
        guard rename(file(new), file("revoked.crl.pem")) == 0 else { throw .keyNotKept }
    }

    /// `signing-ratna-0a1b2c3d.pem` to its use and owner.
    private static func parts(_ name: String) -> (use: KeyUse, owner: String)? {
        let parts = name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let use = KeyUse(rawValue: String(parts[0])), use != .root,
            let serial = parts.last, serial.utf8.count == 8
        else { return nil }
        let owner = parts.dropFirst().dropLast().joined(separator: "-")
        let isPlain = name.dropLast(4).utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
        }
        return isPlain && !owner.isEmpty ? (use, owner) : nil
    }

    private func file(_ name: String) -> String { "\(path)/\(name)" }

    private func text(_ name: String) throws(SigningError) -> String {
        guard let bytes = readFile(file(name)) else { throw .keyMissing }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func names() throws(SigningError) -> [String] {
        guard let folder = opendir(path) else { throw .keyMissing }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted()
    }

    /// On the disk before it returns, and never over another file.
    private func write(_ text: String, to name: String, mode: mode_t) throws(SigningError) {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .keyNotKept }
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        guard close(descriptor) == 0, isWritten else {
            unlink(file(name))
            throw .keyNotKept
        }
    }
}
