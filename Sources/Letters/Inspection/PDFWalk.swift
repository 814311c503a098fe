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
    }

    /// Pdfium, which most officers' browsers have, reads 64.
    private static let maxDepth = 200
    private var stack: [Frame] = []
    /// Bytes that may still be passed over, all walks together: objects can be made to overlap.
    private(set) var budget: Int

    init(budget: Int) { self.budget = budget }

    mutating func grant(_ more: Int) { budget += more }

    /// - Returns: Nil when the syntax is broken or the value does not end.
    mutating func walk(_ lexer: inout PDFLexer) throws(FileFault) -> Facts? {
        var facts = Facts()
        var hasParent = false
        var type = PDFKey.other
        var count: Int?
        stack.removeAll(keepingCapacity: true)
        var before = lexer.at
        while true {
            let token = lexer.next()
            budget -= lexer.at - before
            before = lexer.at
            guard budget > 0 else { throw .tooComplex }
            switch token {
            case .dictionaryStart, .arrayStart:
                guard stack.count < Self.maxDepth else { throw .tooComplex }
                stack.append(Frame(isDictionary: token == .dictionaryStart))
                continue
            case .dictionaryEnd, .arrayEnd:
                guard let frame = stack.popLast(), frame.isDictionary == (token == .dictionaryEnd) else { return nil }
            case .name(let name):
                try refuse(name)
                if let frame = stack.last, frame.isDictionary, frame.key == nil {
                    stack[stack.count - 1].key = name
                    if name == .openAction || name == .additionalActions { facts.automatic.append(lexer.at) }
                    if stack.count == 1 {
                        if name == .parent { hasParent = true }
                        if name == .first { facts.isObjectStream = true }
                    }
                    continue
                }
                if stack.count == 1, stack[0].key == .type { type = name }
            case .integer(let value):
                if stack.count == 1, stack[0].key == .count { count = value }
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

    /// Wherever these names stand, as key or value, they mean what they say.
    private func refuse(_ name: PDFKey) throws(FileFault) {
        switch name {
        case .javaScript, .script: throw .script
        case .launch: throw .launch
        case .embeddedFile, .embeddedFiles, .embeddedStream, .fileAttachment: throw .embedded
        case .richMedia: throw .media
        // Fonts and styles may be called so: these are only meant as the kind of an annotation or action.
        case .movie, .sound, .rendition, .kind3D:
            if let key = stack.last?.key, key == .action || key == .subtype { throw .media }
        case .xfa: throw .dynamicForm
        case .encrypt: throw .encrypted
        default: break
        }
    }
}
