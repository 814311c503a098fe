/// Decodes a chunked body piece by piece (RFC 9112 section 7.1). Extensions and trailers are checked, bounded, dropped.
struct ChunkedDecoder {
    private enum State {
        case sizeLine, data(left: Int), dataEnd, trailers, done
    }

    /// One line with its CRLF: chunk size and extensions, or one trailer.
    private static let lineLimit = 512
    /// All of what is not data, but the plain size lines: a client must not pay us in padding.
    private static let overheadLimit = 16 * 1024

    private var state = State.sizeLine
    private var line: [UInt8] = []
    private var overhead = 0

    /// Whether the last chunk and the trailers have been read.
    var isDone: Bool { if case .done = state { true } else { false } }

    /// Decodes from `input`, taking away what it used. Data goes to `sink` in order.
    ///
    /// - Throws: 400 for wrong framing, and what `sink` throws.
    mutating func decode(
        _ input: inout ArraySlice<UInt8>, into sink: (ArraySlice<UInt8>) throws(Refusal) -> Void
    ) throws(Refusal) {
        while !input.isEmpty {
            switch state {
            case .done: return
            case .data(let left):
                let piece = input.prefix(left)
                try sink(piece)
                input = input.dropFirst(piece.count)
                state = piece.count == left ? .dataEnd : .data(left: left - piece.count)
            case .dataEnd:
                guard try takeLine(&input) else { return }
                guard line.isEmpty else { throw Refusal(400) }
                state = .sizeLine
            case .sizeLine:
                guard try takeLine(&input) else { return }
                let size = try chunkSize(line[...])
                state = size == 0 ? .trailers : .data(left: size)
                line.removeAll(keepingCapacity: true)
            case .trailers:
                guard try takeLine(&input) else { return }
                if line.isEmpty {
                    state = .done
                } else {
                    try spend(line.count)
                    try checkTrailer(line[...])
                    line.removeAll(keepingCapacity: true)
                }
            }
        }
    }

    /// Gathers bytes up to CRLF into `line`, without it; false when more input is needed.
    private mutating func takeLine(_ input: inout ArraySlice<UInt8>) throws(Refusal) -> Bool {
        guard let feed = input.firstPosition(of: .lf) else {
            line += input
            input = []
            guard line.count <= Self.lineLimit else { throw Refusal(400) }
            return false
        }
        line += input[..<feed]
        input = input[(feed + 1)...]
        guard line.count <= Self.lineLimit, line.popLast() == .cr else { throw Refusal(400) }
        return true
    }

    private mutating func chunkSize(_ text: ArraySlice<UInt8>) throws(Refusal) -> Int {
        let digits = text.prefix { $0.hexValue != nil }
        // Fifteen digits stay far from overflow; no honest client sends more, leading zeros or not.
        guard (1...15).contains(digits.count) else { throw Refusal(400) }
        let rest = text[digits.endIndex...]
        if !rest.isEmpty {
            try spend(rest.count)
            // A semicolon, perhaps after blanks; then no control characters: a CR here could be a line end to others.
            guard rest.drop(while: \.isBlank).first == 0x3B, rest.allSatisfy(\.isFieldValue) else { throw Refusal(400) }
        }
        return digits.reduce(0) { $0 << 4 | Int($1.hexValue ?? 0) }
    }

    private func checkTrailer(_ text: ArraySlice<UInt8>) throws(Refusal) {
        guard let colon = text.firstIndex(of: .colon), colon > text.startIndex, text[..<colon].allSatisfy(\.isToken),
            text[(colon + 1)...].allSatisfy(\.isFieldValue)
        else { throw Refusal(400) }
    }

    private mutating func spend(_ bytes: Int) throws(Refusal) {
        overhead += bytes
        guard overhead <= Self.overheadLimit else { throw Refusal(400) }
    }
}
