public import Permits

/// The four things that every applicant asks: where it is, what comes next, who has to act, and by when.
public struct Standing: Equatable, Sendable {
    public let headline: String
    public let next: String
    public let holder: String
    /// `Perkiraan selesai`, or `Selesai` when it is over.
    public let dateLabel: String
    public let date: String

    /// - Parameters:
    ///   - due: The day on which the office owes its answer; only while it has the file.
    ///   - endedOn: The day of the decision or withdrawal; only when it is over.
    public init(_ application: Application, due: Day?, endedOn: Day?, today: Day, texts: Texts) {
        let state = application.state
        headline = texts.headline(state)
        next = texts.explanation(state)
        // A question waits for the applicant while the office goes on.
        let asks = application.turn.askedAt != nil
        holder = asks ? texts("holder.asked", ["holder": texts.holder(state)]) : texts.holder(state)
        let isOver = [.issued, .refused, .withdrawn].contains(state)
        dateLabel = texts(isOver ? "status.ended" : "status.expected")
        switch state {
        case .draft:
            date = texts("expected.draft", ["days": "\(application.type.service.workingDays)"])
        case .needsCorrection:
            date = texts("expected.needsCorrection", ["days": "\(application.clock.left)"])
        case .submitted, .verified, .awaitingSignature:
            let day = due.map(texts.formats.longDate) ?? ""
            date = due.map { $0 < today } == true ? texts("expected.late", ["day": day]) : day
        case .issued, .refused, .withdrawn:
            date = endedOn.map(texts.formats.longDate) ?? ""
        }
    }
}

extension WayStep {
    /// The way of an application through its kind of letter's steps, with the place where it is.
    public static func all(of application: Application, texts: Texts) -> [WayStep] {
        let labels = [texts("way.draft")] + application.type.chain.map(\.label) + [texts("way.issued")]
        let last = labels.count - 1
        let here: Int
        switch application.state {
        case .draft: here = 0
        case .submitted, .verified, .needsCorrection, .awaitingSignature: here = min(application.step + 1, last - 1)
        case .issued: here = last
        case .refused: here = min(application.step + 1, last - 1)
        case .withdrawn: here = application.submittedAt == nil ? 0 : min(application.step + 1, last - 1)
        }
        let note: String? =
            switch application.state {
            case .needsCorrection: texts("way.correction")
            case .refused, .withdrawn: texts(application.state.textKey)
            case .draft, .submitted, .verified, .awaitingSignature: texts("way.here")
            case .issued: nil
            }
        let isStopped = [.refused, .withdrawn].contains(application.state)
        return labels.enumerated().map { index, label in
            let place: Place =
                if index < here || application.state == .issued {
                    .done
                } else if index == here {
                    isStopped ? .stopped : .here
                } else {
                    .ahead
                }
            return WayStep(label: label, place: place, note: index == here ? note : nil)
        }
    }
}

extension TagModel {
    /// Whose answer is waited for, to somebody on this side; nil while none is.
    public init?(_ turn: Turn, readBy side: Side, texts: Texts) {
        switch side {
        case .applicant where turn.askedAt != nil: self.init(label: texts("turn.asked.applicant"), tone: .warn)
        case .office where turn.unansweredAt != nil: self.init(label: texts("turn.unanswered.office"), tone: .warn)
        case .applicant where turn.unansweredAt != nil:
            self.init(label: texts("turn.unanswered.applicant"), tone: .info)
        case .office where turn.askedAt != nil: self.init(label: texts("turn.asked.office"), tone: .info)
        case .applicant, .office: return nil
        }
    }
}
