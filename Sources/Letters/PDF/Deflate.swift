import CZlib

/// zlib format, as `FlateDecode` wants it; nil when zlib refuses, and the stream is then stored as it is.
func deflate(_ bytes: [UInt8]) -> [UInt8]? {
    var length = compressBound(uLong(bytes.count))
    var output = [UInt8](repeating: 0, count: Int(length))
    guard compress2(&output, &length, bytes, uLong(bytes.count), 6) == Z_OK else { return nil }
    return Array(output.prefix(Int(length)))
}
