import CFuzzer
import Glibc
import HTTPTypes
import Letters

@testable import HTTPServer

/// Drives the parser that `FUZZ_TARGET` names. A trap is a finding, and so is a result that depends on where the stream
/// is cut.
@main struct Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, count in
                target(Array(UnsafeBufferPointer(start: data, count: count)))
                return 0
            })
    }
}

private let target: @Sendable ([UInt8]) -> Void = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    switch name {
    case "head": return fuzzHead
    case "chunked": return fuzzChunked
    case "multipart": return fuzzMultipart
    case "urlencoded": return fuzzURLEncoded
    case "paper": return fuzzPaper
    default: fatalError("FUZZ_TARGET must be head, chunked, multipart, urlencoded or paper")
    }
}()

@Sendable private func fuzzHead(_ bytes: [UInt8]) {
    let parser = HeadParser(headBytes: 2000, targetBytes: 500, headCount: 20)
    func scan(_ steps: some Sequence<Int>) -> Result<Int?, Refusal> {
        var scan = HeadParser.Scan()
        do throws(Refusal) {
            for count in steps {
                if let end = try parser.end(of: bytes[..<count], &scan) { return .success(end) }
            }
            return .success(nil)
        } catch {
            return .failure(error)
        }
    }
    let whole = scan(CollectionOfOne(bytes.count))
    let slow = scan(0...bytes.count)
    guard case .success(let end?) = whole else {
        // Byte by byte a fault may show before the end of the head, but a complete head must not appear.
        if case .success(_?) = slow { fatalError("a head was found byte by byte only") }
        return
    }
    guard case .success(end) = slow else { fatalError("the head ends elsewhere byte by byte") }
    guard let head = try? parser.parse(bytes[..<end]) else { return }
    precondition(head.path.hasPrefix("/") || head.path == "*")
    precondition(!head.path.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C })
    precondition(!head.path.utf8.split(separator: 0x2F).contains { $0.elementsEqual("..".utf8) })
    precondition(head.fields.allSatisfy { !$0.value.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 } })
    let request = RequestHead(path: head.path, rawQuery: head.rawQuery, fields: head.fields)
    _ = (request.cookies, request.segments, request.query, acceptsGzip(head.fields))
    _ = head.fields[.contentType].map { Multipart.boundary(ofContentType: $0) }
    _ = head.fields[.ifModifiedSince].map { parseHTTPDate($0) }
}

@Sendable private func fuzzChunked(_ bytes: [UInt8]) {
    func decode(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [UInt8]? {
        var decoder = ChunkedDecoder()
        var data: [UInt8] = []
        var rest: [UInt8] = []
        for var piece in pieces {
            guard (try? decoder.decode(&piece, into: { (bytes) throws(Refusal) in data += bytes })) != nil
            else { return nil }
            precondition(piece.isEmpty || decoder.isDone)
            rest += piece
        }
        return decoder.isDone ? data + [0] + rest : data
    }
    let whole = decode(CollectionOfOne(bytes[...]))
    precondition(decode(bytes.indices.lazy.map { bytes[$0...$0] }) == whole)
}

@Sendable private func fuzzMultipart(_ bytes: [UInt8]) {
    let cut = bytes.count / 3
    let whole = parts(CollectionOfOne(bytes[...]))
    precondition(parts([bytes[..<cut], bytes[cut...]]) == whole)
    precondition(parts(bytes.indices.lazy.map { bytes[$0...$0] }) == whole)
}

private struct Part: Equatable {
    let header: MultipartHeader
    var content: [UInt8] = []
    var isComplete = false
}

private func parts(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [Part]? {
    var parser = Multipart(boundary: "b")
    var parts: [Part] = []
    do {
        for piece in pieces {
            try parser.consume(piece) { event in
                switch event {
                case .part(let header): parts.append(Part(header: header))
                case .content(let bytes): parts[parts.count - 1].content += bytes
                case .partEnd: parts[parts.count - 1].isComplete = true
                }
            }
        }
        try parser.finish()
    } catch {
        return nil
    }
    precondition(parts.allSatisfy(\.isComplete))
    return parts
}

@Sendable private func fuzzURLEncoded(_ bytes: [UInt8]) {
    _ = URLEncodedForm.decodeQuery(String(decoding: bytes, as: UTF8.self))
    guard let fields = try? URLEncodedForm.decode(bytes[...]) else { return }
    guard let again = try? URLEncodedForm.decode(Array(URLEncodedForm.encode(fields).utf8)[...])
    else { fatalError("what was encoded cannot be decoded") }
    precondition(fields.pairs.elementsEqual(again.pairs) { $0 == $1 })
}

/// A file from a stranger. Space behind it makes it no other.
@Sendable private func fuzzPaper(_ bytes: [UInt8]) {
    guard let facts = try? FileInspection.inspect(bytes) else { return }
    precondition(facts.pages != 0 && facts.width != 0 && facts.height != 0)
    precondition((try? FileInspection.inspect(bytes + [0x20, 0x0A])) == facts)
}
