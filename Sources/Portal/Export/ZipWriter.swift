import Glibc
import Permits
import Store

/// Writes a ZIP archive into a file, entry by entry, without compression: papers are compressed already, and memory
/// stays flat whatever their size. PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; names are UTF-8 (4.4.4,
/// bit 11). Without ZIP64, so below 4 GiB and 65,536 entries.
struct ZipWriter: ~Copyable {
    private struct Entry {
        let name: [UInt8]
        let checksum: UInt32
        let size: UInt32
        let offset: UInt32
    }

    private let descriptor: Int32
    private let time: UInt16
    private let date: UInt16
    private var position = 0
    private var entries: [Entry] = []

    /// Creates the file at `path`, readable by its owner only.
    /// - Parameter now: The time that all entries carry, on Medan's clock.
    init(path: String, now: Moment) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        let clock = now.clock
        time = UInt16(clock.hour << 11 | clock.minute << 5)
        date = UInt16(max(0, now.day.year - 1980) << 9 | now.day.month << 5 | now.day.day)
    }

    deinit { close(descriptor) }

    mutating func add(_ name: String, bytes: [UInt8]) throws {
        var checksum = CRC32()
        bytes.withUnsafeBytes { checksum.update($0) }
        try begin(name, size: bytes.count, checksum: checksum.value)
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Copies a file in blocks.
    mutating func add(_ name: String, contentsOf path: String) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        defer { close(source) }
        let start = position
        try begin(name, size: 0, checksum: 0)
        var checksum = CRC32()
        var size = 0
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = block.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw VaultFault.system(call: "read", code: errno) }
            if count == 0 { break }
            try block.withUnsafeBytes { bytes in
                let part = UnsafeRawBufferPointer(rebasing: bytes[..<count])
                checksum.update(part)
                try write(part)
            }
            size += count
        }
        try complete(entryAt: start, size: size, checksum: checksum.value)
    }

    /// Writes the directory at the end.
    /// - Returns: Bytes of the whole archive.
    mutating func finish() throws -> Int {
        let start = position
        for entry in entries {
            var record = Little()
            record.add(UInt32(0x0201_4b50))
            record.add(UInt16(3 << 8 | 20))  // made on Unix: the mode below counts
            record.add(header: entry.checksum, entry.size, nameLength: entry.name.count, time: time, date: date)
            record.add([0, 0, 0, 0, 0, 0])  // no comment, first disk, binary
            record.add(UInt32(0o100600) << 16)
            record.add(entry.offset)
            record.add(entry.name)
            try record.bytes.withUnsafeBytes { try write($0) }
        }
        let length = position - start
        var end = Little()
        end.add(UInt32(0x0605_4b50))
        end.add([0, 0, 0, 0])
        end.add(UInt16(entries.count))
        end.add(UInt16(entries.count))
        end.add(try Self.small(length))
        end.add(try Self.small(start))
        end.add([0, 0])
        try end.bytes.withUnsafeBytes { try write($0) }
        return position
    }

    private mutating func begin(_ name: String, size: Int, checksum: UInt32) throws {
        guard entries.count < 65_535 else { throw PermitError.conflict("conflict.exportTooLarge") }
        let entry = Entry(
            name: Array(name.utf8), checksum: checksum, size: try Self.small(size), offset: try Self.small(position))
        var record = Little()
        record.add(UInt32(0x0403_4b50))
        record.add(header: checksum, entry.size, nameLength: entry.name.count, time: time, date: date)
        record.add(entry.name)
        try record.bytes.withUnsafeBytes { try write($0) }
        entries.append(entry)
    }

    /// Size and checksum of a file are known once it is copied; they go back into the entry's head.
    private mutating func complete(entryAt start: Int, size: Int, checksum: UInt32) throws {
        guard let begun = entries.popLast() else { return }
        let entry = Entry(name: begun.name, checksum: checksum, size: try Self.small(size), offset: begun.offset)
        entries.append(entry)
        var record = Little()
        record.add(checksum)
        record.add(entry.size)
        record.add(entry.size)
        let done = record.bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(start + 14)) }
        guard done == 12 else { throw VaultFault.system(call: "pwrite", code: errno) }
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if errno == ENOSPC { throw VaultFault.full }
                throw VaultFault.system(call: "write", code: errno)
            }
            done += count
        }
        position += bytes.count
    }

    private static func small(_ number: Int) throws -> UInt32 {
        guard number < Int(UInt32.max) else { throw PermitError.conflict("conflict.exportTooLarge") }
        return UInt32(number)
    }
}

/// Little-endian bytes.
private struct Little {
    var bytes: [UInt8] = []

    mutating func add(_ value: UInt16) { bytes += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
    mutating func add(_ value: UInt32) {
        add(UInt16(truncatingIfNeeded: value))
        add(UInt16(value >> 16))
    }
    mutating func add(_ more: [UInt8]) { bytes += more }

    /// What an entry's head and its row in the directory have in common; nothing is compressed.
    mutating func add(header checksum: UInt32, _ size: UInt32, nameLength: Int, time: UInt16, date: UInt16) {
        for value in [UInt16(20), 1 << 11, 0, time, date] { add(value) }
        for value in [checksum, size, size] { add(value) }
        add(UInt16(truncatingIfNeeded: nameLength))
        add(UInt16(0))
    }
}

/// Checksum of ZIP (ISO 3309, polynomial 0xEDB88320), eight bytes at a step.
struct CRC32 {
    private static let tables: [[UInt32]] = {
        var tables = [[UInt32]](repeating: [UInt32](repeating: 0, count: 256), count: 8)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
            tables[0][index] = value
        }
        for table in 1..<8 {
            for index in 0..<256 {
                let value = tables[table - 1][index]
                tables[table][index] = tables[0][Int(value & 0xFF)] ^ (value >> 8)
            }
        }
        return tables
    }()

    private var state: UInt32 = 0xFFFF_FFFF

    var value: UInt32 { ~state }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let tables = Self.tables
        var crc = state
        var index = 0
        while index + 8 <= bytes.count {
            let low = crc ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian
            let high = bytes.loadUnaligned(fromByteOffset: index + 4, as: UInt32.self).littleEndian
            crc =
                tables[7][Int(low & 0xFF)] ^ tables[6][Int(low >> 8 & 0xFF)] ^ tables[5][Int(low >> 16 & 0xFF)]
                ^ tables[4][Int(low >> 24)]
            crc ^=
                tables[3][Int(high & 0xFF)] ^ tables[2][Int(high >> 8 & 0xFF)] ^ tables[1][Int(high >> 16 & 0xFF)]
                ^ tables[0][Int(high >> 24)]
            index += 8
        }
        while index < bytes.count {
            crc = tables[0][Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ (crc >> 8)
            index += 1
        }
        state = crc
    }
}
