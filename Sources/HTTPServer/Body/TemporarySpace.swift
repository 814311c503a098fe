import CLinux
import Glibc
import Synchronization

/// The folder for bodies too large for memory, and the quota over all its files.
final class TemporarySpace: Sendable {
    private let directory: String
    private let quota: Int
    private let used = Atomic<Int>(0)
    private let count = Atomic<Int>(0)

    init(directory: String, quota: Int) {
        self.directory = directory
        self.quota = quota
        removeLeftovers()
    }

    /// Bytes that living temporary files hold.
    var usedBytes: Int { used.load(ordering: .relaxed) }

    /// Throws 507 when the folder takes no new file.
    func makeFile() throws(Refusal) -> TemporaryFile {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let random = UInt64.random(in: .min ... .max)
        let path = "\(directory)/\(Self.prefix)\(getpid())-\(number)-\(String(random, radix: 36))"
        let fd = clx_create_private(path)
        guard fd >= 0 else { throw Refusal(507) }
        return TemporaryFile(fd: fd, path: path, space: self)
    }

    func reserve(_ bytes: Int) -> Bool {
        guard used.add(bytes, ordering: .relaxed).newValue <= quota else {
            release(bytes)
            return false
        }
        return true
    }

    func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }

    private static let prefix = "upload-"

    /// A killed process leaves its files behind; names carry the process id so that its successor may tell.
    private func removeLeftovers() {
        guard let folder = opendir(directory) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            let parts = name.split(separator: "-")
            guard parts.count == 4, parts[0] + "-" == Self.prefix, let owner = Int32(parts[1]), owner > 1 else {
                continue
            }
            if kill(owner, 0) != 0, errno == ESRCH { unlink("\(directory)/\(name)") }
        }
    }
}

/// A file that is unlinked when its last reference goes, whatever way that happens.
final class TemporaryFile: Sendable {
    let path: String
    private let fd: Int32
    private let space: TemporarySpace
    private let written = Atomic<Int>(0)

    init(fd: Int32, path: String, space: TemporarySpace) {
        self.fd = fd
        self.path = path
        self.space = space
    }

    deinit {
        close(fd)
        unlink(path)
        space.release(size)
    }

    var size: Int { written.load(ordering: .relaxed) }

    /// Throws 507 when the quota or the disk is full.
    func append(_ bytes: ArraySlice<UInt8>) throws(Refusal) {
        guard space.reserve(bytes.count) else { throw Refusal(507) }
        written.add(bytes.count, ordering: .relaxed)
        let complete = bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = write(fd, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        if !complete { throw Refusal(507) }
    }

    /// Reads at an offset, so that several readers never disturb each other.
    func read(at offset: Int, count: Int) throws(UploadFault) -> [UInt8] {
        let wanted = max(0, min(count, size - offset))
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let got = pread(fd, buffer.baseAddress.map { $0 + filled }, wanted - filled, offset + filled)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failed = true
                    return
                }
                filled += got
            }
        }
        guard !failed else { throw .unreadable }
        return bytes
    }
}
