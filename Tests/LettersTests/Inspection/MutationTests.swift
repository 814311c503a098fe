import Testing

@testable import Letters

/// Whatever is broken in a file, the check ends soon and in order.
@Suite struct MutationTests {
    private struct Random {
        var state: UInt64
        mutating func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(1, limit)))
        }
    }

    private static let words =
        [
            "obj", "endobj", "stream", "endstream", "<<", ">>", "[", "(", ")", "/Type", "/ObjStm", "/First 0",
            "/N 9999999",
            "R",
            "/OpenAction", "/Next 5 0 R", "trailer", "%", "#", "99999999999999999999", "\u{0}", "%\nobj", "} ", "1 0%",
        ].map { Array($0.utf8) } + [[0x80], [0xFF]]

    private static func mutated(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.next(4) {
            let at = random.next(bytes.count)
            let end = min(bytes.count, at + random.next(40))
            switch random.next(6) {
            case 0: bytes[at] = UInt8(random.next(256))
            case 1: bytes.removeSubrange(at..<end)
            case 2: bytes.insert(contentsOf: words[random.next(words.count)], at: at)
            case 3: bytes.insert(contentsOf: bytes[at..<end], at: random.next(bytes.count))
            case 4: bytes[at] ^= 1 << UInt8(random.next(8))
            default: bytes.replaceSubrange(at..<end, with: [UInt8](repeating: 0xFF, count: end - at))
            }
            if bytes.isEmpty { return [0] }
        }
        return bytes
    }

    private static let seeds: [[UInt8]] =
        (PDFScannerTests.good.map(\.1) + PDFScannerTests.bad.map(\.1) + DisguiseTests.good.map(\.1)
        + DisguiseTests.others.map(\.1) + PictureTests.good.map(\.1)).filter {
            $0.count < 5000
        }

    @Test(arguments: seeds.indices)
    func endsSoon(index: Int) {
        var random = Random(state: UInt64(index) &* 0x9E37_79B9_7F4A_7C15 | 1)
        let clock = ContinuousClock()
        for _ in 0..<1000 {
            let bytes = Self.mutated(Self.seeds[index], &random)
            let time = clock.measure { _ = try? FileInspection.inspect(bytes) }
            #expect(time < .seconds(1), "\(bytes)")
        }
    }
}
