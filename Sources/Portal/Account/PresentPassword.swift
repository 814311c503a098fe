import HTTPServer
import Pages
import Permits
import Store

/// The password of now, asked for again before something that whoever holds the phone for a moment must not do.
enum PresentPassword {
    enum Outcome {
        case right(hash: String)
        case wrong(fault: String, status: Int)
    }

    static func check(_ context: Context) throws -> Outcome {
        let account = try context.viewer().account
        let typed = context.form[AccessField.password.rawValue] ?? ""
        do {
            try context.site.limit(
                "password of", "\(account.value)", context.site.settings.rates.presentPassword)
        } catch {
            return .wrong(fault: context.texts.tooManyTries(seconds: error.seconds), status: 429)
        }
        guard typed.utf8.count <= Password.maximumBytes, let known = try context.store.credentials(of: account),
            try context.site.hasher.verify(typed, against: known.passwordHash)
        else { return .wrong(fault: context.texts("problem.wrongPresentPassword"), status: 422) }
        context.site.limiter.reset("password of \(account.value)")
        return .right(hash: known.passwordHash)
    }
}
