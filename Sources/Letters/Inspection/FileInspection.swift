import Glibc
import Permits

/// Judges a file from a stranger by its content alone: what it is, whether it is whole, and whether anything in it acts
/// by itself. Memory is bounded by a few MiB beside the file, time by the file's size.
public enum FileInspection {
    /// What the rules are called in records; the number goes up when they change.
    public static let version = "structure/2"

    public static func inspect(_ bytes: [UInt8]) throws(FileFault) -> FileFacts {
        try bytes.withUnsafeBufferPointer { (buffer) throws(FileFault) in try inspect(ByteView(buffer)) }
    }

    /// Reads the file through a mapping, so that memory does not grow with its size. Nobody may shorten it meanwhile.
    /// - Throws: `FileFault`, or `FileUnavailable` when it cannot be read.
    public static func inspect(path: String) throws -> FileFacts {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileUnavailable(call: "open", code: errno) }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else { throw FileUnavailable(call: "fstat", code: errno) }
        let size = Int(about.st_size)
        guard size > 0 else { throw FileFault.unknown }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw FileUnavailable(call: "mmap", code: errno)
        }
        defer { munmap(start, size) }
        let bytes = UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: size)
        return try inspect(ByteView(bytes))
    }

    private static func inspect(_ bytes: ByteView) throws(FileFault) -> FileFacts {
        switch FileKind(sniffing: Array(bytes.part(0, 16))) {
        case .pdf: try PDFScanner(bytes).scan()
        case .jpeg: try JPEGCheck.check(bytes)
        case .png: try PNGCheck.check(bytes)
        case nil: throw OtherKind.fault(of: bytes)
        }
    }
}

/// The file itself could not be read.
public struct FileUnavailable: Error, CustomStringConvertible {
    public let call: String
    public let code: Int32
    public var description: String { "\(call) of an upload: \(String(cString: strerror(code)))" }
}

/// Files that people send instead of what was asked for, recognised so that they can be told what to do.
enum OtherKind {
    static func fault(of bytes: ByteView) -> FileFault {
        if bytes.has("ftyp", at: 4) {
            // ISO base media file whose brand is one of HEIF's (ISO/IEC 23008-12, annex B); AVIF is read by as few.
            let brands: [StaticString] = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif"]
            return brands.contains { bytes.has($0, at: 8) } ? .heic : .unknown
        }
        if bytes.has("RIFF", at: 0) { return bytes.has("WEBP", at: 8) ? .otherPicture : .unknown }
        let pictures: [StaticString] = ["GIF87a", "GIF89a", "II*\0", "MM\0*"]
        if pictures.contains(where: { bytes.has($0, at: 0) }) { return .otherPicture }
        // Windows bitmaps say their header's size, between 12 and 124, at byte 14.
        if bytes.has("BM", at: 0), (12...124).contains(bytes[14]), bytes[15] == 0 { return .otherPicture }
        if bytes.has("PK\u{3}\u{4}", at: 0) {
            let marks: [StaticString] = ["[Content_Types].xml", "word/", "xl/", "ppt/", "opendocument"]
            return marks.contains { bytes.first($0, from: 0, to: 4096) != nil } ? .office : .archive
        }
        // Compound files (the old .doc) and RTF; the first signature is no UTF-8.
        let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        if compound.elementsEqual(bytes.part(0, 8)) || bytes.has("{\\rtf", at: 0) { return .office }
        if bytes.has("Rar!", at: 0) || bytes.has("7z", at: 0) && bytes[2] == 0xBC { return .archive }
        return .unknown
    }
}
