import Glibc

/// An IP address in one binary form, IPv4 as `::ffff:a.b.c.d`, so that no client has two names.
struct IPAddress: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// Nil unless `text` is an address alone: no port, no brackets, no zone.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            high = 0
            low = 0xFFFF_0000_0000 | UInt64(UInt32(bigEndian: v4.s_addr))
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        (high, low) = withUnsafeBytes(of: &v6) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first address of the same /64.
    var network: IPAddress { IPAddress(high: high, low: 0) }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// The canonical text (RFC 5952).
    var text: String {
        var buffer = [CChar](repeating: 0, count: 64)
        if isIPv4 {
            var v4 = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &v4, &buffer, socklen_t(buffer.count))
        } else {
            var v6 = in6_addr()
            withUnsafeMutableBytes(of: &v6) { bytes in
                bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            inet_ntop(AF_INET6, &v6, &buffer, socklen_t(buffer.count))
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A CIDR block such as `10.0.0.0/8` or `2001:db8::/32`; an address alone is a block of one.
struct AddressBlock: Sendable {
    private let base: IPAddress
    private let highMask: UInt64
    private let lowMask: UInt64

    /// Nil for anything else, also when bits are set behind the prefix: that is a slip of the pen.
    init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let base = halves.first.flatMap({ IPAddress($0) }), halves.count <= 2 else { return nil }
        let width = halves[0].contains(":") ? 128 : 32
        var bits = 128
        if halves.count == 2 {
            let digits = halves[1]
            guard digits.utf8.allSatisfy(\.isDigit), let length = Int(digits), length <= width else { return nil }
            bits = 128 - width + length
        }
        // Swift's shifts give zero for a whole width.
        highMask = .max << UInt64(max(0, 64 - bits))
        lowMask = .max << UInt64(min(64, 128 - bits))
        guard base.high & ~highMask == 0, base.low & ~lowMask == 0 else { return nil }
        self.base = base
    }

    func contains(_ address: IPAddress) -> Bool {
        address.high & highMask == base.high && address.low & lowMask == base.low
    }
}
