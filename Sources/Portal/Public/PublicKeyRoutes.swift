import HTTPServer
import Letters
import Pages
import Permits

/// The office's public keys: open to anybody, for checks without the portal.
enum PublicKeyRoutes {
    static let table: [Route] = [
        .get("/verifikasi/kunci-publik", access: .anyone, page),
        .get("/verifikasi/kunci-publik/:key", access: .anyone, file),
    ]

    private enum File: String, CaseIterable {
        case all = "public-keys.pem"
        case root = "root.pem"
        case list = "revoked.crl.pem"

        /// Nil where there is nothing to put into it.
        func text(_ keys: PublicKeys) -> String? {
            switch self {
            case .all: keys.pem
            case .root: keys.roots.first?.pem
            case .list: keys.revoked?.pem
            }
        }
    }

    @Sendable static func page(_ context: Context) throws -> Reply {
        let back = Link.verificationStart.path
        guard let keys = context.site.desk.publicKeys else {
            return .page(PublicKeysPage(files: [], certificates: [], backPath: back))
        }
        let texts = context.texts
        let until = keys.revoked.map { texts.formats.date($0.nextUpdate.day) } ?? ""
        return .page(
            PublicKeysPage(
                files: File.allCases.filter { $0.text(keys) != nil }.map { file in
                    PublicKeyFile(
                        name: file.rawValue, path: Link.publicKeyFile(file.rawValue).path,
                        text: texts("publicKeys.file.\(file)", ["until": until]))
                },
                certificates: (keys.roots + keys.seals.reversed()).map {
                    PublicCertificate($0, keys, now: context.now, texts: texts)
                }, backPath: back))
    }

    @Sendable static func file(_ context: Context) throws -> Reply {
        guard let file = File(rawValue: try context.parameter("key")), let keys = context.site.desk.publicKeys,
            let text = file.text(keys)
        else { throw PermitError.notFound }
        return .saved(text, mediaType: "application/x-pem-file", filename: file.rawValue)
    }
}

extension PublicCertificate {
    fileprivate init(_ certificate: OfficeCertificate, _ keys: PublicKeys, now: Moment, texts: Texts) {
        let entry = keys.revoked?.entry(of: certificate)
        let tag: TagModel
        if let entry {
            let values = ["day": texts.formats.date(entry.revokedAt.day), "reason": texts(entry.reason.textKey)]
            tag = TagModel(label: texts("publicKeys.revoked", values), tone: .bad)
        } else if now > certificate.validUntil {
            tag = TagModel(label: texts("publicKeys.expired"), tone: .neutral)
        } else {
            tag = TagModel(label: texts("publicKeys.good"), tone: .good)
        }
        let days = [certificate.validFrom, certificate.validUntil].map { texts.formats.date($0.day) }
        self.init(
            use: texts(certificate.use == .root ? "publicKeys.use.root" : "publicKeys.use.sealing"),
            office: certificate.organization,
            valid: texts("publicKeys.days", ["from": days[0], "until": days[1]]), tag: tag,
            fingerprint: certificate.fingerprint)
    }
}

extension RevocationList.Reason {
    var textKey: String { "revocationReason.\(self)" }
}
