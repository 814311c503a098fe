/// What the file says about itself. Info and XMP must agree in PDF/A (ISO 19005-2, 6.6).
struct Metadata {
    let title: String
    let author: String
    let subject: String
    let keywords: String
    /// Text of the QR code: what is signed in the file and what is printed on paper name each other by it.
    var identifier: String?
    let language: String
    let created: LocalTime
    let profile: ArchiveProfile

    static let producer = "Suratizin"

    /// Blanks and control characters become single spaces: XML cannot carry the latter, and Info must say the same.
    static func oneLine(_ text: String) -> String {
        let words = text.unicodeScalars.split { scalar in
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
                || scalar.properties.isNoncharacterCodePoint
        }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    var info: PDFValue {
        .dictionary([
            "Title": .text(title), "Author": .text(author), "Subject": .text(subject), "Keywords": .text(keywords),
            "Creator": .text(Self.producer), "Producer": .text(Self.producer),
            "CreationDate": .text(created.pdf), "ModDate": .text(created.pdf),
        ])
    }

    var xmp: [UInt8] {
        Array(
            """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:format>application/pdf</dc:format>\(identifierElement)
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(xml(title))</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>\(xml(author))</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">\(xml(subject))</rdf:li></rdf:Alt></dc:description>
            <dc:language><rdf:Bag><rdf:li>\(xml(language))</rdf:li></rdf:Bag></dc:language>
            </rdf:Description>
            <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <xmp:CreatorTool>\(Self.producer)</xmp:CreatorTool>
            <xmp:CreateDate>\(created.iso)</xmp:CreateDate>
            <xmp:ModifyDate>\(created.iso)</xmp:ModifyDate>
            </rdf:Description>
            <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <pdf:Producer>\(Self.producer)</pdf:Producer>
            <pdf:Keywords>\(xml(keywords))</pdf:Keywords>
            </rdf:Description>
            <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <pdfaid:part>\(profile.part)</pdfaid:part>
            <pdfaid:conformance>\(profile.conformance)</pdfaid:conformance>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """.utf8)
    }

    private var identifierElement: String {
        identifier.map { "\n<\(SealInFile.tag)>\(xml($0))</\(SealInFile.tag)>" } ?? ""
    }

    private func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Which archive standard the file claims.
enum ArchiveProfile: Sendable {
    /// ISO 19005-2 level A: what we issue.
    case a2a
    /// ISO 19005-1 level B: only for tests, because the one free checker in Debian (PDFBox Preflight) knows no other.
    case a1b

    var part: Int { self == .a2a ? 2 : 1 }
    var conformance: String { self == .a2a ? "A" : "B" }
    var pdfVersion: String { self == .a2a ? "1.7" : "1.4" }
}

/// Civil time in Jakarta: UTC+7 all year.
struct LocalTime {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    init(secondsSince1970: Int64) {
        // Beyond these years a date has no four digits; a clock that wrong must not stop a letter.
        let bounded = Int(min(max(secondsSince1970, 0), 253_402_000_000)) + 7 * 3600
        let seconds = bounded % 86_400
        // Days to a civil date by eras of 400 years that start on 1 March.
        let shifted = bounded / 86_400 + 719_468
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = shifted / 146_097 * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        hour = seconds / 3600
        minute = seconds / 60 % 60
        second = seconds % 60
    }

    var pdf: String { "D:\(year)\(two(month))\(two(day))\(two(hour))\(two(minute))\(two(second))+07'00'" }
    var iso: String { "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))+07:00" }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
