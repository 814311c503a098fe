import Permits
import Testing

@Suite struct NotificationTests {
    @Test(arguments: [
        ("/start", TelegramUpdate.Act.start(parameter: nil)), ("/start k7m2", .start(parameter: "k7m2")),
        ("/START@suratizin_bot k7m2", .start(parameter: "k7m2")), ("  /start\nk7m2 ", .start(parameter: "k7m2")),
        ("/start a b", .start(parameter: nil)), ("/stop", .stop), ("/stop sekarang", .stop),
        ("/stop@suratizin_bot", .stop), ("/stopper", .other), ("stop", .other), ("", .other), ("@", .other),
        ("/start" + String(repeating: "x", count: 5000), .other), ("<b>/stop</b>", .other), ("\u{202E}/stop", .other),
    ])
    func whatSomebodyWrites(text: String, act: TelegramUpdate.Act) {
        #expect(TelegramUpdate.act(text) == act)
    }

    @Test(arguments: [
        (nil, Language.indonesian), ("id", .indonesian), ("ID", .indonesian), ("en-GB", .english), ("de", .english),
        ("", .english),
    ])
    func theLanguageOfAStranger(code: String?, language: Language) {
        #expect(TelegramUpdate.language(code) == language)
    }

    /// Telegram numbers anew after a week without updates: what is lower then is no repetition.
    @Test func aPositionHoldsForSixDays() {
        let position = UpdatePosition(next: 100, movedAt: Moment(seconds: 0))
        let soon = Moment(seconds: 6 * 86_400)
        #expect(position.offset(at: soon) == 100)
        #expect(position.isNew(100, at: soon) && !position.isNew(99, at: soon))
        let late = Moment(seconds: 6 * 86_400 + 1)
        #expect(position.offset(at: late) == nil && position.isNew(5, at: late))
    }

    @Test(arguments: [
        ("Satu\ndua\ttiga    empat", "Satu dua tiga empat"), ("  tepi  ", "tepi"), ("", "-"), ("\r\n\u{0}", "-"),
        ("a\u{2028}b", "a b"),
    ])
    func parametersAreOneLine(text: String, parameter: String) {
        #expect(ChatText.parameter(text) == parameter)
    }

    @Test func nothingIsLongerThanItsServiceTakes() {
        let long = ChatText.parameter(String(repeating: "kata ", count: 500))
        #expect(long.unicodeScalars.count == ChatText.parameterLimit && long.hasSuffix("\u{2026}"))
        // Each counts as two for Telegram, and none is cut through.
        let faces = ChatText.telegram([String(repeating: "\u{1F600}", count: 3000), "akhir"])
        #expect(faces.utf16.count <= ChatText.telegramLimit && faces.utf16.count > ChatText.telegramLimit - 3)
        #expect(faces.dropLast().allSatisfy { $0 == "\u{1F600}" })
        #expect(ChatText.telegram(["a < b & c", "", "https://x"]) == "a < b & c\n\nhttps://x")
    }

    @Test(arguments: [
        ("123456", "123456"), (" 123 456 ", "123456"), ("123-456", "123456"), ("12345", nil), ("1234567", nil),
        ("12345a", nil), ("", nil), ("\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}\u{0666}", nil),
    ])
    func codesAsTyped(text: String, code: String?) { #expect(ChannelCode.typed(text) == code) }

    @Test func codesHaveSixDigits() {
        #expect(ChannelCode.make(random: [0, 0, 0, 0, 0, 0, 0, 7]) == "000007")
        #expect(ChannelCode.make(random: [0, 0, 0, 0, 0, 15, 66, 63]) == "999999")
        #expect(ChannelCode.make(random: [255, 255, 255, 255, 255, 255, 255, 255]) == "551615")
    }
}
