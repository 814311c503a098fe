public import Permits

extension TagModel {
    public init(_ state: ApplicationState, texts: Texts) {
        let tone: Tone =
            switch state {
            case .draft, .withdrawn: .neutral
            case .submitted, .verified, .awaitingSignature: .info
            case .needsCorrection: .warn
            case .issued: .good
            case .refused: .bad
            }
        self.init(label: texts(state.textKey), tone: tone)
    }

    public init(_ state: AccountState, texts: Texts) {
        let tone: Tone =
            switch state {
            case .pending: .warn
            case .active: .good
            case .suspended: .bad
            }
        self.init(label: texts(state.textKey), tone: tone)
    }
}

extension TimelineItem {
    /// - Parameters:
    ///   - events: oldest first, as they are kept; readers see the newest first.
    ///   - type: knows the labels that the note of a return lists.
    public static func list(_ events: [EventRecord], of type: LetterType, texts: Texts) -> [TimelineItem] {
        events.reversed().enumerated().map { index, event in
            let note = event.kind == .returned ? type.translatedList(event.note, to: texts.language) : event.note
            return TimelineItem(
                text: texts(event.kind.textKey), when: texts.formats.dateTime(event.at),
                machineWhen: Formats.machine(event.at),
                who: who(did: event, texts),
                note: note.isEmpty ? nil : note,
                isIndonesian: event.actorRole != .citizen && event.kind != .returned, isLatest: index == 0)
        }
    }

    private static func who(did event: EventRecord, _ texts: Texts) -> String {
        // The chain names whose draft it was.
        if event.kind == .expired { return texts("expiredDraft.who") }
        return event.actorRole == .citizen
            ? event.actorName : "\(event.actorName), \(texts(event.actorRole.textKey))"
    }
}

extension Audience {
    public static func audiences(of role: Role?) -> Set<Audience> {
        switch role {
        case nil: [.visitor]
        case .citizen: [.citizen]
        case .verifier: [.officer, .registrar]
        case .signatory: [.officer]
        case .admin: [.admin, .registrar]
        }
    }
}
