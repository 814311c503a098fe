import Foundation
import Permits
import Testing

@testable import Letters

struct LetterSealTests {
    private let world: SigningWorld
    private let seal: LetterSeal
    private let url = "https://perizinan.brida.medan.go.id/verifikasi/q3Zt0dJmYp7wX2nB8vKcR5sHfL1aUeGo"

    init() throws {
        world = try SigningWorld.shared.get()
        seal = LetterSeal(
            number: SampleLetters.number, issuedOn: world.now.day, office: "BRIDA Kota Medan",
            maskedName: "Si** Rah******* Br. Si******", document: SampleLetters.research)
    }

    private var keys: [OfficeCertificate] { [world.stored.certificate, world.sealing.certificate] }

    @Test func readsBackWhatWasSealed() throws {
        let text = try seal.sealed(url: url, with: world.sealing)
        #expect(text.hasPrefix(url + "#"))
        #expect(try LetterSeal.opened(text, keys: keys).seal == seal)
        #expect(seal.documentHash.count == 20)
    }

    @Test func anyChangedCharacterIsRefused() throws {
        let text = Array(try seal.sealed(url: url, with: world.sealing).utf8)
        for index in text.indices {
            for delta in [1, 2, 7] as [UInt8] {
                var changed = text
                let isDigit = (0x30...0x39).contains(text[index])
                changed[index] = isDigit ? 0x30 + (text[index] - 0x30 + delta) % 10 : text[index] ^ delta
                let string = String(decoding: changed, as: UTF8.self)
                #expect(throws: SealError.self, "\(index)") { try LetterSeal.opened(string, keys: keys) }
            }
            var shorter = text
            shorter.remove(at: index)
            #expect(throws: SealError.self) {
                try LetterSeal.opened(String(decoding: shorter, as: UTF8.self), keys: keys)
            }
            var longer = text
            longer.insert(UInt8(ascii: "5"), at: index)
            #expect(throws: SealError.self) {
                try LetterSeal.opened(String(decoding: longer, as: UTF8.self), keys: keys)
            }
        }
    }

    @Test func whyASealIsRefused() throws {
        let text = try seal.sealed(url: url, with: world.sealing)
        #expect(throws: SealError.noSeal) { try LetterSeal.opened(url, keys: keys) }
        #expect(throws: SealError.noSeal) { try LetterSeal.opened("", keys: keys) }
        #expect(throws: SealError.noSeal) { try LetterSeal.opened(text + "x", keys: keys) }
        #expect(throws: SealError.noSeal) {
            try LetterSeal.opened("#" + String(repeating: "1", count: 5000), keys: keys)
        }
        #expect(throws: SealError.unknownKey) { try LetterSeal.opened(text, keys: []) }
        #expect(throws: SealError.unknownKey) { try LetterSeal.opened(text, keys: [world.stored.certificate]) }
        #expect(throws: SealError.unknownVersion) {
            try LetterSeal.opened("\(url)#\(DecimalText.text([2] + [UInt8](repeating: 0, count: 120)))", keys: keys)
        }
        #expect(throws: SigningError.certificateWrongUse) { try seal.sealed(url: url, with: world.ratna) }
        #expect(throws: SealError.unsuitable) { try seal.sealed(url: url + "#", with: world.sealing) }
        var long = seal
        long.number = String(repeating: "0", count: 256)
        #expect(throws: SealError.unsuitable) { try long.sealed(url: url, with: world.sealing) }
        var old = seal
        old.issuedOn = world.yesterday.day.adding(days: -1)
        let early = try old.sealed(url: url, with: world.sealing)
        #expect(throws: SealError.outsideValidity) { try LetterSeal.opened(early, keys: keys) }
    }

    @Test func hashIsOfTheTextAndNotOfTheAddress() throws {
        var letter = SampleLetters.research
        let other = SampleLetters.signature(url: "https://lain.id")
        letter.blocks = letter.blocks.map { if case .signature = $0 { other } else { $0 } }
        #expect(seal.matches(letter))
        letter.blocks[2] = .paragraph("Lain.")
        #expect(!seal.matches(letter))
        #expect(SampleLetters.research.sealDigest.count == 32)
        // Letters on paper must match in years to come: a change of the encoding must not go unseen.
        let known = LetterDocument(
            language: "id", title: "Surat", issuer: "BRIDA",
            blocks: [
                .paragraph("Isi / \"surat\" é."), .title(text: "SURAT", number: "1"),
                .fields([LetterField(label: "Nama", value: "Siti", bold: true)]), SampleLetters.signature(),
            ], footer: ["Kaki"])
        #expect(hexadecimal(known.sealDigest) == Self.knownDigest)
    }

    private static let knownDigest = "242b4aa670c599b46b42da43087692390db3e21628388e55fdb3703f2f6df5b5"

    /// Phones must read it from paper: at most version 15.
    @Test func codeIsSmallAndReadByTwoReaders() throws {
        let text = try seal.sealed(url: url, with: world.sealing)
        let code = try QRCode(text)
        #expect(code.version <= 12, "version \(code.version) for \(text.utf8.count) characters")
        var long = seal
        long.number = "000.9.2/0123/BRIDA-KOTA-MEDAN/XII/2026"
        long.office = "Badan Riset dan Inovasi Daerah Kota Medan"
        long.maskedName = "Prof. Dr. dr. R** Ma* Ha** Muh***** Abd******** Wah** Sas*******, Sp.PD."
        let longest = try long.sealed(url: url + "xxxxxxxxxxxxxxxxxxxx", with: world.sealing)
        #expect(try QRCode(longest).version <= 15)
        for text in [text, longest, "https://a.id/#" + String(repeating: "0123456789", count: 30) + "12"] {
            let read = try QRReaders.read(QRCode(text), scale: 3)
            #expect(read.zbar == text && read.zxing == text)
        }
    }

    @Test func decimalsOfEveryLengthComeBack() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ count) }
            let text = DecimalText.text(bytes)
            #expect(count == 0 || DecimalText.bytes(Substring(text)) == bytes)
        }
        #expect(DecimalText.text([255, 255, 255, 255, 255, 255, 255]) == "72057594037927935")
        for text in ["", "1", "12", "256", "999", "1234", "72057594037927936", "x23", "１２３", "-12", "+12"] {
            #expect(DecimalText.bytes(Substring(text)) == nil, "\(text)")
        }
    }
}
