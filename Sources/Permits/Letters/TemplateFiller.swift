/// Puts values in the place of placeholders, and leaves out what conditions or missing values leave out.
struct TemplateFiller {
    let type: LetterType
    let context: LetterContext
    let numberText: String
    let validUntil: Day
    private(set) var emptyLabels: [String] = []

    init(type: LetterType, context: LetterContext, numberText: String, validUntil: Day) {
        self.type = type
        self.context = context
        self.numberText = numberText
        self.validUntil = validUntil
    }

    /// Nil when the block's condition does not hold, or nothing of it is filled.
    mutating func block(_ template: BlockTemplate) -> LetterBlock? {
        guard holds(template.when, template.whenFilled) else { return nil }
        switch template.kind {
        case .letterhead: return .letterhead(context.office.letterhead)
        case .title: return .title(text: fill(template.text ?? ""), number: fill(template.number ?? ""))
        case .paragraph: return .paragraph(fill(template.text ?? ""))
        case .heading: return .heading(fill(template.text ?? ""))
        case .numbered:
            let items = items(template.items)
            return items.isEmpty ? nil : .numbered(label: template.label, items: items)
        case .fields:
            let rows = rows(template.rows)
            return rows.isEmpty ? nil : .fields(rows)
        case .copies:
            let items = items(template.items)
            return items.isEmpty ? nil : .copies(label: template.label ?? "Tembusan:", items: items)
        case .correspondence:
            return .correspondence(
                CorrespondenceHead(
                    placeAndDate: fill(template.text ?? ""), rows: rows(template.rows),
                    addressee: items(template.addressee), addresseePlace: items(template.addresseePlace)))
        case .roster: return annex(template).map { .annex($0) }
        case .signature: return .signature(signature(template))
        }
    }

    private mutating func signature(_ template: BlockTemplate) -> SignatureBlock {
        SignatureBlock(
            placeLines: (template.placeLines ?? []).map { fill($0) },
            positionLines: context.signatory.positionLines,
            mark: ElectronicMark(url: context.verificationURL, caption: (template.caption ?? []).map { fill($0) }),
            name: context.signatory.name,
            nameLines: [context.signatory.rank, context.signatory.printedNIP ?? ""].filter { !$0.isEmpty })
    }

    private mutating func annex(_ template: BlockTemplate) -> AnnexTable? {
        guard let key = template.field, let roster = roster(key) else { return nil }
        let columns = template.columns ?? []
        let cells = columns.map { column in
            column.field.map { printed($0, of: key, in: roster) } ?? roster.rows.indices.map { String($0 + 1) }
        }
        return AnnexTable(
            lines: items(template.items), title: fill(template.text ?? ""),
            columns: columns.map { AnnexTable.Column(label: $0.label, width: $0.width ?? 1) },
            rows: roster.rows.indices.map { row in cells.map { $0[row] } })
    }

    /// Cells of a column as letters print answers of its kind.
    private func printed(_ column: String, of key: String, in roster: Roster) -> [String] {
        let texts = roster.texts(column)
        guard let definition = type.field(key)?.columns?.first(where: { $0.key == column }) else { return texts }
        return texts.map { $0.isEmpty ? "" : definition.printed($0) }
    }

    /// Nil when the question was not asked, or nobody is in its answer.
    private func roster(_ key: String) -> Roster? { isUnasked(key) ? nil : context.roster(key) }

    private func isUnasked(_ key: String) -> Bool {
        type.isUnasked(key, in: context.answers)
    }

    /// A row that nobody filled in is left out rather than printed blank.
    private mutating func rows(_ templates: [BlockTemplate.Row]?) -> [LetterField] {
        var rows: [LetterField] = []
        for template in templates ?? [] where holds(template.when, template.whenFilled) {
            let value = filled(template.value) ?? ""
            if !value.isEmpty {
                rows.append(LetterField(label: template.label, value: value, bold: template.bold ?? false))
            }
        }
        return rows
    }

    private mutating func items(_ templates: [String]?) -> [String] {
        var items: [String] = []
        for template in templates ?? [] {
            if let texts = list(of: template) {
                items += texts
            } else if let item = filled(template) {
                items.append(item)
            }
        }
        return items
    }

    mutating func fill(_ text: String) -> String {
        guard let parsed = PlaceholderText(text) else { return text }
        return fill(parsed, with: parsed.placeholders.map { value($0) })
    }

    /// - Parameter values: Of the placeholders, in their order.
    private func fill(_ parsed: PlaceholderText, with values: [String]) -> String {
        var values = values[...]
        return parsed.parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder: values.popFirst() ?? ""
            }
        }.joined()
    }

    /// Nil when the text has placeholders and none of them has a value, or one names a question that was not asked.
    private mutating func filled(_ text: String) -> String? {
        guard let parsed = PlaceholderText(text) else { return text }
        let names = parsed.placeholders
        if type.namesUnasked(names, in: context.answers) { return nil }
        let values = names.map { value($0) }
        return !values.isEmpty && values.allSatisfy(\.isEmpty) ? nil : fill(parsed, with: values)
    }

    /// The texts of a placeholder that stands alone and has several.
    private func list(of text: String) -> [String]? {
        guard text.utf8.first == UInt8(ascii: "{"), let parsed = PlaceholderText(text), parsed.parts.count == 1,
            let name = parsed.placeholders.first,
            LetterContext.lists.contains(name)
        else { return nil }
        return texts(name)
    }

    private func texts(_ list: String) -> [String] {
        list == "reasons" ? context.reasons : context.application?.papers ?? []
    }

    /// Conditions look at stored answers, of which a question with several choices has one on each line.
    private func holds(_ condition: AnswerCondition?, _ filled: String?) -> Bool {
        if let filled, answer(filled).isEmpty { return false }
        return condition?.holds { field, values in
            answer(field).split(separator: "\n").contains { values.contains(String($0)) }
        } ?? true
    }

    private func answer(_ name: String) -> String {
        let key = name.hasPrefix("field:") ? String(name.dropFirst("field:".count)) : name
        return isUnasked(key) ? "" : context.answers[key] ?? known(name) ?? ""
    }

    private mutating func value(_ name: String) -> String {
        if let known = known(name) { return known }
        guard name.hasPrefix("field:") else { return "" }
        let key = String(name.dropFirst("field:".count))
        let printed = type.printed(key, in: context.answers)
        // What may stay empty is no hole: its row or item is left out.
        if printed.isEmpty, let field = type.field(key), type.isNeeded(field, in: context.answers),
            !emptyLabels.contains(field.label)
        {
            emptyLabels.append(field.label)
        }
        return printed
    }

    /// Everything but `{field:KEY}`.
    private func known(_ name: String) -> String? {
        switch name.prefix(while: { $0 != ":" }) {
        case "letter": return letter(name)
        case "unit": return unit(name)
        case "previous": return context.previous.map { Self.text(name, of: $0) } ?? ""
        case "application": return context.application.map { Self.text(name, of: $0) } ?? ""
        case "roster":
            let parts = name.split(separator: ":")
            guard parts.count == 3, parts[2] == "count" else { return "" }
            let key = String(parts[1])
            let unit = type.field(key)?.suffix ?? "orang"
            return roster(key).map { IndonesianText.counted($0.rows.count, unit) } ?? ""
        case "reason": return context.reasons.joined(separator: "; ")
        case "reasons", "papers": return texts(name).joined(separator: "; ")
        default: return people(name)
        }
    }

    private func letter(_ name: String) -> String? {
        switch name {
        case "letter:number": numberText
        case "letter:date": IndonesianText.date(context.date)
        case "letter:validFrom": IndonesianText.date(context.validFrom ?? context.date)
        case "letter:validUntil": IndonesianText.date(validUntil)
        case "letter:validity":
            type.validityText(from: context.validFrom ?? context.date, until: validUntil, answers: context.answers)
        default: nil
        }
    }

    private func unit(_ name: String) -> String? {
        switch name {
        case "unit:name": context.office.name
        case "unit:shortName": context.office.shortName
        case "unit:city": context.office.city
        default: nil
        }
    }

    private func people(_ name: String) -> String? {
        switch name {
        case "signatory:position": context.signatory.position
        case "signatory:name": context.signatory.name
        case "type:name": type.name
        case "type:workingDays": IndonesianText.counted(type.service.workingDays, "hari kerja")
        case "subject": type.printed(type.subjectField, in: context.answers)
        case "subject:label": type.field(type.subjectField)?.label ?? ""
        case "applicant:name": type.printed(type.verification.nameField, in: context.answers)
        default: nil
        }
    }

    private static func text(_ name: String, of previous: PreviousLetter) -> String {
        switch name {
        case "previous:title": previous.title
        case "previous:number": previous.numberText
        case "previous:date": IndonesianText.date(previous.date)
        case "previous:validUntil": IndonesianText.date(previous.validUntil)
        case "previous:relation": previous.relation.rawValue
        default: ""
        }
    }

    private static func text(_ name: String, of application: ApplicationFacts) -> String {
        switch name {
        case "application:reference": application.reference
        case "application:submittedOn": application.submittedOn.map(IndonesianText.date) ?? ""
        case "application:expectedOn": application.expectedOn.map(IndonesianText.date) ?? ""
        case "application:address": application.address ?? ""
        default: ""
        }
    }
}
