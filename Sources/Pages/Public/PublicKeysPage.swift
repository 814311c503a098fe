public import Mustache

/// What anybody needs to check letters and QR codes without the portal, and how.
public struct PublicKeysPage: Page {
    public static let template = "public/public-keys"

    /// Empty where no key was made yet.
    public var files: [PublicKeyFile]
    public var hasKeys: Bool
    public var certificates: [PublicCertificate]
    public var backPath: String

    public init(files: [PublicKeyFile], certificates: [PublicCertificate], backPath: String) {
        self.files = files
        hasKeys = !files.isEmpty
        self.certificates = certificates
        self.backPath = backPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "files": files
        case "certificates": certificates
        case "backPath": backPath
        case "hasKeys": hasKeys
        default: nil
        }
    }
}

/// A file to be downloaded.
public struct PublicKeyFile: MustacheParent, Sendable {
    /// Also its name in the address.
    public var name: String
    public var path: String
    /// What is in it and for whom.
    public var text: String

    public init(name: String, path: String, text: String) {
        self.name = name
        self.path = path
        self.text = text
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "path": path
        case "text": text
        default: nil
        }
    }
}

/// A certificate of the office, as people compare it.
public struct PublicCertificate: MustacheParent, Sendable {
    /// What it is for.
    public var use: String
    public var office: String
    public var valid: String
    public var tag: TagModel
    /// Hexadecimal, in groups.
    public var fingerprint: String

    public init(use: String, office: String, valid: String, tag: TagModel, fingerprint: String) {
        self.use = use
        self.office = office
        self.valid = valid
        self.tag = tag
        self.fingerprint = fingerprint
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "use": use
        case "office": office
        case "valid": valid
        case "tag": tag
        case "fingerprint": fingerprint
        default: nil
        }
    }
}
