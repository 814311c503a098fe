/// A value as a tree, for the few dictionaries that must be understood and not only walked.
indirect enum PDFNode {
    case name(PDFKey)
    case integer(Int)
    /// Number of the object.
    case reference(Int)
    case array([PDFNode])
    case dictionary([(key: PDFKey, value: PDFNode)])
    case other

    /// Every value under a key: where one stands twice, viewers differ in which they take.
    func values(_ key: PDFKey) -> [PDFNode] {
        if case .dictionary(let entries) = self { entries.filter { $0.key == key }.map(\.value) } else { [] }
    }

    var integer: Int? { if case .integer(let value) = self { value } else { nil } }

    /// Reads one value; nil where its syntax is broken. The scanner has walked it before, so its depth is bounded.
    /// - Parameter budget: How many values it may have.
    static func read(_ lexer: inout PDFLexer, budget: inout Int) throws(FileFault) -> PDFNode? {
        try read(lexer.next(), &lexer, &budget)
    }

    private static func read(
        _ token: PDFLexer.Token, _ lexer: inout PDFLexer, _ budget: inout Int
    ) throws(FileFault) -> PDFNode? {
        budget -= 1
        guard budget > 0 else { throw .tooComplex }
        switch token {
        case .name(.torn): return nil
        case .name(let key): return .name(key)
        case .integer(let value): return reference(value, &lexer) ?? .integer(value)
        case .string, .word, .unknown: return .other
        case .arrayStart:
            var items: [PDFNode] = []
            while case let token = lexer.next(), token != .arrayEnd {
                guard let item = try read(token, &lexer, &budget) else { return nil }
                items.append(item)
            }
            return .array(items)
        case .dictionaryStart:
            var entries: [(key: PDFKey, value: PDFNode)] = []
            while case let token = lexer.next(), token != .dictionaryEnd {
                // What stands where a key must stand is passed over, as viewers do.
                guard case .name(let key) = token, key != .torn else {
                    guard try read(token, &lexer, &budget) != nil else { return nil }
                    continue
                }
                let first = lexer.next()
                if first == .dictionaryEnd { break }
                guard let value = try read(first, &lexer, &budget) else { return nil }
                entries.append((key, value))
            }
            return .dictionary(entries)
        default: return nil
        }
    }

    /// `number generation R`.
    private static func reference(_ number: Int, _ lexer: inout PDFLexer) -> PDFNode? {
        var ahead = lexer
        guard case .integer = ahead.next(), ahead.next() == .reference else { return nil }
        lexer = ahead
        return .reference(number)
    }
}
