/// A table as spreadsheets copy and export it: cells divided by tabs, semicolons or commas, quoted as in RFC 4180, 2.
/// A line with a broken quotation is taken as it stands, so that it harms no other line.
public struct DelimitedText: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        /// Counted from 1, blank lines included.
        public var number: Int
        public var raw: String
        /// Without blanks at their ends.
        public var cells: [String]
    }

    /// Lines with something in them.
    public private(set) var lines: [Line] = []

    /// Reads the encodings that spreadsheets write: UTF-8, UTF-16 with a byte order mark, else Windows-1252.
    /// - Returns: Nil for what is no text, such as a workbook.
    public static func decode(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let isLittle = bytes[0] == 0xFF
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
                let (low, high) = isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
                return UInt16(high) << 8 | UInt16(low)
            }
            return String(decoding: units, as: UTF16.self)
        }
        // No text has a NUL; workbooks and pictures have many.
        guard !bytes.contains(0) else { return nil }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        // Documents whose source is text: a PDF, and pages that call themselves workbooks.
        let head = String(decoding: content.prefix(40), as: UTF8.self).lowercased().drop(while: \.isWhitespace)
        guard !["%pdf", "{\\rtf", "<!doctype", "<html", "<?xml", "<table", "<meta"].contains(where: head.hasPrefix)
        else {
            return nil
        }
        return String(validating: content, as: UTF8.self) ?? windows1252(content)
    }

    public init(_ text: String) {
        var reader = Reader(text)
        while let line = reader.next() {
            if line.cells.contains(where: { !$0.isEmpty }) { lines.append(line) }
        }
    }

    /// A text as a cell that `init` reads back.
    public static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "\t" || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    /// The code page that Excel writes in Indonesia (WHATWG Encoding, windows-1252).
    private static func windows1252(_ bytes: ArraySlice<UInt8>) -> String {
        let high: [UInt32] = [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
            0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0x9D, 0x017E, 0x0178,
        ]
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? high[Int(byte) - 0x80] : UInt32(byte)
            if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

private struct Reader {
    private var scalars: [Unicode.Scalar] = []
    private var delimiter: Unicode.Scalar = "\t"
    private var at = 0
    private var number = 1

    /// A cell of more lines is a quotation that somebody forgot to close.
    private static let longestCell = 20

    init(_ text: String) {
        var previous: Unicode.Scalar?
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                scalars.append("\n")
            } else if !(scalar == "\n" && previous == "\r") && scalar != "\u{FEFF}" {
                scalars.append(scalar)
            }
            previous = scalar
        }
        let head = scalars.prefix(50_000).split(separator: "\n").prefix(50)
        // Excel's own way of naming the delimiter.
        if let first = head.first, first.count == 5, String(String.UnicodeScalarView(first)).hasPrefix("sep="),
            let named = first.last
        {
            delimiter = named
            at = 6
            number = 2
        } else {
            delimiter = Self.delimiter(of: head)
        }
    }

    /// The one that stands in most lines; a tab before a semicolon before a comma.
    private static func delimiter(of lines: ArraySlice<ArraySlice<Unicode.Scalar>>) -> Unicode.Scalar {
        var best: (scalar: Unicode.Scalar, lines: Int) = ("\t", 0)
        for candidate in ["\t", ";", ","] as [Unicode.Scalar] {
            let count = lines.count { $0.contains(candidate) }
            if count > best.lines { best = (candidate, count) }
        }
        return best.scalar
    }

    mutating func next() -> DelimitedText.Line? {
        guard at < scalars.count else { return nil }
        let start = at
        let first = number
        var cells: [String] = []
        if let quoted = record() {
            cells = quoted
        } else {
            let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
            cells = scalars[start..<end].split(separator: delimiter, omittingEmptySubsequences: false).map(Self.text)
            at = end
            number = first
        }
        let raw = String(String.UnicodeScalarView(scalars[start..<at]))
        at += 1
        number += 1
        return DelimitedText.Line(number: first, raw: raw, cells: cells)
    }

    /// Cells up to the end of the line; nil when a quotation is not closed as it should be.
    private mutating func record() -> [String]? {
        var cells: [String] = []
        while true {
            if at < scalars.count, scalars[at] == "\"" {
                guard let cell = quotation() else { return nil }
                cells.append(Self.text(cell[...]))
            } else {
                let start = at
                while at < scalars.count, scalars[at] != delimiter, scalars[at] != "\n" { at += 1 }
                cells.append(Self.text(scalars[start..<at]))
            }
            guard at < scalars.count, scalars[at] == delimiter else { return cells }
            at += 1
        }
    }

    private mutating func quotation() -> [Unicode.Scalar]? {
        var cell: [Unicode.Scalar] = []
        var lines = 0
        at += 1
        while at < scalars.count {
            let scalar = scalars[at]
            at += 1
            if scalar == "\"" {
                guard at < scalars.count, scalars[at] == "\"" else {
                    let isClosed = at >= scalars.count || scalars[at] == delimiter || scalars[at] == "\n"
                    return isClosed ? cell : nil
                }
                at += 1
            } else if scalar == "\n" {
                lines += 1
                number += 1
                guard lines < Self.longestCell else { return nil }
            }
            cell.append(scalar)
        }
        return nil
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var part = scalars
        while let first = part.first, first.properties.isWhitespace { part.removeFirst() }
        while let last = part.last, last.properties.isWhitespace { part.removeLast() }
        return String(String.UnicodeScalarView(part))
    }
}
