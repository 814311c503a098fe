import Foundation
import Testing

@testable import Store

/// What is written by hand is what Foundation writes. Keys are names of ours, plain ASCII.
@Suite struct JSONTextTests {
    static let controls = (0..<0x20).compactMap { Unicode.Scalar(UInt32($0)) }.map { String($0) }.joined()

    @Test(arguments: [
        [:], ["a": ""], ["b": "1", "a": "2", "a_b": "3", "B": "4", "aa": "5", "a1": "6"],
        ["quote\"d": "back\\slash / \"x\" </script>", "lines": "a\nb\r\nc\td"],
        ["control": controls, "delete": "\u{7F}"],
        ["emoji": "👩‍🔬🏽🇮🇩", "right to left": "\u{202E}abc", "combining": "e\u{301}", "separator": "\u{2028}\u{2029}"],
    ])
    func dictionariesOfTexts(value: [String: String]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(try JSON.text(value) == String(decoding: encoder.encode(value), as: UTF8.self))
        #expect(try JSON.value([String: String].self, JSON.text(value)) == value)
    }
}
