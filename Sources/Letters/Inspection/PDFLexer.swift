/// Cuts PDF syntax into tokens (ISO 32000-1, 7.2 and 7.3), as lenient as viewers are: what one of them might read as a
/// name must be read as a name here.
struct PDFLexer {
    enum Token: Equatable {
        case end
        /// Syntax that no reader can go on from with certainty.
        case broken
        case dictionaryStart, dictionaryEnd, arrayStart, arrayEnd
        case name(PDFKey)
        case integer(Int)
        case string
        case reference, object, objectEnd, stream, streamEnd
        /// Other numbers, `true`, `false` and `null`.
        case word
        case unknown
    }

    let bytes: ByteView
    private(set) var at: Int

    init(_ bytes: ByteView, at: Int) {
        self.bytes = bytes
        self.at = at
    }

    mutating func next() -> Token {
        skipBlanks()
        guard at < bytes.count else { return .end }
        let byte = bytes[at]
        at += 1
        switch byte {
        case 0x2F: return name()
        case 0x28: return skipString() ? .string : .broken
        case 0x3C:
            if bytes[at] == 0x3C {
                at += 1
                return .dictionaryStart
            }
            guard let end = bytes.first(0x3E, from: at) else {
                at = bytes.count
                return .broken
            }
            at = end + 1
            return .string
        case 0x3E:
            guard bytes[at] == 0x3E else { return .broken }
            at += 1
            return .dictionaryEnd
        case 0x5B: return .arrayStart
        case 0x5D: return .arrayEnd
        case 0x29, 0x7B, 0x7D: return .broken
        default: return word(from: at - 1)
        }
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            let byte = bytes[at]
            if Self.isBlank(byte) {
                at += 1
            } else if byte == 0x25 {
                while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
            } else {
                return
            }
        }
    }

    /// Behind the slash. `#4a` stands for J. Where viewers read different names, the worst of them counts.
    private mutating func name() -> Token {
        let start = at
        var name = PackedName()
        var isTorn = false
        while at < bytes.count, case var byte = bytes[at], Self.isRegular(byte) {
            at += 1
            if byte == 0x23 {
                if let high = Self.digit(bytes[at]), let low = Self.digit(bytes[at + 1]), high | low != 0 {
                    byte = high << 4 | low
                    at += 2
                } else {
                    isTorn = true
                }
            } else if Self.isBlankToSome(byte) {
                isTorn = true
            }
            name.append(byte)
        }
        guard isTorn else { return .name(PDFKey.named(name)) }
        return TornName(bytes, start..<at).key.map { .name($0) } ?? .broken
    }

    /// Behind the opening parenthesis. Inner ones are balanced or escaped.
    private mutating func skipString() -> Bool {
        var depth = 1
        while at < bytes.count {
            switch bytes[at] {
            case 0x5C: at += 1
            case 0x28: depth += 1
            case 0x29:
                depth -= 1
                if depth == 0 {
                    at += 1
                    return true
                }
            default: break
            }
            at += 1
        }
        return false
    }

    private mutating func word(from start: Int) -> Token {
        var isTorn = false
        at = start
        while at < bytes.count, case let byte = bytes[at], Self.isRegular(byte) {
            isTorn = isTorn || Self.isBlankToSome(byte)
            at += 1
        }
        // Some viewers see one word here and some two.
        if isTorn || Self.isNumeral(bytes[start]) && bytes[start] | 0x20 != 0x65 && !isNumeral(start..<at) {
            return .broken
        }
        var value = 0
        let isSigned = bytes[start] == 0x2D || bytes[start] == 0x2B
        let digits = isSigned ? start + 1 : start
        if digits < at, at - digits <= 15 {
            var index = digits
            while index < at, case let byte = bytes[index], byte >= 0x30, byte <= 0x39 {
                value = value * 10 + Int(byte - 0x30)
                index += 1
            }
            if index == at { return .integer(bytes[start] == 0x2D ? -value : value) }
        }
        // Pdfium knows no exponents.
        if Self.isNumeral(bytes[start]), (start..<at).allSatisfy({ bytes[$0] | 0x20 != 0x65 }) { return .word }
        switch at - start {
        case 1 where bytes[start] == 0x52: return .reference
        case 3 where bytes.has("obj", at: start): return .object
        case 4 where bytes.has("true", at: start) || bytes.has("null", at: start): return .word
        case 5 where bytes.has("false", at: start): return .word
        case 6 where bytes.has("stream", at: start): return .stream
        case 6 where bytes.has("endobj", at: start): return .objectEnd
        case 9 where bytes.has("endstream", at: start): return .streamEnd
        default: return .unknown
        }
    }

    /// Viewers differ in where a number such as `1-2` or `0R` ends; this one has nothing in it but what numbers have.
    private func isNumeral(_ range: Range<Int>) -> Bool { range.allSatisfy { Self.isNumeral(bytes[$0]) } }

    /// What some viewer reads within a number: digits, signs, the point, the exponent.
    static func isNumeral(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
        default: false
        }
    }

    /// Regular characters that pdfium, the viewer of Chromium, takes for blanks.
    @inline(__always) static func isBlankToSome(_ byte: UInt8) -> Bool { byte == 0x80 || byte == 0xFF }

    @inline(__always) static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
    }

    @inline(__always) static func isRegular(_ byte: UInt8) -> Bool {
        if byte > 0x7D || byte > 0x5D && byte < 0x7B { return true }
        switch byte {
        case 0, 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0x25, 0x28, 0x29, 0x2F, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D: return false
        default: return true
        }
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
