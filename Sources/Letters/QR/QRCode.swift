/// A QR code symbol (ISO/IEC 18004) at error correction level M, versions 1 to 20, with the mask of the lowest penalty.
/// Text goes in as UTF-8; many digits at its end are packed three to ten bits. The quiet zone of four light modules on
/// each side is left to the caller.
public struct QRCode: Sendable, Equatable {
    /// 1 to 20.
    public let version: Int
    /// Modules along a side: 17 + 4 x version.
    public let size: Int
    private let modules: [Bool]

    /// The smallest symbol, not below `minimumVersion`, that holds the text.
    /// Throws `LetterError.qrTooLong` above 666 bytes of UTF-8, or some 1600 digits.
    public init(_ text: String, minimumVersion: Int = 1) throws(LetterError) {
        let segments = QRSegment.segments(of: text)
        let fitting = QRVersion.all.first { version in
            let bits = segments.reduce(0) { $0 + $1.bitCount(in: version) }
            return version.number >= minimumVersion && bits <= version.dataCodewords * 8
        }
        guard let version = fitting else { throw .qrTooLong }
        var matrix = QRMatrix(version: version)
        matrix.place(QRCodewords.encode(segments, version: version))
        let candidates = (0..<8).map { mask in
            var candidate = matrix
            candidate.apply(mask: mask)
            candidate.drawFormat(mask: mask)
            return (penalty: candidate.penalty, matrix: candidate)
        }
        let best = candidates.min { $0.penalty < $1.penalty }?.matrix ?? matrix
        self.version = version.number
        size = version.size
        modules = best.modules
    }

    /// Whether the module is dark; x to the right, y downwards, from 0; light outside the symbol.
    public subscript(x: Int, y: Int) -> Bool {
        x >= 0 && y >= 0 && x < size && y < size && modules[y * size + x]
    }

    /// SVG path data in units of one module, such as `M0 0h7v1h-7z...`.
    public func svgPath() -> String {
        runs.map { "M\($0.x) \($0.y)h\($0.width)v\($0.height)h-\($0.width)z" }.joined()
    }

    /// Dark rectangles that cover the symbol without overlap: row runs, with equal runs of following rows joined.
    var runs: [Run] {
        var finished: [Run] = []
        var open: [Run] = []
        for y in 0...size {
            let row = y < size ? rowRuns(y) : []
            let next = row.map { run in
                open.first { $0.x == run.x && $0.width == run.width }
                    .map { Run(x: $0.x, y: $0.y, width: $0.width, height: $0.height + 1) } ?? run
            }
            finished += open.filter { old in !next.contains { $0.x == old.x && $0.y == old.y } }
            open = next
        }
        return finished
    }

    private func rowRuns(_ y: Int) -> [Run] {
        var runs: [Run] = []
        var start: Int?
        for x in 0...size {
            if self[x, y] {
                if start == nil { start = x }
            } else if let first = start {
                runs.append(Run(x: first, y: y, width: x - first, height: 1))
                start = nil
            }
        }
        return runs
    }

    struct Run: Equatable, Sendable {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
    }
}
