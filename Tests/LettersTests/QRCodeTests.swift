import Testing

@testable import Letters

struct QRCodeTests {
    /// Annex I of ISO/IEC 18004: "01234567" in a version 1-M symbol.
    @Test func remainderOfTheStandardsExample() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        let expected: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
        #expect(ReedSolomon.remainder(of: data, count: 10) == expected)
    }

    @Test func formatInformation() {
        #expect(qrFormatInformation(mask: 5) == 0b100_0000_1100_1110)
        #expect(qrFormatInformation(mask: 0) == 0b101_0100_0001_0010)
    }

    @Test func versionInformation() {
        #expect(QRVersion(number: 7).information == 0b00_0111_1100_1001_0100)
    }

    @Test func capacitiesOfTheStandard() {
        let expected = [
            14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
        ]
        #expect(QRVersion.all.map(\.capacity) == expected)
    }

    @Test func codewordsFillTheSymbol() {
        for version in QRVersion.all {
            let codewords = QRCodewords.encode([.bytes([0x41])], version: version)
            #expect(codewords.count == version.totalCodewords)
            #expect(QRCodewords.data([.bytes([0x41])], version: version).count == version.dataCodewords)
        }
    }

    @Test func smallestVersionThatFits() throws {
        #expect(try QRCode(String(repeating: "x", count: 14)).version == 1)
        #expect(try QRCode(String(repeating: "x", count: 15)).version == 2)
        #expect(try QRCode(String(repeating: "x", count: 666)).size == 97)
        #expect(try QRCode("").version == 1)
    }

    @Test func tooLongText() {
        #expect(throws: LetterError.qrTooLong) { try QRCode(String(repeating: "x", count: 667)) }
    }

    @Test func finderPatternsAndDarkModule() throws {
        let code = try QRCode("suratizin")
        for (x, y) in [(0, 0), (code.size - 7, 0), (0, code.size - 7)] {
            #expect((0..<7).allSatisfy { code[x + $0, y] && code[x, y + $0] })
            #expect(!code[x + 1, y + 1] && code[x + 3, y + 3])
        }
        #expect(code[8, code.size - 8])
        #expect(!code[-1, 0] && !code[0, code.size])
    }

    @Test func pathCoversDarkModulesOnce() throws {
        let code = try QRCode("https://izin.medan.go.id/verifikasi/7Q2M-XK4D", minimumVersion: 7)
        var covered = [Int](repeating: 0, count: code.size * code.size)
        for run in code.runs {
            for y in run.y..<run.y + run.height {
                for x in run.x..<run.x + run.width { covered[y * code.size + x] += 1 }
            }
        }
        for y in 0..<code.size {
            for x in 0..<code.size { #expect(covered[y * code.size + x] == (code[x, y] ? 1 : 0)) }
        }
        #expect(code.svgPath().hasPrefix("M"))
    }

    @Test(arguments: 1...20)
    func twoDecodersReadEveryVersion(version: Int) throws {
        let capacity = QRVersion(number: version).capacity
        let alphabet = Array("https://izin.medan.go.id/verifikasi?x=abcdefghijklmnopqrstuvwxyz0123456789ABCDEF&%+")
        let text = String((0..<capacity).map { alphabet[($0 * 7 + version) % alphabet.count] })
        let code = try QRCode(text, minimumVersion: version)
        #expect(code.version == version)

        let read = try QRReaders.read(code)
        #expect(read.zbar == text)
        #expect(read.zxing == text)
    }

    /// Digits at the end take 10 bits for three: the example of annex I is one segment.
    @Test func digitsArePacked() throws {
        #expect(QRSegment.segments(of: "0123456789012345") == [.digits(Array("0123456789012345".utf8))])
        #expect(QRSegment.segments(of: "a012345678901234").count == 1, "too few to pay")
        #expect(
            QRSegment.segments(of: "a#0123456789012345") == [
                .bytes(Array("a#".utf8)), .digits(Array("0123456789012345".utf8)),
            ])
        let version = QRVersion(number: 1)
        let example = QRCodewords.data([.digits(Array("01234567".utf8))], version: version)
        #expect(Array(example.prefix(6)) == [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80])
        #expect(QRSegment.digits(Array("01234567".utf8)).bitCount(in: version) == 4 + 10 + 27)
        #expect(try QRCode(String(repeating: "7", count: 1600)).version == 20)
        #expect(throws: LetterError.qrTooLong) { try QRCode(String(repeating: "7", count: 1610)) }
    }
}
