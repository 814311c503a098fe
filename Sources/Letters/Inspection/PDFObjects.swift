/// Where the objects of a PDF are: in the file itself or packed in an object stream.
struct PDFObjects {
    struct Place {
        /// Number of the object; nil where viewers may read different ones.
        let number: Int?
        /// Where the object stream's own dictionary begins in the file; nil for an object of the file itself.
        let stream: Int?
        /// Where the value begins, in the file or in the unpacked stream.
        let at: Int
    }

    /// Papers have some thousands.
    private static let maxCount = 500_000
    private(set) var all: [Place] = []

    mutating func add(_ place: Place) throws(FileFault) {
        guard all.count < Self.maxCount else { throw .tooComplex }
        all.append(place)
    }
}

/// An object stream (ISO 32000-1, 7.5.7), unpacked.
struct PDFObjectStream {
    /// Bytes. Writers put a hundred or two objects into each.
    static let maxBytes = 8 << 20

    let content: [UInt8]
    /// Object number and where its value begins.
    let objects: [(number: Int, at: Int)]

    /// - Parameter at: Where the stream's dictionary begins.
    init(_ bytes: ByteView, at: Int) throws(FileFault) {
        var lexer = PDFLexer(bytes, at: at)
        var budget = 1000
        guard let node = try PDFNode.read(&lexer, budget: &budget), lexer.next() == .stream else { throw .damaged }
        let counts = node.values(.number)
        let firsts = node.values(.first)
        // Twice the same key would leave it to the viewer which objects there are.
        guard counts.count == 1, firsts.count == 1, let count = counts[0].integer, let first = firsts[0].integer,
            (0...100_000).contains(count), (0...Self.maxBytes).contains(first)
        else { throw .damaged }
        // Some viewers begin right here and some on the next line: it must be the same.
        var start = lexer.at
        guard bytes[start] == 0x0D || bytes[start] == 0x0A else { throw .damaged }
        if bytes[start] == 0x0D { start += 1 }
        if bytes[start] == 0x0A { start += 1 }
        content = try Self.unpack(bytes, from: start, node)
        objects = try content.withUnsafeBufferPointer { (buffer) throws(FileFault) in
            var header = PDFLexer(ByteView(buffer), at: 0)
            var objects: [(number: Int, at: Int)] = []
            for _ in 0..<count {
                guard case .integer(let number) = header.next(), case .integer(let offset) = header.next(),
                    (0...Self.maxBytes).contains(offset)
                else { throw .damaged }
                objects.append((number, first + offset))
            }
            return objects
        }
    }

    private static func unpack(_ bytes: ByteView, from start: Int, _ node: PDFNode) throws(FileFault) -> [UInt8] {
        var filters = node.values(.filter)
        guard filters.count <= 1 else { throw .damaged }
        var isList = false
        if case .array(let items)? = filters.first { (filters, isList) = (items, true) }
        let rest = bytes.part(start, bytes.count)
        // An end found too early only cuts off objects, and then the file is refused.
        if filters.isEmpty {
            guard let end = bytes.first("endstream", from: start), end - start <= maxBytes else { throw .damaged }
            return Array(rest.prefix(end - start))
        }
        // Other filters are allowed, but no writer uses them here, and hiding is what they would be good for.
        guard filters.count == 1, case .name(.flate) = filters[0] else { throw .damaged }
        let content = try Inflater.all(of: rest, limit: maxBytes)
        var parameters = node.values(.parameters)
        guard parameters.count <= 1 else { throw .damaged }
        // Some viewers do not see the parameters of a list that belong to a single filter, or the other way round.
        switch parameters.first {
        case .array(let items)?:
            guard isList, items.count == 1 else { throw .damaged }
            parameters = items
        case .dictionary?: guard !isList else { throw .damaged }
        default: break
        }
        guard let parameters = parameters.first else { return content }
        return try Predictor(parameters).undo(content)
    }
}

/// The predictors of `FlateDecode` (7.4.4.4): rows of a PNG, each behind a byte that says how it was filtered.
private struct Predictor {
    let kind: Int
    let rowBytes: Int
    let pixelBytes: Int

    init(_ parameters: PDFNode) throws(FileFault) {
        func number(_ key: PDFKey, _ standard: Int) throws(FileFault) -> Int {
            let values = parameters.values(key)
            guard !values.isEmpty else { return standard }
            guard values.count == 1, let value = values[0].integer, (1...65_536).contains(value) else { throw .damaged }
            return value
        }
        if case .reference = parameters { throw .damaged }
        kind = try number(.predictor, 1)
        let bits = try number(.colors, 1) * number(.bits, 8)
        rowBytes = (bits * (try number(.columns, 1)) + 7) / 8
        pixelBytes = max(1, bits / 8)
    }

    func undo(_ content: [UInt8]) throws(FileFault) -> [UInt8] {
        guard kind > 1 else { return content }
        guard (10...15).contains(kind) else { throw .damaged }
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var above = [UInt8](repeating: 0, count: rowBytes)
        var at = 0
        while at < content.count {
            let filter = content[at]
            var row = Array(content[(at + 1)..<min(content.count, at + 1 + rowBytes)])
            for index in row.indices {
                let left = index >= pixelBytes ? Int(row[index - pixelBytes]) : 0
                let up = Int(above[index])
                let corner = index >= pixelBytes ? Int(above[index - pixelBytes]) : 0
                let guess: Int
                switch filter {
                case 0: guess = 0
                case 1: guess = left
                case 2: guess = up
                case 3: guess = (left + up) / 2
                case 4: guess = Self.paeth(left, up, corner)
                default: throw .damaged
                }
                row[index] = UInt8(truncatingIfNeeded: Int(row[index]) + guess)
            }
            result += row
            above.replaceSubrange(row.indices, with: row)
            at += 1 + rowBytes
        }
        return result
    }

    /// ISO/IEC 15948, 9.4.
    private static func paeth(_ left: Int, _ up: Int, _ corner: Int) -> Int {
        let guess = left + up - corner
        let distances = (abs(guess - left), abs(guess - up), abs(guess - corner))
        if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
        return distances.1 <= distances.2 ? up : corner
    }
}
