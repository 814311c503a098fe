/// What stands before the word `obj`, read backwards and as leniently as any viewer reads it forwards: number and
/// generation with blanks and comments between them.
struct PDFLabel {
    /// Whether a viewer may take this for the beginning of an object.
    let isPossible: Bool
    /// The object's number, `12 0 obj`; nil where it is written so that viewers may read different ones.
    let number: Int?
    /// Bytes that were passed over.
    let length: Int

    private struct Numeral {
        let range: Range<Int>
        let isPlain: Bool
    }

    /// - Parameter found: Where `obj` begins.
    init(before found: Int, in bytes: ByteView) {
        var reader = Reader(bytes: bytes, at: found)
        var number: Int?
        var isOnNewLine = reader.skipBlanks()
        if let generation = reader.numeral() {
            isOnNewLine = reader.skipBlanks()
            let end = reader.at
            let first = reader.numeral()
            if let first, first.isPlain, first.range.count <= 10, generation.isPlain, end < generation.range.lowerBound
            {
                number = first.range.reduce(0) { $0 * 10 + Int(bytes[$1] - 0x30) }
            }
            // "1.0" and "1+0" are two numbers to some.
            isPossible =
                first != nil || !generation.isPlain
                || isOnNewLine && reader.skipToNumberBehindComments()
        } else {
            isPossible = isOnNewLine && reader.skipToNumberBehindComments()
        }
        self.number = number
        length = found - reader.at
    }

    private struct Reader {
        let bytes: ByteView
        /// What stands before this is still to be read.
        var at: Int

        /// Whether there was the end of a line, and so perhaps of a comment.
        @discardableResult mutating func skipBlanks() -> Bool {
            var hasLineEnd = false
            while at > 0, case let byte = bytes[at - 1], PDFLexer.isBlank(byte) || PDFLexer.isBlankToSome(byte) {
                hasLineEnd = hasLineEnd || byte == 0x0A || byte == 0x0D
                at -= 1
            }
            return hasLineEnd
        }

        mutating func numeral() -> Numeral? {
            let end = at
            var isPlain = true
            var hasDigit = false
            while at > 0, case let byte = bytes[at - 1], PDFLexer.isNumeral(byte) {
                at -= 1
                let isDigit = byte >= 0x30 && byte <= 0x39
                isPlain = isPlain && isDigit
                hasDigit = hasDigit || isDigit
            }
            return hasDigit ? Numeral(range: at..<end, isPlain: isPlain) : nil
        }

        /// Whether there is a number when comments are passed over. Where a comment begins is not known for certain, as
        /// a percent sign may also stand in a string: any on the line will do.
        mutating func skipToNumberBehindComments() -> Bool {
            while true {
                var firstPercent: Int?
                while at > 0, bytes[at - 1] != 0x0A, bytes[at - 1] != 0x0D {
                    at -= 1
                    guard bytes[at] == 0x25 else { continue }
                    firstPercent = at
                    var before = self
                    before.skipBlanks()
                    if before.at > 0, PDFLexer.isNumeral(bytes[before.at - 1]) { return true }
                }
                // The line before may be the comment's only when nothing but the comment is on this one.
                guard let firstPercent, (at..<firstPercent).allSatisfy({ PDFLexer.isBlank(bytes[$0]) }) else {
                    return false
                }
                skipBlanks()
                if at == 0 { return false }
            }
        }
    }
}
