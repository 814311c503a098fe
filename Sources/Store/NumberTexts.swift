import Permits
import GRDB

/// Each series counts for itself, so two of them may come to one number; what is printed must differ all the same.
extension Store {
    /// Every kind of letter that was ever published, since open files keep their version, under every name that its
    /// office ever had in numbers.
    /// - Throws: `StartDataFault` that names the letter type whose numbers may read like those of another series.
    func expectOneSeriesForEachPattern(in database: Database) throws {
        let units = try numberCodes(in: database)
        var known: [NumberShape: (series: String, slug: String)] = [:]
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM letter_type ORDER BY id") {
            let type = try letterType(id, in: database)
            for unit in units[type.unit] ?? [] {
                let shape = NumberShape(
                    pattern: type.number.pattern, classification: type.number.classification, unit: unit)
                for (other, owner) in known where owner.series != type.number.series && other.mayRead(like: shape) {
                    throw StartDataFault(
                        description: "letter type \(type.slug): its numbers (\(type.number.pattern), series "
                            + "\(type.number.series)) may read like those of letter type \(owner.slug), series "
                            + "\(owner.series)")
                }
                known[shape] = (type.number.series, type.slug)
            }
        }
    }

    private func numberCodes(in database: Database) throws -> [String: Set<String>] {
        var codes: [String: Set<String>] = [:]
        for text in try String.fetchAll(database, sql: "SELECT presentation FROM office_version") {
            let office = try JSON.value(Office.self, text)
            codes[office.code, default: []].insert(office.numberCode)
        }
        return codes
    }

    /// - Throws: `conflict` when a letter has this very number already. Nothing is signed then and no number used:
    ///   skipping it would leave a gap that nobody can explain.
    func expectFreeNumberText(_ text: String, in database: Database) throws {
        let isTaken = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM letter WHERE number_text = ?)", arguments: [text])
        if isTaken == true { throw PermitError.conflict("conflict.numberTextTaken") }
    }
}
