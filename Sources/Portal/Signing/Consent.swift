import HTTPServer
import Letters
import Pages
import Permits
import Store

/// A signatory's consent to one signature: their log-in password, or the passphrase that only they know.
struct Consent {
    let context: Context
    let pen: SigningDesk.Pen

    /// - Throws: `SigningError`, why this signatory cannot sign now whatever they type.
    init(_ context: Context, office: Office) throws {
        self.context = context
        guard let account = try context.store.credentials(of: context.viewer().account)?.account else {
            throw PermitError.forbidden
        }
        pen = try context.site.desk.pen(of: account, office: office, at: context.now)
    }

    /// What letters are made with; nil when what was typed is wrong. A passphrase shows itself to be wrong only when it
    /// is used: then the press throws.
    func press() throws -> LetterPress? {
        let viewer = try context.viewer()
        guard pen.needsSecret else {
            guard try Self.isOwnPassword(viewer, context) else { return nil }
            return LetterPress(site: context.site, pen: pen, secret: "", now: context.now)
        }
        try context.site.limit("sign as", "\(viewer.account.value)", context.site.settings.rates.signing)
        let secret = context.form[AccessField.password.rawValue] ?? ""
        guard !secret.isEmpty, secret.utf8.count <= 1024 else { return nil }
        return LetterPress(site: context.site, pen: pen, secret: secret, now: context.now)
    }

    /// A wrong passphrase stands beside its field; every other reason is no fault of what was typed.
    static func isWrongSecret(_ error: SigningError) -> Bool {
        [.wrongPassphrase, .providerWrongPassphrase].contains(error)
    }

    static func isOwnPassword(_ viewer: Viewer, _ context: Context) throws -> Bool {
        try context.site.limit("sign as", "\(viewer.account.value)", context.site.settings.rates.signing)
        let password = context.form[AccessField.password.rawValue] ?? ""
        guard !password.isEmpty, password.utf8.count <= Password.maximumBytes,
            let known = try context.store.credentials(of: viewer.account)
        else { return false }
        let isRight = try context.site.hasher.verify(password, against: known.passwordHash)
        if isRight { context.site.limiter.reset("sign as \(viewer.account.value)") }
        return isRight
    }
}
