/// Passes over one value of a PDF, token by token and without building anything, and stops at what is forbidden. A stack
/// of its own takes the place of recursion, so that nesting costs no more than its limit.
struct PDFWalk {
    /// What the value's own dictionary says.
    struct Facts {
        var isPage = false
        /// `/Count` of a page tree's root.
        var rootCount: Int?
        var isObjectStream = false
        /// Where the values of `/OpenAction` and `/AA` begin, at any depth.
        var automatic: [Int] = []
    }

    private struct Frame {
        let isDictionary: Bool
        /// The key whose value comes next; nil where a key must come.
        var key: PDFKey?
        /// An array that pdfium has left before its end, at a word it does not know; it goes on with the rest as if that
        /// stood in the dictionary around, so that only numbers may follow.
        var isLeft = false
    }

    /// Pdfium, which most officers' browsers have, reads 64.
    private static let maxDepth = 200
    private var stack: [Frame] = []
    /// Bytes that may still be passed over, all walks together: objects can be made to overlap.
    private(set) var budget: Int

    init(budget: Int) { self.budget = budget }

    mutating func grant(_ more: Int) { budget += more }

    mutating func spend(_ bytes: Int) throws(FileFault) {
        budget -= bytes
        guard budget > 0 else { throw .tooComplex }
    }

    /// What stands between objects, where nothing should: no viewer is known to act on it, but names that are forbidden
    /// have no business there either.
    mutating func pass(_ bytes: ByteView, _ range: Range<Int>) throws(FileFault) {
        var lexer = PDFLexer(bytes, at: range.lowerBound)
        while lexer.at < range.upperBound {
            let before = lexer.at
            let token = lexer.next()
            try spend(lexer.at - before)
            if case .name(let name) = token, let fault = name.fault { throw fault }
            if token == .end { return }
        }
    }

    /// - Returns: Nil when the syntax is broken or the value does not end.
    mutating func walk(_ lexer: inout PDFLexer) throws(FileFault) -> Facts? {
        var facts = Facts()
        var hasParent = false
        var type = PDFKey.other
        var count: Int?
        stack.removeAll(keepingCapacity: true)
        var before = lexer.at
        var integers = 0
        while true {
            let token = lexer.next()
            try spend(lexer.at - before)
            before = lexer.at
            if token == .reference, integers < 2 { return nil }
            if case .integer = token { integers += 1 } else { integers = 0 }
            guard isSafe(token) else { return nil }
            switch token {
            case .dictionaryStart, .arrayStart:
                guard stack.count < Self.maxDepth else { throw .tooComplex }
                stack.append(Frame(isDictionary: token == .dictionaryStart))
                continue
            case .dictionaryEnd, .arrayEnd:
                guard let frame = stack.popLast(), frame.isDictionary == (token == .dictionaryEnd) else { return nil }
                if frame.isLeft { leaveArray() }
            case .name(let name):
                try refuse(name)
                // Elsewhere it would be for others to read what the scanner does not look into.
                if name == .objectStream, stack.count != 1 || stack[0].key != .type { return nil }
                if let frame = stack.last, frame.isDictionary, frame.key == nil {
                    stack[stack.count - 1].key = name
                    if name == .openAction || name == .additionalActions { facts.automatic.append(lexer.at) }
                    if stack.count == 1 {
                        if name == .parent { hasParent = true }
                        if name == .first { facts.isObjectStream = true }
                    }
                    continue
                }
                // Behind a torn key some viewers read a key here.
                if let key = stack.last?.key, key == .torn, name != .other { return nil }
                if name == .torn { leaveArray() }
                if stack.count == 1, stack[0].key == .type { type = name }
            case .integer(let value):
                if stack.count == 1, stack[0].key == .count { count = value }
            case .unknown: leaveArray()
            case .string, .word, .reference: break
            // An object without a value is null.
            case .objectEnd where stack.isEmpty: break
            case .end, .broken, .object, .objectEnd, .stream, .streamEnd: return nil
            }
            // A value has ended: in a dictionary a key comes next.
            guard !stack.isEmpty else { break }
            stack[stack.count - 1].key = nil
        }
        facts.isPage = type == .page
        facts.rootCount = type == .pages && !hasParent ? count : nil
        if type == .objectStream { facts.isObjectStream = true }
        return facts
    }

    /// Whether all viewers read on behind this token at the same place. Where a key must come some pass over a bracket or
    /// a parenthesis alone, and read as keys what stands behind it; and behind a torn key some wait for the next one.
    private func isSafe(_ token: PDFLexer.Token) -> Bool {
        guard let frame = stack.last,
            frame.isLeft || frame.isDictionary && (frame.key == nil || frame.key == .torn)
        else { return true }
        switch token {
        case .string, .arrayStart, .dictionaryStart: return false
        case .name: return !frame.isLeft
        default: return true
        }
    }

    private mutating func leaveArray() {
        if let frame = stack.last, !frame.isDictionary { stack[stack.count - 1].isLeft = true }
    }

    /// Wherever these names stand, as key or value, they mean what they say.
    private func refuse(_ name: PDFKey) throws(FileFault) {
        if let fault = name.fault { throw fault }
        switch name {
        // Fonts and styles may be called so: these are only meant as the kind of an annotation or action.
        case .movie, .sound, .rendition, .kind3D:
            guard let frame = stack.last else { throw .media }
            if let key = frame.key, key == .action || key == .subtype { throw .media }
        default: break
        }
    }
}
