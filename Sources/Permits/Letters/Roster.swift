import Foundation

/// People or things of a repeated question, a row each: the columns are keys.
public struct Roster: Sendable, Equatable {
    public var columns: [String]
    /// A text for each column.
    public var rows: [[String]]

    public init(columns: [String], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// Reads the stored answer of a repeated question: a JSON array of objects with texts. Numbers and truth values
    /// become texts, what is missing or nested is empty, and rows that are empty throughout are left out.
    /// Nil when the answer is no such array.
    public init?(answer: String) {
        guard let objects = try? JSONDecoder().decode([[String: LooseText]].self, from: Data(answer.utf8)) else {
            return nil
        }
        let columns = Set(objects.flatMap(\.keys)).sorted()
        let rows = objects.map { object in columns.map { object[$0]?.text ?? "" } }
        self.init(columns: columns, rows: rows.filter { $0.contains { !$0.isEmpty } })
    }

    /// Texts of one column, empty where there is no such column.
    func texts(_ column: String) -> [String] {
        guard let index = columns.firstIndex(of: column) else { return rows.map { _ in "" } }
        return rows.map { index < $0.count ? $0[index] : "" }
    }
}

/// Whatever stands in a cell, as text.
private struct LooseText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try? decoder.singleValueContainer()
        if let text = try? container?.decode(String.self) {
            self.text = text
        } else if let number = try? container?.decode(Int.self) {
            text = String(number)
        } else if let number = try? container?.decode(Double.self) {
            text = String(number)
        } else if let truth = try? container?.decode(Bool.self) {
            text = String(truth)
        } else {
            text = ""
        }
    }
}
