import Foundation

/// A word as pdftotext finds it on a page; points from the upper left corner.
struct PageWord {
    let text: String
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func overlaps(_ other: PageWord) -> Bool {
        let tolerance = 0.3
        return left + tolerance < other.right && other.left + tolerance < right
            && top + tolerance < other.bottom && other.top + tolerance < bottom
    }
}

enum PageText {
    /// Words of each page.
    static func words(_ path: String) throws -> [[PageWord]] {
        let output = try Tool.pdftotext.run(["-bbox", path, "-"]).output
        let pattern = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/
        return output.components(separatedBy: "<page ").dropFirst().map { page in
            page.matches(of: pattern).compactMap { match in
                guard let left = Double(match.1), let top = Double(match.2), let right = Double(match.3),
                    let bottom = Double(match.4)
                else { return nil }
                return PageWord(text: String(match.5), left: left, top: top, right: right, bottom: bottom)
            }
        }
    }

    /// Text with all blanks and line ends as single spaces.
    static func flat(_ path: String) throws -> String {
        try Tool.pdftotext.run([path, "-"]).output
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func overlaps(_ words: [PageWord]) -> [String] {
        var found: [String] = []
        for (index, word) in words.enumerated() {
            for other in words[(index + 1)...] where word.overlaps(other) { found.append("\(word.text)|\(other.text)") }
        }
        return found
    }
}
