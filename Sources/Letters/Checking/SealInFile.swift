import Foundation
import Permits

/// Ties a signed file to the QR code on paper: the file's metadata hold the whole text of its code, under the signature.
public enum SealInFile {
    /// Dublin Core's identifier, one of the properties that PDF/A knows without a schema of its own (ISO 19005-2,
    /// 6.6.2.3.1).
    static let tag = "dc:identifier"

    private static let maximumBytes = 4096

    /// The text of the code, out of the uncompressed metadata. Nil when there is none, or more than one: then nobody
    /// could say which is meant. Only worth something once the file's signature was found to cover all of it.
    public static func text(in bytes: [UInt8]) -> String? {
        let data = Data(bytes)
        guard let start = data.range(of: Data("<\(tag)>".utf8)),
            data.range(of: Data("<\(tag)>".utf8), in: start.upperBound..<data.endIndex) == nil,
            let end = data.range(of: Data("</\(tag)>".utf8), in: start.upperBound..<data.endIndex),
            end.lowerBound - start.upperBound <= maximumBytes,
            let text = String(data: data[start.upperBound..<end.lowerBound], encoding: .utf8)
        else { return nil }
        return text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
    }
}
