import HTTPServer
import Pages
import Permits

/// Cookies of the portal. Over TLS their names have the `__Host-` prefix (RFC 6265bis, 4.1.3.2): no other host can set them.
enum Cookies {
    private static func name(_ base: String, _ site: Site) -> String {
        site.settings.isSecure ? "__Host-\(base)" : base
    }

    /// The session's token.
    static func session(_ head: RequestHead, _ site: Site) -> [UInt8]? {
        head.cookies[name("sesi", site)].flatMap { Token.bytes($0, count: 32) }
    }

    /// The key of the forms of somebody who is not logged in.
    static func guest(_ head: RequestHead, _ site: Site) -> [UInt8]? {
        head.cookies[name("tamu", site)].flatMap { Token.bytes($0, count: 32) }
    }

    static func setSession(_ token: [UInt8], _ site: Site) -> String { set("sesi", Token.text(token), site) }
    static func setGuest(_ key: [UInt8], _ site: Site) -> String { set("tamu", Token.text(key), site) }
    /// What just happened, for the next page. It lives as long as a redirect takes.
    /// - Parameter counts: What its sentence counts.
    static func setNotice(_ notice: NoticeText, counts: [Int] = [], _ site: Site) -> String {
        set("pesan", ([notice.rawValue] + counts.map(String.init)).joined(separator: "."), site) + "; Max-Age=60"
    }
    static func clearNotice(_ site: Site) -> String { set("pesan", "", site) + "; Max-Age=0" }
    static func notice(_ head: RequestHead, _ site: Site) -> NoticeText? {
        head.cookies[name("pesan", site)].flatMap { $0.split(separator: ".").first }
            .flatMap { NoticeText(rawValue: String($0)) }
    }
    /// The notice as people read it.
    static func notice(_ head: RequestHead, texts: Texts, _ site: Site) -> Notice? {
        guard let notice = notice(head, site) else { return nil }
        let counts = (head.cookies[name("pesan", site)] ?? "").split(separator: ".").dropFirst().map { Int($0) ?? 0 }
        let values = Dictionary(zip(["rows", "faulty", "added"], counts.map { "\($0)" })) { first, _ in first }
        return Notice(tone: notice.tone, text: notice.sentence(texts, values))
    }

    /// The language that was chosen in this browser, for a year.
    static func setLanguage(_ language: Language, _ site: Site) -> String {
        set("bahasa", language.rawValue, site) + "; Max-Age=31536000"
    }
    static func language(_ head: RequestHead, _ site: Site) -> Language? {
        head.cookies[name("bahasa", site)].flatMap { Language(rawValue: $0) }
    }

    /// A half-filled form that somebody opened before they had an account: an address of ours and nothing that the link
    /// did not say. For two days, as long as an activation may take.
    static func setLinkedForm(_ link: Link, _ site: Site) -> String {
        set("isian", link.path, site) + "; Max-Age=172800"
    }
    /// The service from which somebody went to sign up, kept in the same place: the last one is the one they want.
    /// - Returns: Nil for any other address.
    static func setWayBack(_ path: String, _ site: Site) -> String? {
        guard let path = AccessRoutes.safePath(path), isWayBack(path) else { return nil }
        return set("isian", path, site) + "; Max-Age=172800"
    }
    static func clearLinkedForm(_ site: Site) -> String { set("isian", "", site) + "; Max-Age=0" }
    static func wayBack(_ head: RequestHead, _ site: Site) -> String? {
        head.cookies[name("isian", site)].flatMap(AccessRoutes.safePath).flatMap { isWayBack($0) ? $0 : nil }
    }

    /// A half-filled form, which ends when it is used; else a service, which is led to once.
    static func isLinkedForm(_ path: String) -> Bool { path.contains("/ajukan?") }

    /// Without what would end a cookie's value (RFC 6265, 4.1.1).
    private static func isWayBack(_ path: String) -> Bool {
        path.hasPrefix("/layanan/") && !path.contains { ";,\"\\".contains($0) }
    }

    static func clearSession(_ site: Site) -> String { set("sesi", "", site) + "; Max-Age=0" }

    private static func set(_ base: String, _ value: String, _ site: Site) -> String {
        "\(name(base, site))=\(value); Path=/; HttpOnly; SameSite=Lax\(site.settings.isSecure ? "; Secure" : "")"
    }
}
