/// Repeatable chance: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: Of one seed, each gives numbers of its own.
    init(seed: UInt64, stream: Int) {
        state = seed ^ (UInt64(bitPattern: Int64(stream)) &* 0xD6E8_FEB8_6659_FD93)
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// Whether something happens that does so in so many of a thousand cases.
    mutating func happens(_ perMille: Int) -> Bool { int(0...999) < perMille }

    mutating func pick<T>(_ choices: [T]) -> T { choices[int(0...choices.count - 1)] }

    /// From 0 to 1.
    mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
