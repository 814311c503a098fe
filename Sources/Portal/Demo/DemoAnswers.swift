import Permits

extension DemoWorld {
    /// Something sensible for every field, whatever the letter type asks: its own example, else a text of its kind.
    static func answers(to type: LetterType, about topic: String, on day: Day) -> [String: String] {
        var answers: [String: String] = [:]
        for field in type.fields { answers[field.key] = answer(to: field, about: topic, on: day) }
        return answers
    }

    static func answer(to field: FieldDefinition, about topic: String, on day: Day) -> String {
        switch field.kind {
        case .text, .name: field.example ?? field.suggestions?.first ?? "\(field.label) contoh"
        case .institution:
            field.fullName(ofInstitution: field.example ?? field.suggestions?.first ?? "\(field.label) contoh")
        case .longText: topic
        case .number: String(min(max(3, field.min ?? 0), field.max ?? 3))
        case .date: day.iso
        case .dateRange: "\(day.iso)/\(day.adding(days: min(field.max ?? 30, 30) - 1).iso)"
        case .choice: field.options?.first ?? ""
        case .multiChoice: (field.options ?? []).prefix(field.max ?? 2).joined(separator: "\n")
        case .nik: "1271045203990001"
        case .passport: field.example ?? "X1234567"
        case .studentNumber: field.example ?? "190501023"
        case .phone: "081234567800"
        case .email: "siti@contoh.id"
        case .district: field.places?.first?.code ?? ""
        // Given as a paper.
        case .file: ""
        case .group: group(field, on: day).stored
        }
    }

    /// As the papers of people agree: they were born when their NIK says, and stand first in their own list.
    static func agreeing(_ answers: [String: String], _ type: LetterType) -> [String: String] {
        var answers = answers
        for field in type.fields {
            if let key = field.birthOf, let nik = NIK(answers[key] ?? "") {
                let parts = nik.printedBirth.split(separator: "-").compactMap { Int($0) }
                let day = Day(year: (parts[2] > 20 ? 1900 : 2000) + parts[2], month: parts[1], day: parts[0])
                answers[field.key] = day?.iso ?? ""
            }
            guard let own = type.ownRow(of: field, in: answers),
                var rows = GroupRows(stored: answers[field.key] ?? "")?.rows, !rows.isEmpty,
                !field.lists(own, in: rows)
            else { continue }
            rows[0].cells.merge(own.cells) { $1 }
            answers[field.key] = GroupRows(rows: rows).stored
        }
        return answers
    }

    private static func group(_ field: FieldDefinition, on day: Day) -> GroupRows {
        let names = ["Siti Aminah Lubis", "Rahmat Hidayat", "Maria Simbolon", "Fajar Ritonga"]
        let count = min(max(field.min ?? 3, 3), names.count)
        return GroupRows(
            rows: (0..<count).map { index in
                var cells: [String: String] = [:]
                for column in field.columns ?? [] {
                    let answer = answer(to: column, about: names[index], on: day)
                    switch column.kind {
                    // Names, and numbers of which no two are alike.
                    case .name: cells[column.key] = names[index]
                    case .text: cells[column.key] = column.isRequired ? names[index] : column.example ?? ""
                    case .studentNumber, .nik: cells[column.key] = "\(answer.dropLast(2))\(10 + index)"
                    default: cells[column.key] = answer
                    }
                }
                return GroupRows.Row(cells: cells)
            })
    }
}
