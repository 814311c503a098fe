public import HTTPTypes

/// What every peer answers: 2 KiB of text with the fields that the portal puts on its pages.
public enum Answer {
    public static let body = [UInt8](repeating: UInt8(ascii: "a"), count: 2047) + [UInt8(ascii: "\n")]

    public static let fields: HTTPFields = {
        var fields: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .contentSecurityPolicy:
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
        ]
        for name in ["Referrer-Policy", "Cross-Origin-Opener-Policy"] {
            if let name = HTTPField.Name(name) { fields[name] = "same-origin" }
        }
        return fields
    }()
}
