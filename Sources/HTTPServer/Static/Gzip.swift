import CZlib

/// Compresses to the gzip format (RFC 1952), or returns nil when zlib has no memory.
///
/// - Parameter level: 1 (fast) to 9 (small).
public func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
    var stream = z_stream()
    // 15 bits of window, and 16 for the gzip wrapper.
    guard
        deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    guard let count = UInt32(exactly: bytes.count) else { return nil }
    let bound = Int(deflateBound(&stream, UInt(count)))
    var input = bytes  // zlib's pointer is not const, though it only reads
    var finished = false
    let compressed = [UInt8](unsafeUninitializedCapacity: bound) { output, filled in
        input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = count
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(clamping: output.count)
            finished = deflate(&stream, Z_FINISH) == Z_STREAM_END
            filled = Int(stream.total_out)
        }
    }
    return finished ? compressed : nil
}
