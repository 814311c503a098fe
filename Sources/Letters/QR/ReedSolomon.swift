/// Reed-Solomon error correction over GF(2^8) with the field polynomial x^8+x^4+x^3+x^2+1 (ISO/IEC 18004, 7.5.2).
enum ReedSolomon {
    private static let exponents: [UInt8] = {
        var table: [UInt8] = []
        var value = 1
        for _ in 0..<255 {
            table.append(UInt8(value))
            value <<= 1
            if value > 255 { value ^= 0x11D }
        }
        return table
    }()

    private static let logarithms: [Int] = {
        var table = [Int](repeating: 0, count: 256)
        for (exponent, value) in exponents.enumerated() { table[Int(value)] = exponent }
        return table
    }()

    /// The `count` codewords that follow `data`: the remainder of data * x^count by the generator polynomial.
    static func remainder(of data: some Sequence<UInt8>, count: Int) -> [UInt8] {
        let generator = generator(count)
        var remainder = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ remainder[0]
            for index in 0..<count - 1 {
                remainder[index] = remainder[index + 1] ^ product(factor, generator[index])
            }
            remainder[count - 1] = product(factor, generator[count - 1])
        }
        return remainder
    }

    /// Coefficients of (x - a^0)...(x - a^(count-1)), highest power first, without the leading 1.
    private static func generator(_ count: Int) -> [UInt8] {
        var coefficients = [UInt8](repeating: 0, count: count)
        coefficients[count - 1] = 1
        for root in 0..<count {
            let factor = exponents[root % 255]
            for index in 0..<count {
                let next = index + 1 < count ? coefficients[index + 1] : 0
                coefficients[index] = product(coefficients[index], factor) ^ next
            }
        }
        return coefficients
    }

    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        guard left != 0, right != 0 else { return 0 }
        return exponents[(logarithms[Int(left)] + logarithms[Int(right)]) % 255]
    }
}
