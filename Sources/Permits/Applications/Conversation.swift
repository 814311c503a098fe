/// Whose turn it is in the conversation about an application.
public struct Turn: Equatable, Sendable {
    /// Since when a question of the office waits for the applicant; nil while none does.
    public internal(set) var askedAt: Moment?
    /// Since when a message of the applicant waits for the office; nil while none does.
    public internal(set) var unansweredAt: Moment?

    public init(askedAt: Moment? = nil, unansweredAt: Moment? = nil) {
        self.askedAt = askedAt
        self.unansweredAt = unansweredAt
    }
}

/// Who speaks: the applicant and whoever acts for them, or the office.
public enum Side: String, Codable, Sendable, CaseIterable {
    case applicant, office
}

/// One message. Its files lie in the vault.
public struct Message: Equatable, Sendable {
    public let id: Int64
    public let side: Side
    public let author: AccountID
    public let authorName: String
    public let authorRole: Role
    public let at: Moment
    /// Lines are kept; empty once it went with a deleted account.
    public let text: String
    public let isQuestion: Bool
    public let isErased: Bool
    /// Whether the author's account is deleted.
    public let isAuthorGone: Bool
    public let files: [MessageFile]

    public init(
        id: Int64, side: Side, author: AccountID, authorName: String, authorRole: Role, at: Moment, text: String,
        isQuestion: Bool, isErased: Bool, isAuthorGone: Bool = false, files: [MessageFile]
    ) {
        self.id = id
        self.side = side
        self.author = author
        self.authorName = authorName
        self.authorRole = authorRole
        self.at = at
        self.text = text
        self.isQuestion = isQuestion
        self.isErased = isErased
        self.isAuthorGone = isAuthorGone
        self.files = files
    }
}

/// A file that came with a message.
public struct MessageFile: Equatable, Sendable {
    public let id: Int64
    public let filename: String
    public let kind: FileKind
    /// Bytes.
    public let size: Int
    public let sha256: String

    public init(id: Int64, filename: String, kind: FileKind, size: Int, sha256: String) {
        self.id = id
        self.filename = filename
        self.kind = kind
        self.size = size
        self.sha256 = sha256
    }
}

/// What may be written, whoever writes.
public enum MessageRules {
    /// Names of the inputs, which are also where problems stand.
    public static let textField = "pesan"
    public static let fileField = "lampiran"
    /// UTF-16 units, as browsers count for `maxlength`.
    public static let maximumLength = 4000
    public static let maximumFiles = 3
    /// Days after a decision in which both sides may still write.
    public static let openDays: Int64 = 30

    /// Names of the inputs where files are chosen one by one.
    public static let places = (1...maximumFiles).map { "\(fileField)-\($0)" }

    /// What every file of a message must be.
    /// - Parameters:
    ///   - label: What the file is called in sentences about it.
    ///   - place: The input that it comes by.
    public static func requirement(_ label: String, at place: String = fileField) -> Requirement {
        Requirement(
            key: place, label: label, hint: "", isRequired: false, kinds: FileKind.allCases,
            maxBytes: 10_485_760)
    }

    /// The text as it is kept, and what is wrong with it.
    /// - Parameter files: How many files come with it.
    public static func checked(_ raw: String, files: Int) -> (text: String, problems: [FieldProblem]) {
        let text = TypedText.cleaned(raw, keepingLines: true)
        var problems: [FieldProblem] = []
        let length = text.utf16.count
        if TypedText.hasControls(raw) {
            problems.append(FieldProblem(textField, "controlCharacters"))
        } else if text.isEmpty {
            problems.append(FieldProblem(textField, "messageEmpty"))
        } else if length > maximumLength {
            problems.append(
                FieldProblem(
                    textField, "tooLong",
                    ["labelKey": "thread.text.short", "max": "\(maximumLength)", "count": "\(length)"]))
        }
        if files > maximumFiles {
            problems.append(FieldProblem(fileField, "tooManyFiles", ["max": "\(maximumFiles)", "count": "\(files)"]))
        }
        return (text, problems)
    }
}

extension Application {
    /// The side on which somebody speaks; nil for whoever has no part in it.
    public func side(of viewer: Viewer) -> Side? {
        if viewer.role == .citizen { return isHeld(by: viewer.account) ? .applicant : nil }
        return [.verifier, .signatory].contains(viewer.role) && viewer.unit == unit ? .office : nil
    }

    /// Whether messages may be written now. After a decision both sides have some days; whoever waits for an answer
    /// gets it even later.
    /// - Parameter decidedAt: When the office last decided on the application or its letter.
    public func isTalkOpen(decidedAt: Moment?, at now: Moment) -> Bool {
        switch state {
        case .draft, .withdrawn: return false
        case .submitted, .needsCorrection, .verified, .awaitingSignature: return true
        case .issued, .refused:
            guard turn == Turn() else { return true }
            return decidedAt.map { now <= $0.adding(hours: MessageRules.openDays * 24) } ?? false
        }
    }

    /// A message: an applicant's waits for the office and answers its question, the office's answers the applicant and
    /// may ask something. The service clock runs on: only a file that is handed back stops it.
    /// - Throws: `notFound` for whoever has no part in it, `conflict` when nothing may be written any more.
    public func write(asking: Bool, by viewer: Viewer, decidedAt: Moment?, at now: Moment) throws(PermitError)
        -> Transition
    {
        guard let side = side(of: viewer) else { throw .notFound }
        guard isTalkOpen(decidedAt: decidedAt, at: now) else { throw .conflict("conflict.talkClosed") }
        var next = self
        switch side {
        case .applicant:
            next.turn.askedAt = nil
            next.turn.unansweredAt = turn.unansweredAt ?? now
        case .office:
            next.turn.unansweredAt = nil
            if asking { next.turn.askedAt = turn.askedAt ?? now }
        }
        let kind: EventKind = side == .office && asking ? .asked : .messaged
        return Transition(application: next, event: NewEvent(kind: kind, actor: viewer.account, at: now))
    }

    /// An officer has read what the applicant wrote, and it needs no answer.
    /// - Throws: `conflict` when nothing waits: a colleague was faster.
    public func noteMessagesSeen(by viewer: Viewer, at now: Moment) throws(PermitError) -> Transition {
        guard side(of: viewer) == .office else { throw .notFound }
        guard turn.unansweredAt != nil else { throw .conflict("conflict.messagesSeen") }
        var next = self
        next.turn.unansweredAt = nil
        return Transition(application: next, event: NewEvent(kind: .messagesSeen, actor: viewer.account, at: now))
    }
}
