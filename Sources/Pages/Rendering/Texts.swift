import Foundation
public import Permits

/// All texts of one language, by key. Swift-side texts take values as `{name}`; `{count|day|days}` is `day` when the value
/// is 1 and `days` otherwise.
public struct Texts: Sendable {
    let file: String
    public let language: Language
    private let table: [String: String]

    /// Reads a flat JSON object of strings.
    /// - Parameter fallback: for keys that the file does not have: better a sentence in another language than none. A
    ///   test keeps that from happening to the texts that ship.
    public init(file: String, language: Language = .standard, fallback: Texts? = nil) throws(TemplateFault) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw TemplateFault(file: file, reason: "cannot be read")
        }
        do {
            let own = try JSONDecoder().decode([String: String].self, from: data)
            table = fallback?.table.merging(own) { $1 } ?? own
        } catch {
            throw TemplateFault(file: file, reason: "is not a flat JSON object of texts: \(error)")
        }
        self.file = file
        self.language = language
    }

    public var keys: [String] { table.keys.sorted() }

    public subscript(key: String) -> String? { table[key] }

    /// The text of `key` with its values. A key that is missing shows itself in brackets; a test keeps that from
    /// happening.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let text = table[key] else { return "[\(key)]" }
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            result += rest[..<open]
            result += Self.value(of: name, in: values)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func value(of tag: String, in values: [String: String]) -> String {
        let parts = tag.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard let value = values[parts[0]] else { return "{\(tag)}" }
        return parts.count == 3 ? (value == "1" ? parts[1] : parts[2]) : value
    }

    /// Names of files stay as they are.
    static func atStart(_ label: String) -> String {
        label.contains(".") ? label : label.prefix(1).uppercased() + label.dropFirst()
    }

    static func inSentence(_ label: String) -> String {
        guard let first = label.first, let second = label.dropFirst().first, second.isLowercase else { return label }
        return first.lowercased() + label.dropFirst()
    }
}

/// Texts about things in `Permits`.
extension Texts {
    /// The sentence beside a field. Its label stands in the middle of it, so it begins small unless it is an
    /// abbreviation such as NIK.
    /// - Parameter label: how the reader's language names the field, where the problem was found in Indonesian.
    public func problem(_ problem: FieldProblem, label: String? = nil) -> String {
        let text = table[problem.key] ?? ""
        var values: [String: String] = [:]
        for (name, value) in problem.values {
            if name.hasSuffix("Key") {
                values[String(name.dropLast(3))] = self(value)
            } else if name.hasSuffix("Bytes") {
                values[String(name.dropLast(5))] = formats.fileSize(Int(value) ?? 0)
            } else if ["min", "max", "count"].contains(name), let number = Int(value) {
                values[name] = formats.number(number)
            } else {
                values[name] = value
            }
        }
        if let label { values["label"] = label }
        values["label"] = values["label"].map(text.hasPrefix("{label}") ? Self.atStart : Self.inSentence)
        return self(problem.key, values)
    }

    /// What the citizen should know or do next, for a list of applications.
    public func next(_ state: ApplicationState) -> String { self("next.\(state.rawValue)") }
    /// Where the file is, as the headline of the status page. One that nobody has taken up yet waits for its turn.
    public func headline(_ state: ApplicationState, isClaimed: Bool) -> String {
        self(state == .submitted && !isClaimed ? "headline.waiting" : "headline.\(state.rawValue)")
    }
    /// What happens then.
    public func explanation(_ state: ApplicationState) -> String { self("explanation.\(state.rawValue)") }
    /// Who has to act now.
    public func holder(_ state: ApplicationState) -> String { self("holder.\(state.rawValue)") }

    /// `Ditangani Anda`, or the colleague's name.
    public func claimed(by name: String, isReader: Bool) -> String {
        isReader ? self("staff.claimedByYou") : self("staff.claimedBy", ["name": name])
    }

    /// Too many tries: when to try again.
    public func tooManyTries(seconds: Int) -> String {
        let wait =
            seconds < 60
            ? self("wait.seconds", ["count": formats.number(seconds)])
            : self("wait.minutes", ["count": formats.number((seconds + 59) / 60)])
        return self("problem.tooManyTries", ["wait": wait])
    }
}

/// Sentences whose keys the portal names.
public enum NoticeText: String, Sendable, CaseIterable {
    case draftSaved, rowsSaved, filesSaved, fileRemoved, submitted, resubmitted, withdrawn, loggedOut, activationSent,
        activationSentBefore, sentBack, claimed,
        verdictsSaved, recommended, returned, refused, signed, accountActivated, letterRevoked, letterVoided,
        replacementStarted, extensionBegun, reportGiven, reportConfirmed, reportReturned, accountRejected, passwordSet,
        passwordChanged, emailChangeSent, phoneChanged, othersLoggedOut, oneLoggedOut, choicesSaved, deletionRequested,
        deletionWithdrawn, transferOffered, transferWithdrawn, transferAccepted, transferDeclined,
        institutionCreated, institutionChanged, invited, invitationWithdrawn, invitationAccepted, ownerMade,
        membershipEnded, filed, messageSent, messageKept, messageDiscarded, messagesSeen,
        anotherBegun, draftUnfinished, paperReused,
        rowAdded, rowRemoved, rowsImported, rowsToMend, accountsMerged, emailChangeWithdrawn,
        telegramConnected, whatsAppConnected, channelDisconnected, codeSent
    // After a session that had ended.
    case savedAfterLogIn, savedNotRemoved, savedNotResubmitted, savedNotSent, wordsSavedNotSent, savedWithoutFiles
    case notDone, notSaved, notBegun, filesNotSaved, notSubmitted, notResubmitted, notWithdrawn, messageNotSent,
        reportNotGiven, offerNotSent, offerNotAccepted, invitationNotAccepted, deletionNotRequested, notDecided,
        notSigned

    public var textKey: String { "notice.\(rawValue)" }
    public var tone: Tone {
        isUndone
            || [
                .rowsToMend, .savedNotRemoved, .savedNotResubmitted, .savedNotSent, .wordsSavedNotSent,
                .savedWithoutFiles,
            ].contains(self) ? .warn : .good
    }
    /// Something that was asked for has not happened: whoever wants it asks again.
    public var isUndone: Bool {
        switch self {
        case .notDone, .notSaved, .notBegun, .filesNotSaved, .notSubmitted, .notResubmitted, .notWithdrawn,
            .messageNotSent, .reportNotGiven, .offerNotSent, .offerNotAccepted, .invitationNotAccepted,
            .deletionNotRequested, .notDecided, .notSigned:
            true
        default: false
        }
    }
    /// Said by the page where it happened instead of above everything.
    public var isInPlace: Bool { [.rowAdded, .rowRemoved].contains(self) }
}

/// Groups of the staff queue; the raw value is the `tab` of the address.
public enum QueueGroup: String, Sendable, CaseIterable {
    case check = "periksa"
    case applicant = "pemohon"
    case signature = "tanda-tangan"
    case done = "selesai"
    case messages = "pesan"

    public var textKey: String { "queue.tab.\(self)" }
}
