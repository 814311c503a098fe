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
    ///   - withdrawnBy: Nil where that is not told.
    public init(
        _ application: Application, due: Day?, endedOn: Day?, withdrawnBy: Withdrawer? = nil, today: Day, texts: Texts
    ) {
        let state = application.state
        headline = texts.headline(state, isClaimed: application.claimedBy != nil)
        let withdrawal = state == .withdrawn ? withdrawnBy.map { $0.sentence(texts) } : nil
        next = [withdrawal, texts.explanation(state)].compactMap { $0 }.joined(separator: " ")
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
            date = due.map { texts.expected($0, today: today) } ?? ""
        case .issued, .refused, .withdrawn:
            date = endedOn.map(texts.formats.longDate) ?? ""
        }
    }
}

/// The same in a line: for lists, and for whoever tracks an application without logging in.
public struct BriefStanding: Equatable, Sendable {
    public let tag: TagModel
    public let headline: String
    public let next: String

    /// - Parameters:
    ///   - letter: What became of the letter; it has the last word on what is issued.
    ///   - place: In the queue, where it is said in this line.
    ///   - withdrawnBy: Nil where that is not told.
    public init(
        _ state: ApplicationState, isClaimed: Bool, isAsked: Bool, letter: Letter.State?, place: QueuePlace? = nil,
        withdrawnBy: Withdrawer? = nil, texts: Texts
    ) {
        if state == .issued, let letter, [.revoked, .replaced, .expired].contains(letter) {
            tag = TagModel(letter, texts: texts)
            headline = texts("status.\(letter.rawValue).headline")
            next = texts("next.\(letter.rawValue)")
            return
        }
        tag = TagModel(state, texts: texts)
        headline = texts.headline(state, isClaimed: isClaimed)
        if let withdrawnBy, state == .withdrawn {
            next = withdrawnBy.sentence(texts)
        } else if isAsked {
            next = texts("next.asked")
        } else if let place {
            next = texts("next.inLine", ["place": texts.place(place)])
        } else {
            next = state == .submitted && !isClaimed ? texts("next.waiting") : texts.next(state)
        }
    }
}

/// Who withdrew an application, to whoever reads of it.
public enum Withdrawer: Equatable, Sendable {
    case reader
    case other(name: String)
    /// Somebody whose account is deleted.
    case departed

    public init(_ account: AccountID, name: String, reader: AccountID?) {
        self = account == reader ? .reader : name == DeletedAccount.name ? .departed : .other(name: name)
    }

    func sentence(_ texts: Texts) -> String {
        switch self {
        case .reader: texts("next.withdrawnByYou")
        case .other(let name): texts("next.withdrawnBy", ["name": name])
        case .departed: texts("next.withdrawnWithAccount")
        }
    }
}

extension Texts {
    /// `Atas nama Yayasan Riset Deli, diajukan Bayu`
    /// - Parameter name: The applicant's; nil for the reader's own.
    public func filed(_ institution: String, by name: String?) -> String {
        self(name == nil ? "filed.own" : "filed.by", ["institution": institution, "name": name ?? ""])
    }

    /// The day on which the office owes its answer, and that it is sorry when that is past.
    public func expected(_ day: Day, today: Day) -> String {
        let named = formats.longDate(day)
        return day < today ? self("expected.late", ["day": named]) : named
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
