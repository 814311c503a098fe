/// Follows what a PDF does when it is opened, turned over or touched (ISO 32000-1, 12.6): moving about in the document is
/// fine; reaching out of it is not.
struct PDFActions {
    private let bytes: ByteView
    private let objects: PDFObjects
    /// By number; under -1 those that hide theirs. Made when the first reference is met, as few files have one.
    private var places: [Int: [PDFObjects.Place]] = [:]
    private var visited: Set<Int> = []
    private var steps = 0
    private var unpacked: (at: Int, stream: PDFObjectStream)?
    private var unpackings = 0

    init(_ bytes: ByteView, objects: PDFObjects) {
        self.bytes = bytes
        self.objects = objects
    }

    /// - Parameter node: An action, a destination, a table of actions by event, or a reference to one of these.
    mutating func check(_ node: PDFNode) throws(FileFault) {
        steps += 1
        guard steps <= 5000 else { throw .tooComplex }
        switch node {
        case .reference(let number):
            guard visited.insert(number).inserted else { return }
            for definition in try definitions(of: number) { try check(definition) }
        case .array(let items):
            // A destination begins with its page, which is no action; a list of actions has nothing but actions.
            if case .reference? = items.first, items.count > 1, case .name = items[1] { return }
            for item in items { try check(item) }
        case .dictionary(let entries):
            try checkDictionary(node, entries)
        case .name, .integer, .other: return
        }
    }

    private mutating func checkDictionary(
        _ node: PDFNode, _ entries: [(key: PDFKey, value: PDFNode)]
    ) throws(FileFault) {
        let kinds = node.values(.action)
        // Without a kind of its own it is a table of actions by event.
        guard !kinds.isEmpty else {
            for entry in entries {
                if case .array = entry.value { continue }
                try check(entry.value)
            }
            return
        }
        for kind in kinds {
            switch kind {
            case .name(.goTo), .name(.named), .name(.thread), .name(.hide), .name(.optionalContent),
                .name(.transition), .name(.resetForm):
                continue
            default: throw .automatic
            }
        }
        for next in node.values(.next) { try check(next) }
    }

    /// Every version of the object, and those that hide their number.
    private mutating func definitions(of number: Int) throws(FileFault) -> [PDFNode] {
        var nodes: [PDFNode] = []
        if places.isEmpty { places = Dictionary(grouping: objects.all) { $0.number ?? -1 } }
        for place in places[number, default: []] + places[-1, default: []] {
            if let node = try node(at: place) { nodes.append(node) }
        }
        return nodes
    }

    private mutating func node(at place: PDFObjects.Place) throws(FileFault) -> PDFNode? {
        var budget = 1000
        guard let stream = place.stream else {
            var lexer = PDFLexer(bytes, at: place.at)
            return try PDFNode.read(&lexer, budget: &budget)
        }
        if unpacked?.at != stream {
            unpackings += 1
            guard unpackings <= 100 else { throw .tooComplex }
            unpacked = (stream, try PDFObjectStream(bytes, at: stream))
        }
        guard let content = unpacked?.stream.content else { return nil }
        return try content.withUnsafeBufferPointer { (buffer) throws(FileFault) in
            var lexer = PDFLexer(ByteView(buffer), at: place.at)
            return try PDFNode.read(&lexer, budget: &budget)
        }
    }
}
