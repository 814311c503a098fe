import Crypto

/// Collects indirect objects and writes the file: header, objects, cross-reference table, trailer (ISO 32000-1, 7.5).
struct PDFWriter {
    private let version: String
    private var objects: [[UInt8]] = []
    private var signature: SignatureDictionary?

    init(version: String) {
        self.version = version
    }

    /// A number for an object that others refer to before it is written.
    mutating func reserve() -> PDFReference {
        objects.append([])
        return PDFReference(number: objects.count)
    }

    mutating func write(_ value: PDFValue, at reference: PDFReference) {
        var body: [UInt8] = []
        body.append(value)
        objects[reference.number - 1] = body
    }

    /// An object that is in bytes already.
    mutating func write(_ body: [UInt8], at reference: PDFReference) {
        objects[reference.number - 1] = body
    }

    @discardableResult
    mutating func add(_ value: PDFValue) -> PDFReference {
        let reference = reserve()
        write(value, at: reference)
        return reference
    }

    /// A stream, deflated unless it must stay readable as it is (XMP in PDF/A).
    mutating func addStream(_ dictionary: PDFDictionary, _ bytes: [UInt8], compressed: Bool = true) -> PDFReference {
        var dictionary = dictionary
        var content = bytes
        if compressed, let deflated = deflate(bytes) {
            content = deflated
            dictionary.add("Filter", .name("FlateDecode"))
        }
        dictionary.add("Length", .integer(content.count))
        var body: [UInt8] = []
        body.append(dictionary)
        body.append("\nstream\n")
        body += content
        body.append("\nendstream")
        let reference = reserve()
        objects[reference.number - 1] = body
        return reference
    }

    /// A signature dictionary with an empty signature (12.8.1); a file has at most one.
    mutating func addSignature(_ dictionary: PDFDictionary) -> PDFReference {
        let reference = reserve()
        let signature = SignatureDictionary(dictionary, number: reference.number)
        objects[reference.number - 1] = signature.body
        self.signature = signature
        return reference
    }

    /// The whole file, and where in it the empty signature stands, `<` and `>` included; nil without one. Its `/ID` is a
    /// digest of the content, so the same letter gives the same bytes.
    func file(catalog: PDFReference, info: PDFReference) -> (bytes: [UInt8], gap: Range<Int>?) {
        var file: [UInt8] = []
        file.reserveCapacity(objects.reduce(4096) { $0 + $1.count + 64 })
        // Four bytes above 127 tell transfer programs that the file is binary.
        file.append("%PDF-\(version)\n%")
        file += [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.count)
            file.append("\(index + 1) 0 obj\n")
            file += object
            file.append("\nendobj\n")
        }
        let start = file.count
        file.append("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n")
        for offset in offsets {
            let digits = String(offset)
            file.append(String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n")
        }
        let digest = Array(SHA256.hash(data: file).prefix(16))
        file.append("trailer\n")
        file.append([
            "Size": .integer(objects.count + 1), "Root": .reference(catalog), "Info": .reference(info),
            "ID": .array([.hex(digest), .hex(digest)]),
        ])
        file.append("\nstartxref\n\(start)\n%%EOF\n")
        guard let signature else { return (file, nil) }
        let head = "\(signature.number) 0 obj\n".utf8.count
        let gap = signature.finish(&file, at: offsets[signature.number - 1] + head)
        return (file, gap)
    }
}

/// The body of a signature dictionary, with room for what is known only when the file is whole.
private struct SignatureDictionary {
    let number: Int
    private(set) var body: [UInt8] = []
    private var range = 0
    private var contents = 0..<0

    /// Four numbers of ten digits at most.
    private static let rangeWidth = 44

    init(_ dictionary: PDFDictionary, number: Int) {
        self.number = number
        body.append(dictionary)
        body.removeLast(2)
        body.append("/ByteRange ")
        range = body.count
        body += [UInt8](repeating: 0x20, count: Self.rangeWidth)
        body.append("/Contents ")
        let start = body.count
        body.append("<")
        body += [UInt8](repeating: 0x30, count: PreparedLetter.signatureDigits)
        body.append(">")
        contents = start..<body.count
        body.append(">>")
    }

    /// Writes the byte range, which leaves out `<` and `>` too (12.8.1), and returns that gap.
    func finish(_ file: inout [UInt8], at offset: Int) -> Range<Int> {
        let gap = contents.lowerBound + offset..<contents.upperBound + offset
        let text = "[0 \(gap.lowerBound) \(gap.upperBound) \(file.count - gap.upperBound)]"
        for (index, byte) in text.utf8.enumerated() { file[offset + range + index] = byte }
        return gap
    }
}
