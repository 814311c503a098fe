/// A streaming parser of multipart/form-data (RFC 7578, RFC 2046 section 5.1). It holds back at most one delimiter's
/// length of content, so a part of any size passes in constant memory.
public struct Multipart: Sendable {
    /// What the parser saw, in order: `part`, any number of `content`, `partEnd`, and so on.
    public enum Event: Sendable {
        case part(MultipartHeader)
        case content(ArraySlice<UInt8>)
        case partEnd
    }

    public enum Fault: Error {
        /// Not multipart, or a line ended by something else than CRLF.
        case malformed
        /// The body ended before the final boundary.
        case unfinished
    }

    private enum State {
        case preamble, delimiterEnd, header, content, epilogue
    }

    private static let headerLimit = 8 * 1024
    private static let preambleLimit = 1024

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var held: [UInt8]
    private var preambleBytes = 0

    /// - Parameter boundary: the parameter of the `Content-Type`; use `boundary(ofContentType:)`.
    public init(boundary: String) {
        delimiter = Array("\r\n--".utf8) + Array(boundary.utf8)
        // The first delimiter may begin the body; a line end put before it makes all delimiters look alike.
        held = [.cr, .lf]
    }

    /// Whether the final boundary has been read.
    public var isFinished: Bool { state == .epilogue }

    /// The boundary of a `multipart/form-data` content type; nil for another type or a boundary RFC 2046 forbids.
    public static func boundary(ofContentType value: String) -> String? {
        guard let type = ParameterizedValue(value), type.value == "multipart/form-data",
            let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0 == 0x20 }), boundary.utf8.last != 0x20
        else { return nil }
        return boundary
    }

    /// Takes the next bytes of the body, cut anywhere.
    ///
    /// - Throws: `Fault`, or what `handle` throws.
    public mutating func consume(_ bytes: ArraySlice<UInt8>, _ handle: (Event) throws -> Void) throws {
        guard state != .epilogue else { return }
        held += bytes
        var position = 0
        while try step(&position, handle) {}
        held.removeFirst(position)
    }

    /// Says that the body has ended.
    public func finish() throws(Fault) {
        guard isFinished else { throw .unfinished }
    }

    /// One transition from `position` on; false when more bytes are needed.
    private mutating func step(_ position: inout Int, _ handle: (Event) throws -> Void) throws -> Bool {
        let rest = held[position...]
        switch state {
        case .epilogue:
            position = held.count
            return false
        case .preamble, .content:
            let found = rest.firstPosition(of: delimiter)
            let safe = found ?? max(position, heldBack(rest))
            if safe > position {
                if state == .content {
                    try handle(.content(held[position..<safe]))
                } else {
                    preambleBytes += safe - position
                    guard preambleBytes <= Self.preambleLimit else { throw Fault.malformed }
                }
            }
            position = safe
            guard let found else { return false }
            if state == .content { try handle(.partEnd) }
            position = found + delimiter.count
            state = .delimiterEnd
            return true
        case .delimiterEnd:
            if rest.starts(with: [0x2D, 0x2D]) {
                state = .epilogue
                return true
            }
            // Transport padding may follow a boundary; anything else would make it another boundary or plain content,
            // and readers disagree on which.
            let end = rest.drop(while: \.isBlank)
            guard rest.count - end.count <= 64 else { throw Fault.malformed }
            if end.count < 2 {
                guard end.isEmpty || end.first == .cr || end.count == rest.count && end.first == 0x2D
                else { throw Fault.malformed }
                return false
            }
            guard end.starts(with: [.cr, .lf]) else { throw Fault.malformed }
            position = end.startIndex + 2
            state = .header
            return true
        case .header:
            guard let end = rest.firstPosition(of: [.cr, .lf, .cr, .lf]) else {
                guard rest.count <= Self.headerLimit else { throw Fault.malformed }
                return false
            }
            guard end - position <= Self.headerLimit else { throw Fault.malformed }
            try handle(.part(try MultipartHeader(held[position..<end])))
            position = end + 4
            state = .content
            return true
        }
    }

    /// Where a delimiter that is still incomplete could begin.
    private func heldBack(_ rest: ArraySlice<UInt8>) -> Int {
        var index = max(rest.startIndex, rest.endIndex - delimiter.count + 1)
        while index < rest.endIndex {
            if rest[index] == .cr, delimiter.starts(with: rest[index...]) { return index }
            index += 1
        }
        return rest.endIndex
    }
}
