/// How a browser treats a download.
public enum Disposition: String, Sendable {
    case inline, attachment
}

/// A `Content-Disposition` value with the name for every browser: plain ASCII, and UTF-8 as `filename*` when that
/// differs (RFC 6266, RFC 8187). Control characters and path separators become `_`.
public func contentDisposition(_ disposition: Disposition, filename: String) -> String {
    let name = String(
        String.UnicodeScalarView(
            filename.unicodeScalars.map { scalar in
                let unsafe =
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || "/\\".unicodeScalars.contains(scalar)
                // Direction marks could make "gpj.exe" read as "exe.jpg".
                let turnsText = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                return unsafe || turnsText ? "_" : scalar
            }))
    var plain = ""
    for scalar in name.unicodeScalars {
        // A quote or percent sign is legal when escaped, but browsers disagree on how to undo it.
        plain.unicodeScalars.append(scalar.isASCII && !"\"%".unicodeScalars.contains(scalar) ? scalar : "_")
    }
    let value = "\(disposition.rawValue); filename=\"\(plain)\""
    guard plain != name else { return value }
    var extended = ""
    for byte in name.utf8 {
        // attr-char of RFC 8187: a token character that is none of * ' %.
        if byte.isToken, byte != 0x2A, byte != 0x27, byte != 0x25 {
            extended.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            extended += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return value + "; filename*=UTF-8''" + extended
}
