/// Why an uploaded file gave no bytes.
public enum UploadFault: Error {
    /// It holds more than the caller's limit.
    case tooLarge
    case unreadable
}

/// A file of a multipart form. Everything but its bytes is what the client claims.
public struct UploadedFile: Sendable {
    /// Name of the form field.
    public let name: String
    /// File name as sent, path and all: never use it as a path.
    public let filename: String
    public let contentType: String?
    /// Bytes sent, also when they were dropped for being too many.
    public let size: Int
    /// True when the file is over the route's `maxFile`. It then has no content.
    public let isTooLarge: Bool
    private let storage: Storage

    enum Storage: Sendable {
        case memory([UInt8])
        case file(TemporaryFile)
    }

    init(name: String, filename: String, contentType: String?, size: Int, isTooLarge: Bool, storage: Storage) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.size = size
        self.isTooLarge = isTooLarge
        self.storage = storage
    }

    /// For tests and for files that did not come from a request.
    public init(name: String, filename: String, contentType: String? = nil, bytes: [UInt8]) {
        self.init(
            name: name, filename: filename, contentType: contentType, size: bytes.count, isTooLarge: false,
            storage: .memory(bytes))
    }

    /// Path of the temporary file, valid as long as this value lives; nil for a file held in memory.
    public var path: String? {
        if case .file(let file) = storage { file.path } else { nil }
    }

    /// All bytes. Throws `tooLarge` when there are more than `limit`.
    public func readAll(limit: Int) throws(UploadFault) -> [UInt8] {
        guard !isTooLarge, size <= limit else { throw .tooLarge }
        return try read(at: 0, count: size)
    }

    /// The first `count` bytes, or fewer when the file is shorter: enough to sniff its type.
    public func prefix(_ count: Int) throws(UploadFault) -> [UInt8] { try read(at: 0, count: count) }

    /// Up to `count` bytes from `offset`; empty at the end.
    public func read(at offset: Int, count: Int) throws(UploadFault) -> [UInt8] {
        switch storage {
        case .memory(let bytes): Array(bytes.dropFirst(max(0, offset)).prefix(max(0, count)))
        case .file(let file): try file.read(at: max(0, offset), count: max(0, count))
        }
    }

    /// Hands the content on in pieces of at most `pieceBytes`, for hashing and copying in constant memory.
    public func forEachPiece(of pieceBytes: Int = 64 * 1024, _ body: ([UInt8]) throws -> Void) throws {
        var offset = 0
        while true {
            let piece = try read(at: offset, count: max(1, pieceBytes))
            guard !piece.isEmpty else { return }
            try body(piece)
            offset += piece.count
        }
    }
}

/// Collects bytes: in memory first, in a temporary file once they are many.
struct Spool {
    private let space: TemporarySpace
    private let memoryLimit: Int
    private(set) var count = 0
    private var memory: [UInt8] = []
    private var file: TemporaryFile?

    init(space: TemporarySpace, memoryLimit: Int) {
        self.space = space
        self.memoryLimit = memoryLimit
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws(Refusal) {
        count += bytes.count
        if file == nil, count > memoryLimit {
            let fresh = try space.makeFile()
            try fresh.append(memory[...])
            memory = []
            file = fresh
        }
        if let file { try file.append(bytes) } else { memory += bytes }
    }

    var storage: UploadedFile.Storage { file.map { .file($0) } ?? .memory(memory) }

    func bytes() throws(Refusal) -> [UInt8] {
        guard let file else { return memory }
        do { return try file.read(at: 0, count: count) } catch { throw Refusal(500) }
    }
}
