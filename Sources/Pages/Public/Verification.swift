public import Mustache

/// What anyone who scans the QR code of a letter sees.
public struct Verification: Page {
    public static let template = "public/verification"

    public var verdict: VerdictPanel
    public var isKnown: Bool
    /// How it ended and what it follows, where that is so: label and value.
    public var ending: [SummaryRow]
    public var hasEnding: Bool
    /// Number, kind, masked holder, dates, office, signatory. Without the holder once the letter was taken back.
    public var rows: [SummaryRow]
    /// The letter to look at instead, or the one after this.
    public var successor: LetterPointer?
    public var predecessor: LetterPointer?
    /// The letter that took this one back, or that this one took back.
    public var revocation: LetterPointer?
    /// That the key of its QR code was revoked, where it was.
    public var sealNote: String?
    public var checkFile: FileCheckForm

    public init(
        verdict: VerdictPanel, isKnown: Bool, ending: [SummaryRow] = [], rows: [SummaryRow],
        successor: LetterPointer? = nil, predecessor: LetterPointer? = nil, revocation: LetterPointer? = nil,
        sealNote: String? = nil, checkFile: FileCheckForm
    ) {
        self.verdict = verdict
        self.isKnown = isKnown
        self.ending = ending
        hasEnding = !ending.isEmpty
        self.rows = rows
        self.successor = successor
        self.predecessor = predecessor
        self.revocation = revocation
        self.sealNote = sealNote
        self.checkFile = checkFile
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "verdict": verdict
        case "isKnown": isKnown
        case "ending": ending
        case "hasEnding": hasEnding
        case "rows": rows
        case "successor": successor as Any
        case "predecessor": predecessor as Any
        case "revocation": revocation as Any
        case "sealNote": sealNote as Any
        case "checkFile": checkFile
        default: nil
        }
    }
}

/// Checking a letter without its QR code: by its address, or by its file.
public struct VerificationStart: Page {
    public static let template = "public/verification-start"

    /// What came out about a file; nil before one was sent.
    public var result: FileResult?
    public var searchAction: String
    public var address: FieldModel
    public var checkFile: FileCheckForm
    /// Of the page with the office's public keys.
    public var keysPath: String
    public var problems: ProblemSummary?

    public init(
        result: FileResult? = nil, searchAction: String, address: FieldModel, checkFile: FileCheckForm,
        keysPath: String = Link.publicKeys.path, problems: ProblemSummary? = nil
    ) {
        self.result = result
        self.searchAction = searchAction
        self.address = address
        self.checkFile = checkFile
        self.keysPath = keysPath
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "result": result as Any
        case "searchAction": searchAction
        case "address": address
        case "checkFile": checkFile
        case "keysPath": keysPath
        case "problems": problems as Any
        default: nil
        }
    }
}

/// An answer in large: colour, sign and words say the same. One of the three signs is set.
public struct VerdictPanel: MustacheParent, Sendable {
    public var tone: Tone
    public var isGood: Bool
    public var isWarning: Bool
    public var isBad: Bool
    /// `Surat ini asli dan berlaku`
    public var heading: String
    public var explanation: String
    public var checkedAt: String

    public init(tone: Tone, heading: String, explanation: String, checkedAt: String) {
        self.tone = tone
        isGood = tone == .good
        isWarning = tone == .warn
        isBad = tone == .bad
        self.heading = heading
        self.explanation = explanation
        self.checkedAt = checkedAt
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "tone": tone.rawValue
        case "isGood": isGood
        case "isWarning": isWarning
        case "isBad": isBad
        case "heading": heading
        case "explanation": explanation
        case "checkedAt": checkedAt
        default: nil
        }
    }
}

/// Another letter, in a sentence with a link.
public struct LetterPointer: MustacheParent, Sendable {
    public var text: String
    public var number: String
    public var path: String

    public init(text: String, number: String, path: String) {
        self.text = text
        self.number = number
        self.path = path
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "number": number
        case "path": path
        default: nil
        }
    }
}

/// What came out about a file that somebody sent to be checked.
public struct FileResult: MustacheParent, Sendable {
    public var verdict: VerdictPanel
    /// The letter's facts, when it is the issued file itself.
    public var rows: [SummaryRow]
    public var hasRows: Bool
    public var letterPath: String?

    public init(verdict: VerdictPanel, rows: [SummaryRow] = [], letterPath: String? = nil) {
        self.verdict = verdict
        self.rows = rows
        hasRows = !rows.isEmpty
        self.letterPath = letterPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "verdict": verdict
        case "rows": rows
        case "hasRows": hasRows
        case "letterPath": letterPath as Any
        default: nil
        }
    }
}

/// The form that a file to be checked is sent with.
public struct FileCheckForm: MustacheParent, Sendable {
    public var action: String
    public var upload: FileFieldModel

    public init(action: String, upload: FileFieldModel) {
        self.action = action
        self.upload = upload
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "upload": upload
        default: nil
        }
    }
}
