import Foundation

/// Everything the portal knows about a person, as they may have it (UU 27/2022, article 7).
public struct PersonalData: Encodable, Sendable {
    public struct Person: Encodable, Sendable {
        public let name: String
        public let email: String
        public let phone: String
        /// Of an Indonesian; a foreigner has the two that follow instead.
        public let nik: String?
        public let passport: String?
        /// ISO 3166-1 alpha-3.
        public let citizenship: String?
        public let state: String
        public let registeredAt: String
        /// As a BCP 47 tag; nil until one was chosen.
        public let language: String?
        /// The address that waits to be confirmed.
        public let pendingEmail: String?
    }

    /// Something that happened, in a word.
    public struct Occurrence: Encodable, Sendable {
        public let kind: String
        public let at: String
        public let by: String?
        public let note: String?
        /// Network address that it came from; of the person's own acts only.
        public let origin: String?
    }

    public struct Answer: Encodable, Sendable {
        public let key: String
        public let label: String
        public let value: String
    }

    /// What an officer found about one part, once it was told.
    public struct Judged: Encodable, Sendable {
        public let key: String
        public let label: String
        public let verdict: String
        public let reason: String?
    }

    public struct Paper: Encodable, Sendable {
        public let id: Int64
        public let requirement: String
        public let label: String
        public let filename: String
        public let size: Int
        public let sha256: String
        public let addedAt: String
        public let replacedAt: String?
        /// The application that it was given for first, when it was used again.
        public let firstGivenFor: String?
        public let givenBy: String?
        /// Where it lies in the archive; nil when the file is gone.
        public var path: String?
    }

    public struct IssuedLetter: Encodable, Sendable {
        /// Whether it is the permit, or says why there is none or no more.
        public let kind: String
        public let number: String
        public let issuedAt: String
        public let validUntil: String
        /// `valid` until it ended before its day: `revoked`, `replaced` or `void`.
        public let state: String
        public let endedAt: String?
        /// Why it was revoked, in the portal's word and in the office's.
        public let ground: String?
        public let reason: String?
        /// When its holder first fetched it.
        public let fetchedAt: String?
        /// Which reminders of it were due, and when.
        public let reminders: [Occurrence]
        /// Nil in the moments between signature and first rendering.
        public let sha256: String?
        /// Where its file lies in the archive; nil when there is none yet.
        public var path: String?
    }

    /// What the person handed in after the letter.
    public struct GivenReport: Encodable, Sendable {
        public let id: Int64
        public let filename: String
        public let size: Int
        public let sha256: String
        public let givenAt: String
        public let state: String
        /// Why it was returned.
        public let reason: String?
        /// Where it lies in the archive; nil when the file is gone.
        public var path: String?
    }

    /// A message about an application, the office's included.
    public struct Said: Encodable, Sendable {
        public struct File: Encodable, Sendable {
            public let id: Int64
            public let filename: String
            public let size: Int
            public let sha256: String
            /// Where it lies in the archive; nil when the file is gone.
            public var path: String?
        }

        public let by: String
        public let side: String
        public let at: String
        public let text: String
        public let isQuestion: Bool
        public var files: [File]
    }

    /// A message or a report that the person has not sent.
    public struct NotSent: Encodable, Sendable {
        public let reference: String
        public let purpose: String
        public let text: String
        public let changedAt: String
        public var files: [Said.File]
    }

    /// One part of an application that was returned, as it was and as it came back.
    public struct Mended: Encodable, Sendable {
        public let at: String
        public let key: String
        public let label: String
        public let reason: String
        public let oldValue: String?
        public let newValue: String?
        /// Ids of papers of the application: the one that was returned and the one in its place.
        public let oldPaper: Int64?
        public let newPaper: Int64?
        public let explanation: String
        /// Where these papers lie in the archive.
        public var oldPath: String?
        public var newPath: String?
    }

    public struct View: Encodable, Sendable {
        /// Whether it was a paper of the application, came with a message, or was a report.
        public let source: String
        /// Nil for what came with a message.
        public let paper: String?
        public let filename: String
        public let viewer: String
        public let role: String
        public let office: String?
        public let first: String
        public let last: String
        public let count: Int
    }

    public struct File: Encodable, Sendable {
        public let reference: String
        public let service: String
        public let state: String
        public let subject: String
        /// The institution that it is filed for.
        public let institution: String?
        public let createdAt: String
        public let submittedAt: String?
        /// Why it follows another letter.
        public let followReason: String?
        /// The day on which a draft goes that nobody touches.
        public let expiresOn: String?
        public let answers: [Answer]
        /// Typed and not saved, or not well formed yet.
        public let typed: [Answer]
        public let findings: [Judged]
        public var papers: [Paper]
        public let events: [Occurrence]
        public var letters: [IssuedLetter]
        public var reports: [GivenReport]
        public var conversation: [Said]
        public var corrections: [Mended]
        public let views: [View]
    }

    public struct SessionData: Encodable, Sendable {
        public let device: String
        public let openedAt: String
        public let lastUsedAt: String
        public let origin: String
    }

    public struct Message: Encodable, Sendable {
        public let kind: String
        /// E-mail, or which chat.
        public let channel: String
        public let createdAt: String
        public let sentAt: String?
        public let reference: String?
    }

    public struct Channel: Encodable, Sendable {
        public let channel: String
        /// The chat's number at Telegram, or a phone number.
        public let address: String
        public let connectedAt: String
    }

    public struct Place: Encodable, Sendable {
        public let institution: String
        public let kind: String
        public let address: String
        public let head: String
        public let role: String
        public let since: String
        public let endedAt: String?
        /// The profiles that the person replaced, and when.
        public let replacedProfiles: [ReplacedProfile]
    }

    public struct ReplacedProfile: Encodable, Sendable {
        public let at: String
        public let before: [String: String]
    }

    /// An application offered to somebody else's account, by the person or to them.
    public struct Transfer: Encodable, Sendable {
        public let reference: String
        public let isOwn: Bool
        /// Of whoever it was offered to.
        public let email: String
        public let offeredAt: String
        public let expiresAt: String
        public let state: String
        public let decidedAt: String?
        /// Network address that the person accepted from.
        public let origin: String?
    }

    /// An invitation to an institution, by the person or to them.
    public struct Invitation: Encodable, Sendable {
        public let institution: String
        public let isOwn: Bool
        public let email: String
        public let invitedAt: String
        public let expiresAt: String
        public let acceptedAt: String?
    }

    /// What the person did in an application that is not theirs: handed over since, or of an institution of theirs.
    public struct Elsewhere: Encodable, Sendable {
        public let reference: String
        public let service: String
        public let events: [Occurrence]
        public var papers: [Paper]
        public var conversation: [Said]
        /// When the person opened files there, and which.
        public let opened: [Opened]
        /// Who opened what the person gave there.
        public let views: [View]
    }

    public struct Opened: Encodable, Sendable {
        public let filename: String
        public let at: String
    }

    /// An account that was merged into this one. What it had is among what the person has now.
    public struct FormerAccount: Encodable, Sendable {
        public let name: String
        public let registeredAt: String
        public let mergedAt: String?
        public let events: [Occurrence]
    }

    public struct Deletion: Encodable, Sendable {
        public let requestedAt: String
        public let dueAt: String
        public let withdrawnAt: String?
    }

    public let takenAt: String
    public let account: Person
    public let accountEvents: [Occurrence]
    public let formerAccounts: [FormerAccount]
    public var applications: [File]
    public var elsewhere: [Elsewhere]
    public var notSent: [NotSent]
    /// Institutions that the person belongs to, or belonged to.
    public let memberships: [Place]
    public let transfers: [Transfer]
    public let invitations: [Invitation]
    public let deletions: [Deletion]
    public let sessions: [SessionData]
    public let messages: [Message]
    /// Chats that the portal writes to beside the e-mail address.
    public let channels: [Channel]
    /// By way and topic: whether it comes there.
    public let notifications: [String: [String: Bool]]

    /// Indented UTF-8 JSON with sorted keys.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
