import Pages
import Permits
import Store

/// An address and its password, as they prove who somebody is. Wherever they are asked for, it takes as long and uses up
/// the same tries: no place is a second one to guess at.
enum LogInCheck {
    /// - Returns: Nil when they do not belong together, whether or not the address has an account.
    /// - Throws: `TooManyTries`.
    static func credentials(_ email: String, _ password: String, _ context: Context) throws -> Credentials? {
        let rates = context.site.settings.rates
        try context.site.limit("log in from", context.network, rates.logInByAddress)
        // Strict for one address, wide for all of them: a stranger far away cannot lock somebody out.
        try context.site.limit("log in as", pair(email, context), rates.logInByEmail)
        try context.site.limit("log in anywhere as", email.lowercased(), rates.logInByEmailAnywhere)
        guard password.utf8.count <= Password.maximumBytes, let known = try context.store.credentials(email: email)
        else {
            try context.site.hasher.pretend(String(password.prefix(Password.maximumBytes)))
            return nil
        }
        return try context.site.hasher.verify(password, against: known.passwordHash) ? known : nil
    }

    /// Gives the tries back after a success.
    static func forgive(_ email: String, _ context: Context) {
        context.site.limiter.reset("log in as \(pair(email, context))")
    }

    private static func pair(_ email: String, _ context: Context) -> String {
        "\(context.network) \(email.lowercased())"
    }
}
