import Permits

/// Looks for what acts by itself in a PDF (ISO 32000-1). The table of objects at a file's end is not believed: every
/// `obj` of the file is read, wherever it stands and however often, and so are the objects packed in object streams.
/// What cannot be read with certainty is refused: a viewer might read it differently.
struct PDFScanner {
    /// Bytes that all object streams of a file may unpack to.
    private static let maxUnpacked = 32 << 20

    private let bytes: ByteView
    private var walk: PDFWalk
    private var objects = PDFObjects()
    private var automatic: [PDFNode] = []
    private var unpacked = 0
    private var pages: Set<Int> = []
    private var rootCount: Int?
    /// Up to here everything has been read, but for the data of streams.
    private var covered = 0
    private var lacksStreamEnd = false

    init(_ bytes: ByteView) {
        self.bytes = bytes
        // Once as objects, once as what stands between them; half a MiB for the trailers and other small ways back.
        walk = PDFWalk(budget: bytes.count * 3 + 1 << 19)
    }

    func scan() throws(FileFault) -> FileFacts {
        var scanner = self
        do {
            return try scanner.run()
        } catch .damaged where bytes.first("/Encrypt", from: 0) != nil {
            // Under a password what is packed cannot be unpacked.
            throw .encrypted
        }
    }

    private mutating func run() throws(FileFault) -> FileFacts {
        try checkEnd()
        try walkObjects()
        try walkTrailers()
        guard !pages.isEmpty else { throw .noPages }
        var actions = PDFActions(bytes, objects: objects)
        for node in automatic { try actions.check(node) }
        let count = rootCount.flatMap { $0 > 0 && $0 <= pages.count ? $0 : nil }
        return FileFacts(kind: .pdf, pages: count ?? pages.count)
    }

    /// The last line is %%EOF (7.5.5); some programs put a little after it.
    private func checkEnd() throws(FileFault) {
        var end = bytes.count
        while end > 0, PDFLexer.isBlank(bytes[end - 1]) { end -= 1 }
        guard bytes.first("%%EOF", from: max(0, end - 2048), to: end) != nil else { throw .cutOff }
    }

    private mutating func walkObjects() throws(FileFault) {
        var at = 0
        while let found = bytes.first("obj", from: at) {
            at = found + 3
            let next = bytes[at]
            guard !PDFLexer.isRegular(next) || PDFLexer.isBlankToSome(next), !bytes.has("end", at: found - 3) else {
                continue
            }
            let label = PDFLabel(before: found, in: bytes)
            try walk.spend(label.length)
            var lexer = PDFLexer(bytes, at: at)
            guard let facts = try walk.walk(&lexer) else {
                // Three letters within a picture's data are no object; behind two numbers they are.
                if label.isPossible { throw .damaged }
                continue
            }
            try objects.add(PDFObjects.Place(number: label.number, stream: nil, at: at))
            try note(facts, number: label.number ?? -found, in: bytes)
            if label.isPossible { try cover(found, lexer) }
            switch facts.isObjectStream ? lexer.next() : .end {
            case .stream: try walkStream(at: at)
            case .broken, .unknown: throw .damaged
            default: break
            }
        }
        try walk.pass(bytes, min(covered, bytes.count)..<bytes.count)
    }

    /// Reads what stands between the last object and this one, and leaves out the data of its stream.
    /// - Parameter found: Where `obj` stands.
    /// - Parameter end: Behind the object's value.
    private mutating func cover(_ found: Int, _ end: PDFLexer) throws(FileFault) {
        guard found >= covered else { return }
        try walk.pass(bytes, covered..<found)
        covered = end.at
        var ahead = end
        guard !lacksStreamEnd, ahead.next() == .stream else { return }
        if let end = bytes.first("endstream", from: ahead.at) {
            covered = end
        } else {
            lacksStreamEnd = true
        }
    }

    private mutating func walkStream(at: Int) throws(FileFault) {
        let stream = try PDFObjectStream(bytes, at: at)
        unpacked += stream.content.count
        guard unpacked <= Self.maxUnpacked else { throw .tooComplex }
        walk.grant(stream.content.count * 3)
        var seen: Set<Int> = []
        try stream.content.withUnsafeBufferPointer { (buffer) throws(FileFault) in
            let content = ByteView(buffer)
            try walk.pass(content, 0..<content.count)
            for object in stream.objects where seen.insert(object.at).inserted {
                var lexer = PDFLexer(content, at: object.at)
                guard let facts = try walk.walk(&lexer) else { throw .damaged }
                try objects.add(PDFObjects.Place(number: object.number, stream: at, at: object.at))
                try note(facts, number: object.number, in: content)
            }
        }
    }

    private mutating func walkTrailers() throws(FileFault) {
        var at = 0
        while let found = bytes.first("trailer", from: at) {
            at = found + 7
            var lexer = PDFLexer(bytes, at: at)
            var ahead = lexer
            guard ahead.next() == .dictionaryStart else { continue }
            guard let facts = try walk.walk(&lexer) else { throw .damaged }
            try note(facts, number: -found, in: bytes)
        }
    }

    private mutating func note(_ facts: PDFWalk.Facts, number: Int, in bytes: ByteView) throws(FileFault) {
        if facts.isPage { pages.insert(number) }
        if let count = facts.rootCount { rootCount = count }
        for at in facts.automatic {
            var lexer = PDFLexer(bytes, at: at)
            var budget = 1000
            guard let node = try PDFNode.read(&lexer, budget: &budget) else { throw .damaged }
            guard automatic.count < 5000 else { throw .tooComplex }
            automatic.append(node)
        }
    }
}
