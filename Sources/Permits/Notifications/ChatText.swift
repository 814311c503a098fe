/// What chats take.
public enum ChatText {
    /// Telegram's limit on a message, in UTF-16 units.
    public static let telegramLimit = 4096
    /// WhatsApp's limit on the whole body of a template is 1024 characters; each of our parameters gets a part of it.
    public static let parameterLimit = 400

    /// A message in plain text: nothing in it is markup, and it is never longer than Telegram takes.
    public static func telegram(_ paragraphs: [String]) -> String {
        let text = paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
        return clipped(text, to: telegramLimit) { $0.utf16.count }
    }

    /// A parameter of a WhatsApp template: neither new lines nor tabs nor more than one blank at a time, and never
    /// empty.
    public static func parameter(_ text: String) -> String {
        let words = text.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        let line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
        return line.isEmpty ? "-" : clipped(line, to: parameterLimit) { $0.unicodeScalars.count }
    }

    private static func clipped(_ text: String, to limit: Int, length: (String) -> Int) -> String {
        guard length(text) > limit else { return text }
        var kept = ""
        var count = 0
        for character in text {
            count += length(String(character))
            // The sign of what is left out needs one.
            guard count < limit else { break }
            kept.append(character)
        }
        return kept + "\u{2026}"
    }
}
