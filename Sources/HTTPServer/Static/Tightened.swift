/// Style sheets and scripts without what only their authors read: comments, indentation, blank lines. Names and
/// statements stay as they are, and a script keeps its lines, since line ends can end statements.
func tightened(_ bytes: [UInt8], type: String) -> [UInt8] {
    if type.hasPrefix("text/css") { return tightenedStyle(bytes) }
    if type.hasPrefix("text/javascript") { return tightenedScript(bytes) }
    return bytes
}

/// Blanks go where the grammar needs none: around `{`, `}`, `;` and `,` and after a colon. Those before a colon, around
/// `>` or `+` and in brackets stay: `a :is(b)` and `calc(1px + 2px)` need them. Strings are copied.
private func tightenedStyle(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    var isBlank = false
    while at < bytes.count {
        let byte = bytes[at]
        if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "*") {
            at = endOfComment(bytes, from: at + 2)
            isBlank = true
            continue
        }
        if isSpace(byte) {
            isBlank = true
            at += 1
            continue
        }
        let last = result.last ?? UInt8(ascii: "{")
        if isBlank, !isTight(last), last != UInt8(ascii: ":"), !isTight(byte) { result.append(UInt8(ascii: " ")) }
        isBlank = false
        if byte == UInt8(ascii: "}"), last == UInt8(ascii: ";") { result.removeLast() }
        let end = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? endOfString(bytes, from: at) : at + 1
        result += bytes[at..<end]
        at = end
    }
    return result
}

private func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }

private func isTight(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ",")].contains(byte)
}

private func endOfComment(_ bytes: [UInt8], from start: Int) -> Int {
    var at = start
    while at < bytes.count {
        if bytes[at] == UInt8(ascii: "*"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") { return at + 2 }
        at += 1
    }
    return bytes.count
}

/// Behind the closing quote.
private func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
    var at = start + 1
    while at < bytes.count, bytes[at] != bytes[start] { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(at + 1, bytes.count)
}

/// Only whole lines of comment go, and what stands before and behind the others. Without knowing the language that is
/// safe outside of template literals alone, so a script with one over several lines is left as it is.
private func tightenedScript(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        guard line.count(where: { $0 == UInt8(ascii: "`") }).isMultiple(of: 2) else { return bytes }
        let words = line.drop(while: isSpace)
        if words.isEmpty || words.starts(with: "//".utf8) { continue }
        result += words
        while let last = result.last, isSpace(last) { result.removeLast() }
        result.append(UInt8(ascii: "\n"))
    }
    return result
}
