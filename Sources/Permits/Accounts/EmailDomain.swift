/// Slips in the domains of large providers: `gmial.com`. Only ever a question, as any domain may exist.
public enum EmailDomain {
    private static let known = [
        "gmail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "hotmail.com", "outlook.com", "icloud.com",
    ]
    /// Near to one of them, and meant.
    private static let others: Set<String> = ["mail.com", "email.com", "gmx.com", "yahoo.co.in", "yahoo.co.uk"]

    /// The whole address as it may be meant: one slip away; nil when there is nothing to ask.
    public static func meant(by email: String) -> String? {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let domain = parts[1].lowercased()
        guard !known.contains(domain), !others.contains(domain) else { return nil }
        return known.first { EditDistance.isWithin(1, Array($0.utf8), Array(domain.utf8)) }.map { "\(parts[0])@\($0)" }
    }
}
