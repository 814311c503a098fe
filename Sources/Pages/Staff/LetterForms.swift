public import Permits

/// Names of the inputs with which an officer acts on a letter.
public enum LetterInput: String, Sendable, CaseIterable {
    case reason = "alasan"
    case ground = "sebab"
    case password = "kata_sandi"
    /// The letter, or the report, that the officer has before them.
    case letter = "surat"
    case report = "laporan"
    case decision = "keputusan"
}

extension LetterAction {
    public enum Kind: String, Sendable, CaseIterable {
        case revoke, void, replace
    }

    /// - Parameters:
    ///   - typed: What stands in the inputs, by name, after something was wrong with it.
    ///   - faults: Sentences by name of input.
    public init(
        _ kind: Kind, letter: Letter, action: Link, typed: [String: String] = [:], faults: [String: String] = [:],
        texts: Texts
    ) {
        let name = kind.rawValue
        // Several forms stand on one page: their inputs have the same names and must not have the same ids.
        func field(_ model: FieldModel) -> FieldModel {
            var model = model
            model.id = FieldModel.identifier("\(name)-\(model.name)")
            return model
        }
        var fields: [FieldModel] = []
        if kind == .revoke {
            fields.append(
                field(
                    FieldModel(
                        .select, name: LetterInput.ground.rawValue, label: texts("letterAction.ground"),
                        value: typed[LetterInput.ground.rawValue] ?? "", hint: texts("letterAction.ground.hint"),
                        error: faults[LetterInput.ground.rawValue],
                        options: RevocationGround.allCases.map { ($0.rawValue, texts($0.textKey)) })))
        }
        fields.append(
            field(
                FieldModel(
                    .textarea(rows: 3), name: LetterInput.reason.rawValue, label: texts("letterAction.reason"),
                    value: typed[LetterInput.reason.rawValue] ?? "", hint: texts("letterAction.\(name).reason.hint"),
                    error: faults[LetterInput.reason.rawValue], maxLength: 2000)))
        // A revocation asks for it beside the letter that is to be signed.
        if kind == .void {
            fields.append(
                field(
                    FieldModel(
                        .password, name: LetterInput.password.rawValue,
                        label: texts("signing.password"),
                        error: faults[LetterInput.password.rawValue], autocomplete: "current-password",
                        maxLength: 200)))
        }
        self.init(
            heading: texts("letterAction.\(name).heading"), explanation: texts("letterAction.\(name).text"),
            action: action.path, letter: "\(letter.id)", fields: fields, button: texts("letterAction.\(name).button"),
            isDangerous: kind != .replace)
    }
}

extension TagModel {
    public init(_ state: Letter.State, texts: Texts) {
        let tone: Tone =
            switch state {
            case .valid: .good
            case .expired, .replaced: .neutral
            case .revoked, .void: .bad
            }
        self.init(label: texts(state.textKey), tone: tone)
    }
}

/// How a duty stands, for its holder and for the office.
public enum DutyState: String, Sendable, CaseIterable {
    case open, overdue, given, returned, confirmed

    public var textKey: String { "duty.\(rawValue)" }

    public init(_ report: Report?, due: Day, today: Day) {
        switch report?.state {
        case .given: self = .given
        case .confirmed: self = .confirmed
        case .returned: self = .returned
        case nil: self = today > due ? .overdue : .open
        }
    }
}

extension TagModel {
    public init(_ state: DutyState, texts: Texts) {
        let tone: Tone =
            switch state {
            case .open: .neutral
            case .overdue, .returned: .warn
            case .given: .info
            case .confirmed: .good
            }
        self.init(label: texts("\(state.textKey).tag"), tone: tone)
    }
}
