@testable import Letters

/// Small PDFs written by hand, good and bad.
enum PaperMaker {
    /// One page. What is given is added to the catalog, to the page, to the trailer and as objects from 5 on.
    /// - Parameter opening: How the catalog begins.
    static func paper(
        opening: String = "1 0 obj\n<<", catalog: String = "", page: String = "", objects: [String] = [],
        trailer: String = "", raw: [UInt8] = []
    ) -> [UInt8] {
        let all =
            [
                "/Type/Catalog/Pages 2 0 R\(catalog)>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\(page)>>",
                "<</Length 9>>stream\n0 0 m 9 9\nendstream",
            ] + objects
        var bytes = Array("%PDF-1.7\n%\u{E2}\u{E3}\n".utf8)
        var offsets: [Int] = []
        for (index, text) in all.enumerated() {
            offsets.append(bytes.count)
            bytes += "\(index == 0 ? opening : "\(index + 1) 0 obj\n")\(text)\nendobj\n".utf8
        }
        bytes += raw
        let start = bytes.count
        bytes += "xref\n0 \(all.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets { bytes += "\(padded(offset)) 00000 n \n".utf8 }
        bytes += "trailer\n<</Size \(all.count + 1)/Root 1 0 R\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8
        return bytes
    }

    /// An object stream as object 20: objects from 21 on.
    static func packed(
        _ objects: [String], entries: String = "/Filter/FlateDecode", first: Int? = nil, count: Int? = nil,
        start: String = "stream\r\n", encode: ([UInt8]) -> [UInt8] = { deflate($0) ?? [] }
    ) -> [UInt8] {
        var header = ""
        var body: [UInt8] = []
        for (index, text) in objects.enumerated() {
            header += "\(21 + index) \(body.count) "
            body += "\(text) ".utf8
        }
        let data = encode(Array(header.utf8) + body)
        let dictionary =
            "<</Type/ObjStm/N \(count ?? objects.count)/First \(first ?? header.utf8.count)/Length \(data.count)\(entries)>>"
        return Array("20 0 obj\n\(dictionary)\(start)".utf8) + data + Array("\nendstream\nendobj\n".utf8)
    }

    /// A later version of the catalog, behind the first end of the file.
    static func updated(_ paper: [UInt8], catalog: String) -> [UInt8] {
        let text = "1 0 obj\n<</Type/Catalog/Pages 2 0 R\(catalog)>>\nendobj\n"
        let table = "xref\n1 1\n\(padded(paper.count)) 00000 n \n"
        let trailer = "trailer\n<</Size 5/Root 1 0 R/Prev 100>>\nstartxref\n\(paper.count + text.utf8.count)\n%%EOF\n"
        return paper + Array((text + table + trailer).utf8)
    }

    /// Rows of four bytes behind PNG's filter byte "up" (ISO/IEC 15948, 9.2).
    static func predicted(_ bytes: [UInt8]) -> [UInt8] {
        var above: [UInt8] = [0, 0, 0, 0]
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let row = Array(bytes[start..<min(bytes.count, start + 4)])
            result.append(2)
            for (index, byte) in row.enumerated() { result.append(byte &- above[index]) }
            above.replaceSubrange(row.indices, with: row)
        }
        return result
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: 10 - text.count) + text
    }
}
