/// Gathers the parts of a multipart body: text fields as strings, files in spools.
struct FormCollector {
    private enum Part {
        case field(name: String, bytes: [UInt8])
        case file(MultipartHeader, filename: String, Spool, dropped: Int)
    }

    /// All text of one form; it is held in memory, unlike files.
    private static let textLimit = 1024 * 1024

    private var parser: Multipart
    private let space: TemporarySpace
    private let memoryLimit: Int
    private let maxFile: Int
    private let maxFiles: Int
    private let maxFields: Int

    private var part: Part?
    private var pairs: [(name: String, value: String)] = []
    private var files: [UploadedFile] = []
    private var textBytes = 0
    private var parts = 0

    init(_ boundary: String, _ policy: BodyPolicy, space: TemporarySpace, memoryLimit: Int) {
        parser = Multipart(boundary: boundary)
        self.space = space
        self.memoryLimit = memoryLimit
        if case .multipart(_, let maxFile, let maxFiles, let maxFields) = policy {
            self.maxFile = maxFile
            self.maxFiles = maxFiles
            self.maxFields = maxFields
        } else {
            (maxFile, maxFiles, maxFields) = (0, 0, 0)
        }
    }

    /// - Throws: 400 for a malformed body, 413 for too many parts, 507 when there is no room.
    mutating func append(_ bytes: ArraySlice<UInt8>) throws(Refusal) {
        var parser = parser
        defer { self.parser = parser }
        do {
            try parser.consume(bytes) { try take($0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(400)
        }
    }

    func finish() throws(Refusal) -> (FormFields, [UploadedFile]) {
        guard parser.isFinished else { throw Refusal(400) }
        return (FormFields(pairs), files)
    }

    private mutating func take(_ event: Multipart.Event) throws(Refusal) {
        switch event {
        case .part(let header): part = try begin(header)
        case .content(let bytes): try append(content: bytes)
        case .partEnd: try end()
        }
    }

    private mutating func begin(_ header: MultipartHeader) throws(Refusal) -> Part {
        // Parts that leave nothing behind, like unused file inputs, still cost time.
        parts += 1
        guard parts <= maxFiles + maxFields + 64 else { throw Refusal(413) }
        guard let filename = header.filename else {
            guard pairs.count < maxFields else { throw Refusal(413) }
            return .field(name: header.name, bytes: [])
        }
        return .file(header, filename: filename, Spool(space: space, memoryLimit: memoryLimit), dropped: 0)
    }

    private mutating func append(content bytes: ArraySlice<UInt8>) throws(Refusal) {
        // Moved out of `part` while it grows, so that nothing is copied.
        let current = part
        part = nil
        switch current {
        case .field(let name, var collected):
            textBytes += bytes.count
            guard textBytes <= Self.textLimit else { throw Refusal(413) }
            collected += bytes
            part = .field(name: name, bytes: collected)
        case .file(let header, let filename, var spool, var dropped):
            // Known as soon as the first byte comes, and before it is stored.
            guard files.count < maxFiles else { throw Refusal(413) }
            if dropped > 0 {
                dropped += bytes.count
            } else if spool.count + bytes.count > maxFile {
                dropped = spool.count + bytes.count
                spool = Spool(space: space, memoryLimit: memoryLimit)
            } else {
                try spool.append(bytes)
            }
            part = .file(header, filename: filename, spool, dropped: dropped)
        case nil: throw Refusal(400)
        }
    }

    private mutating func end() throws(Refusal) {
        switch part {
        case .field(let name, let bytes):
            guard let text = bytes[...].strictText else { throw Refusal(400) }
            pairs.append((name, text))
        case .file(let header, let filename, let spool, let dropped):
            // Browsers send an empty part without a name for a file input that nobody used.
            if !filename.isEmpty || spool.count + dropped > 0 {
                guard files.count < maxFiles else { throw Refusal(413) }
                files.append(
                    UploadedFile(
                        name: header.name, filename: filename, contentType: header.contentType,
                        size: dropped > 0 ? dropped : spool.count, isTooLarge: dropped > 0, storage: spool.storage))
            }
        case nil: throw Refusal(400)
        }
        part = nil
    }
}
