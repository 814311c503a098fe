import Crypto
import Foundation
import Glibc
import Synchronization

/// A file in the vault, named by its content.
public struct StoredFile: Equatable, Sendable {
    /// 64 hexadecimal digits.
    public let sha256: String
    /// Bytes.
    public let size: Int

    public init(sha256: String, size: Int) {
        self.sha256 = sha256
        self.size = size
    }
}

public enum VaultFault: Error, CustomStringConvertible {
    case system(call: String, code: Int32)
    case damaged(sha256: String)
    /// Less is free on the disk than must stay free for the database.
    case full

    public var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .damaged(let sha256): "file \(sha256) in the vault is missing or damaged"
        case .full: "the disk is nearly full"
        }
    }
}

/// Files by content: `ab/abcdef...`. A file is complete and on disk before its name exists, is never changed
/// after, and the same content is kept once. Readable by the owner only.
public struct FileVault: Sendable {
    public let directory: String
    /// Held where a file is found or removed, so that none goes in the moment in which it is given again.
    private let names = NameLock()
    /// Bytes that stay free, for the database and its log.
    private static let reserve = 256 << 20

    public init(directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(
            atPath: "\(directory)/new", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // What a crash left half-written.
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(directory)/new") {
            try FileManager.default.removeItem(atPath: "\(directory)/new/\(name)")
        }
    }

    public func path(of sha256: String) -> String { "\(directory)/\(sha256.prefix(2))/\(sha256)" }

    /// Bytes of a file; nil when it is not there.
    public func size(of sha256: String) -> Int? {
        var about = stat()
        return lstat(path(of: sha256), &about) == 0 ? Int(about.st_size) : nil
    }

    public func keep(_ bytes: [UInt8]) throws -> StoredFile {
        var hasher = SHA256()
        hasher.update(data: bytes)
        return try place(size: bytes.count, hash: hex(hasher.finalize())) { descriptor in
            try bytes.withUnsafeBytes { try Self.writeAll($0, to: descriptor) }
        }
    }

    /// Copies a file in blocks, so that memory does not grow with its size.
    public func keep(contentsOf path: String) throws -> StoredFile {
        let source = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        defer { Glibc.close(source) }
        var hasher = SHA256()
        var size = 0
        try Self.eachBlock(of: source) { block in
            hasher.update(bufferPointer: block)
            size += block.count
        }
        guard lseek(source, 0, SEEK_SET) == 0 else { throw VaultFault.system(call: "lseek", code: errno) }
        return try place(size: size, hash: hex(hasher.finalize())) { target in
            try Self.eachBlock(of: source) { try Self.writeAll($0, to: target) }
        }
    }

    /// The whole content, checked against its name.
    public func bytes(of sha256: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(of: sha256)), hex(SHA256.hash(data: data)) == sha256
        else {
            throw VaultFault.damaged(sha256: sha256)
        }
        return [UInt8](data)
    }

    private func hasRoom(for size: Int) -> Bool {
        var about = statvfs()
        guard statvfs(directory, &about) == 0 else { return true }
        return Int(about.f_bavail) * Int(about.f_frsize) > size + Self.reserve
    }

    /// Removes files that nothing refers to: drafts whose papers were replaced, uploads that a crash cut short.
    /// - Parameters:
    ///   - age: Seconds; younger ones may be about to be referred to.
    ///   - referred: Which of some hashes are in use.
    /// - Returns: How many were removed.
    public func sweep(olderThan age: Int, now: Int, referred: ([String]) throws -> Set<String>) throws -> Int {
        var removed = 0
        for folder in try FileManager.default.contentsOfDirectory(atPath: directory) where folder.utf8.count == 2 {
            let hashes = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)")
            let used = try referred(hashes)
            for hash in hashes where !used.contains(hash) {
                let isGone = names.lock.withLock { _ in
                    var about = stat()
                    let path = path(of: hash)
                    return lstat(path, &about) == 0 && now - about.st_mtim.tv_sec > age && unlink(path) == 0
                }
                if isGone { removed += 1 }
            }
        }
        return removed
    }

    private func place(size: Int, hash: String, write: (Int32) throws -> Void) throws -> StoredFile {
        let file = StoredFile(sha256: hash, size: size)
        let target = path(of: hash)
        // Its time of change says when it was last given: what was given a moment ago is not swept.
        if names.lock.withLock({ _ in utimes(target, nil) == 0 }) { return file }
        guard hasRoom(for: size) else { throw VaultFault.full }
        let folder = "\(directory)/\(hash.prefix(2))"
        if mkdir(folder, 0o700) == 0 {
            try Self.synchronise(directory)
        } else if errno != EEXIST {
            throw VaultFault.system(call: "mkdir", code: errno)
        }
        let temporary = "\(directory)/new/\(UUID().uuidString)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        do {
            defer { Glibc.close(descriptor) }
            try write(descriptor)
            guard fsync(descriptor) == 0 else { throw VaultFault.system(call: "fsync", code: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, target) == 0 else {
            let code = errno
            unlink(temporary)
            throw VaultFault.system(call: "rename", code: code)
        }
        try Self.synchronise(folder)
        return file
    }

    /// A new name is only safe once its folder is on disk.
    private static func synchronise(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw VaultFault.system(call: "fsync", code: errno) }
    }

    private static func writeAll(_ block: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = block
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(descriptor, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw VaultFault.system(call: "write", code: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    private static func eachBlock(of descriptor: Int32, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw VaultFault.system(call: "read", code: errno)
            }
            try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

private final class NameLock: Sendable {
    let lock = Mutex(())
}

/// SHA-256 of a text, in hexadecimal digits.
func sha256(_ text: String) -> String { hex(SHA256.hash(data: Data(text.utf8))) }

private func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
