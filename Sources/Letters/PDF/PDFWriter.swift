import Crypto

/// Collects indirect objects and writes the file: header, objects, cross-reference table, trailer (ISO 32000-1, 7.5).
struct PDFWriter {
    private let version: String
    private var objects: [[UInt8]] = []

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

    /// The whole file. Its `/ID` is a digest of the content, so the same letter gives the same bytes.
    func file(catalog: PDFReference, info: PDFReference) -> [UInt8] {
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
        return file
    }
}
