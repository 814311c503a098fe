/// The modules of a symbol while it is built: dark or light, and whether a module belongs to a function pattern.
struct QRMatrix {
    let size: Int
    private var dark: [Bool]
    private var reserved: [Bool]

    init(version: QRVersion) {
        size = version.size
        dark = [Bool](repeating: false, count: size * size)
        reserved = dark
        drawTiming()
        drawFinder(x: 3, y: 3)
        drawFinder(x: size - 4, y: 3)
        drawFinder(x: 3, y: size - 4)
        drawAlignments(version.alignmentCentres)
        drawFormat(mask: 0)
        if version.number >= 7 { drawVersion(version.information) }
    }

    subscript(x: Int, y: Int) -> Bool {
        x >= 0 && y >= 0 && x < size && y < size && dark[y * size + x]
    }

    private mutating func set(_ x: Int, _ y: Int, _ value: Bool) {
        guard x >= 0, y >= 0, x < size, y < size else { return }
        dark[y * size + x] = value
        reserved[y * size + x] = true
    }

    private mutating func drawTiming() {
        for index in 0..<size {
            set(6, index, index % 2 == 0)
            set(index, 6, index % 2 == 0)
        }
    }

    /// Finder with its separator: rings around the centre.
    private mutating func drawFinder(x: Int, y: Int) {
        for dy in -4...4 {
            for dx in -4...4 {
                let ring = max(abs(dx), abs(dy))
                set(x + dx, y + dy, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func drawAlignments(_ centres: [Int]) {
        guard let last = centres.last else { return }
        for y in centres {
            for x in centres {
                // Not where the finders are.
                if (x == 6 && y == 6) || (x == last && y == 6) || (x == 6 && y == last) { continue }
                for dy in -2...2 {
                    for dx in -2...2 { set(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
                }
            }
        }
    }

    /// Both copies of the format information and the module that is always dark (figure 25).
    mutating func drawFormat(mask: Int) {
        let bits = qrFormatInformation(mask: mask)
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0...5 { set(8, index, bit(index)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for index in 9...14 { set(14 - index, 8, bit(index)) }
        for index in 0...7 { set(size - 1 - index, 8, bit(index)) }
        for index in 8...14 { set(8, size - 15 + index, bit(index)) }
        set(8, size - 8, true)
    }

    /// Two blocks of 6 x 3 modules beside the finders (7.10).
    private mutating func drawVersion(_ bits: Int) {
        for index in 0..<18 {
            let value = bits >> index & 1 == 1
            set(size - 11 + index % 3, index / 3, value)
            set(index / 3, size - 11 + index % 3, value)
        }
    }

    /// Codewords upwards and downwards in columns two modules wide, from the lower right (7.7.3).
    mutating func place(_ codewords: [UInt8]) {
        var bit = 0
        var right = size - 1
        var upwards = true
        while right > 0 {
            if right == 6 { right = 5 }  // the vertical timing pattern
            for step in 0..<size {
                let y = upwards ? size - 1 - step : step
                for x in [right, right - 1] where !reserved[y * size + x] {
                    if bit < codewords.count * 8 {
                        dark[y * size + x] = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
                    }
                    bit += 1
                }
            }
            upwards.toggle()
            right -= 2
        }
    }

    /// Inverts the data modules of the mask pattern (7.8.2, table 10).
    mutating func apply(mask: Int) {
        for y in 0..<size {
            for x in 0..<size where !reserved[y * size + x] && Self.inverts(mask, x, y) {
                dark[y * size + x].toggle()
            }
        }
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (y / 2 + x / 3) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// Score of a masked symbol, lower is easier to read (7.8.3.1: N1 = 3, N2 = 3, N3 = 40, N4 = 10).
    var penalty: Int {
        // Half of the time of a symbol goes here, so without a check of bounds for each module.
        dark.withUnsafeBufferPointer { dark in
            var score = 0
            for index in 0..<size {
                score += linePenalty(dark, start: index * size, step: 1)
                score += linePenalty(dark, start: index, step: size)
            }
            var darkCount = 0
            for y in 0..<size {
                for x in 0..<size {
                    let place = y * size + x
                    let value = dark[place]
                    if value { darkCount += 1 }
                    guard x + 1 < size, y + 1 < size else { continue }
                    if value == dark[place + 1], value == dark[place + size], value == dark[place + size + 1] {
                        score += 3
                    }
                }
            }
            let total = size * size
            return score + abs(darkCount * 20 - total * 10) / total * 10
        }
    }

    /// Runs of five and more, and 1:1:3:1:1 patterns with four light modules on one side, in one row or column.
    private func linePenalty(_ dark: UnsafeBufferPointer<Bool>, start: Int, step: Int) -> Int {
        var score = 0
        var run = 0
        var previous = false
        var window = 0
        for index in 0..<size {
            let value = dark[start + index * step]
            run = value == previous ? run + 1 : 1
            previous = value
            if run == 5 { score += 3 } else if run > 5 { score += 1 }
            window = (window << 1 | (value ? 1 : 0)) & 0x7FF
            if index >= 10, window == 0b000_0101_1101 || window == 0b101_1101_0000 { score += 40 }
        }
        return score
    }

    var modules: [Bool] { dark }
}
