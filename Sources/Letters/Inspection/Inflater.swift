import CZlib

/// Unpacks zlib data (RFC 1950) piece by piece, in constant memory and never more than asked for.
struct Inflater: ~Copyable {
    enum State: Equatable { case running, done, broken }

    /// On the heap, since zlib refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>
    private(set) var state = State.running
    private var output: [UInt8]

    init(blockBytes: Int = 64 * 1024) {
        output = [UInt8](repeating: 0, count: blockBytes)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        if inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK { state = .broken }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Hands on what `input` unpacks to. After it the state is `running` when more input is needed.
    /// - Parameter take: Gets each block; false stops.
    mutating func feed(_ input: UnsafeBufferPointer<UInt8>, take: (UnsafeBufferPointer<UInt8>) -> Bool) {
        guard state == .running, let base = input.baseAddress, let count = UInt32(exactly: input.count) else { return }
        // zlib's pointer is not const, though it only reads.
        let stream = stream
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base)
        stream.pointee.avail_in = count
        while state == .running {
            let (code, wantsMore, hasRoomLeft) = output.withUnsafeMutableBufferPointer { block in
                stream.pointee.next_out = block.baseAddress
                stream.pointee.avail_out = UInt32(block.count)
                let code = inflate(stream, Z_NO_FLUSH)
                let filled = block.count - Int(stream.pointee.avail_out)
                let wantsMore = filled == 0 || take(UnsafeBufferPointer(rebasing: block[..<filled]))
                return (code, wantsMore, stream.pointee.avail_out > 0)
            }
            switch code {
            case Z_STREAM_END: state = .done
            case Z_OK where wantsMore:
                if stream.pointee.avail_in == 0, hasRoomLeft { return }
            case Z_BUF_ERROR where stream.pointee.avail_in == 0: return
            default: state = .broken
            }
            if !wantsMore { return }
        }
    }

    /// All of a stream that begins `input`; what follows it is left.
    static func all(of input: UnsafeBufferPointer<UInt8>, limit: Int) throws(FileFault) -> [UInt8] {
        var result: [UInt8] = []
        var isTooMuch = false
        var inflater = Inflater()
        inflater.feed(input) { block in
            isTooMuch = result.count + block.count > limit
            if !isTooMuch { result.append(contentsOf: block) }
            return !isTooMuch
        }
        if isTooMuch { throw .tooComplex }
        guard inflater.state == .done else { throw .damaged }
        return result
    }
}
