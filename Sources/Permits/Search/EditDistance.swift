/// Slips of the finger between two words: letters left out, added, changed or swapped with their neighbour.
enum EditDistance {
    /// How many slips a word of so many letters may have and still be meant.
    static func allowed(letters: Int) -> Int { letters >= 9 ? 2 : letters >= 5 ? 1 : 0 }

    /// Whether at most so many slips lie between them (optimal string alignment).
    static func isWithin(_ limit: Int, _ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard abs(left.count - right.count) <= limit else { return false }
        if left.isEmpty || right.isEmpty { return true }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var line = [row]
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                line.append(cost)
            }
            if line.allSatisfy({ $0 > limit }) { return false }
            before = last
            last = line
        }
        return last[right.count] <= limit
    }
}
