import Glibc

/// sRGB as an ICC version 2 profile (ICC.1:2001-04; primaries adapted to D50, IEC 61966-2-1 curve), about 2.5 kB.
/// PDF/A asks for an output intent, so that black is the same black everywhere.
enum ColorProfile {
    static let sRGB: [UInt8] = {
        let curve = toneCurve()
        let tags: [(String, [UInt8])] = [
            ("desc", description("sRGB IEC61966-2.1")),
            ("cprt", text("No copyright")),
            ("wtpt", xyz(0.9642, 1, 0.8249)),
            ("rXYZ", xyz(0.43607, 0.22249, 0.01392)),
            ("gXYZ", xyz(0.38515, 0.71687, 0.09708)),
            ("bXYZ", xyz(0.14307, 0.06061, 0.71410)),
        ]
        var table: [UInt8] = []
        var data: [UInt8] = []
        let first = 128 + 4 + (tags.count + 3) * 12
        table.append32(tags.count + 3)
        for (tag, bytes) in tags {
            table.append(tag)
            table.append32(first + data.count)
            table.append32(bytes.count)
            data += bytes
            while data.count % 4 != 0 { data.append(0) }
        }
        for tag in ["rTRC", "gTRC", "bTRC"] {  // one curve for the three channels
            table.append(tag)
            table.append32(first + data.count)
            table.append32(curve.count)
        }
        data += curve
        return header(size: first + data.count) + table + data
    }()

    private static func header(size: Int) -> [UInt8] {
        var header: [UInt8] = []
        header.append32(size)
        header.append32(0)  // no preferred colour management module
        header.append32(0x0210_0000)  // version 2.1
        header.append("mntrRGB XYZ ")
        for value in [2026, 1, 1, 0, 0, 0] { header.append16(value) }
        header.append("acsp")
        header += [UInt8](repeating: 0, count: 28)  // platform, flags, device, attributes, perceptual intent
        header += fixed(0.9642) + fixed(1) + fixed(0.8249)  // D50
        header += [UInt8](repeating: 0, count: 128 - header.count)
        return header
    }

    private static func fixed(_ value: Double) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append32(Int((value * 65_536).rounded()))
        return bytes
    }

    private static func xyz(_ x: Double, _ y: Double, _ z: Double) -> [UInt8] {
        Array("XYZ ".utf8) + [0, 0, 0, 0] + fixed(x) + fixed(y) + fixed(z)
    }

    private static func text(_ text: String) -> [UInt8] {
        Array("text".utf8) + [0, 0, 0, 0] + Array(text.utf8) + [0]
    }

    private static func description(_ text: String) -> [UInt8] {
        var bytes = Array("desc".utf8) + [0, 0, 0, 0]
        bytes.append32(text.utf8.count + 1)
        bytes.append(text)
        bytes += [UInt8](repeating: 0, count: 1 + 8 + 3 + 67)  // no Unicode and no Macintosh names
        return bytes
    }

    private static func toneCurve() -> [UInt8] {
        var bytes = Array("curv".utf8) + [0, 0, 0, 0]
        let steps = 1024
        bytes.append32(steps)
        for step in 0..<steps {
            let value = Double(step) / Double(steps - 1)
            let linear = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            bytes.append16(Int((linear * 65_535).rounded()))
        }
        return bytes
    }
}
