import Foundation
import Letters
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Keys that the code makes up, such as `"help.question.\(name).answer"`, spelt out from what they are made of: the text
/// of none may be missing, and none may stand for nothing.
@Suite struct TextFamilyTests {
    /// Every key that is made up, in the order of the alphabet.
    private static let resolved: Set<String> = {
        func keys(_ prefix: String, _ names: [String], _ ends: [String] = [""]) -> [String] {
            names.flatMap { name in ends.map { "\(prefix)\(name)\($0)" } }
        }
        let told = [".heading", ".explanation"]
        let kinds = MessageKind.allCases.map(\.rawValue)
        var all = keys("account.menu.", menu, ["", ".text"])
        all += AccountState.allCases.map(\.textKey) + DeletionRequest.State.allCases.map(\.textKey)
        all += keys("documents.", [LetterKind.refusal, .revocation].map(\.rawValue))
        all += DutyState.allCases.flatMap { [$0.textKey, "\($0.textKey).tag"] }
        all += keys("eligibility.", ["yes", "begin", "no"], ["", ".text"])
        all += keys("eligibility.answer.", EligibilityQuestion.Answer.allCases.map(\.rawValue))
        all += EventKind.allCases.map(\.textKey)
        all += keys("failure.", failures, told + [".advice"])
        all += keys("fileResult.", FileResult.Outcome.allCases.map(\.rawValue), told)
        all += keys("follow.", FollowKind.allCases.map(\.rawValue)) + RevocationGround.allCases.map(\.textKey)
        all += keys("help.question.", HelpEntry.questions, ["", ".answer"])
        all += keys("help.step.", HelpStep.names, ["", ".text", ".alt"])
        all += keys("help.word.", HelpEntry.words, ["", ".meaning"])
        all += InstitutionProfile.Kind.allCases.map(\.textKey) + Membership.Role.allCases.map(\.textKey)
        let parts = [".heading", ".text", ".reason.hint", ".button"]
        all += keys("letterAction.", LetterAction.Kind.allCases.map(\.rawValue), parts)
        all += Letter.State.allCases.map(\.textKey)
        all += keys("mail.news.", kinds.filter(news.contains), [".subject", ".text"])
        all += keys(
            "message.", kinds.filter { !news.contains($0) && !ownTemplate.contains($0) && $0 != "whatsAppCode" },
            [".subject", ".text"])
        all += keys("chat.", MessageKind.allCases.filter(\.goesToChats).map(\.rawValue))
        all += keys("chat.connected.", NotificationChannel.chats.map(\.rawValue))
        all += NotificationChannel.allCases.map(\.textKey)
        all += keys("message.", advised, [".advice"])
        all += AccountMerge.Refusal.allCases.map(\.textKey)
        all += keys("mail.news.", ["letterExpiring", "reportGiven"], [".advice"])
        all += keys("month.", (1...12).map(String.init)) + keys("weekday.", (0...6).map(String.init))
        all += keys("nav.", pages)
        all += NoticeText.allCases.map(\.textKey) + SigningError.allCases.map(\.textKey)
        all += keys("publicKeys.file.", ["all", "root", "list"])
        all += QueueGroup.allCases.map(\.textKey) + ReportGroup.allCases.map(\.textKey)
        let reading = [".heading", ".lead", ".button", ".after"]
        all += keys("reading.", [LetterKind.refusal, .revocation].map(\.rawValue), reading)
        all += RevocationList.Reason.allCases.map(\.textKey) + Role.allCases.map(\.textKey)
        all += keys("sealResult.", FileResult.SealOutcome.allCases.map(\.rawValue), told)
        all += [
            "signUp.name", "signUp.email", "signUp.phone", "signUp.nik", "signUp.country", "signUp.passport",
            "signUp.password",
        ]
        .flatMap { [$0, "\($0).hint"] }
        all += keys("standard.", StandardComponent.detailed.map(\.rawValue))
        all += ApplicationState.allCases.map(\.textKey)
        for part in ["next.", "headline.", "explanation.", "holder."] {
            all += keys(part, ApplicationState.allCases.map(\.rawValue))
        }
        all += keys("status.", ["expired", "revoked", "replaced"], [".headline", ".explanation"])
        all += keys("next.", ["expired", "revoked", "replaced"])
        all += keys("place.", QueuePlace.Line.allCases.map(\.rawValue), ["", ".next", ".behind", ".meaning"])
        all += keys("thread.note.", Side.allCases.map(\.rawValue)) + NotificationTopic.allCases.map(\.textKey)
        all += ["tracking.reference", "tracking.reference.hint", "tracking.digits"]
        all += keys("verification.predecessor.", FollowKind.allCases.map(\.rawValue))
        all += keys("verification.successor.", FollowKind.allCases.map(\.rawValue))
        let certain = [LetterKind.refusal, .revocation].map(\.rawValue)
        all += keys("verification.", Verification.Status.allCases.map(\.rawValue) + certain, told)
        all += FileFault.allCases.map { "problem.\($0.rawValue)" }
        return Set(all)
    }()

    private static let pages = [
        "queue", "register", "reports", "activations", "accounts", "services", "tracking", "deletions", "applications",
    ]
    private static let menu = [
        "passwordChange", "sessions", "notifications", "institutions", "documentViews", "privacy", "merging",
    ]
    /// Statuses with a page of their own; the others say what 400 or 500 does.
    private static let failures =
        [400, 403, 404, 405, 408, 409, 413, 422, 429, 500, 503, 507].map(String.init) + ["tooMuchText"]
    private static let ownTemplate: Set = [
        "activation", "accountActivated", "submitted", "returned", "refused", "issued",
    ]
    private static let news: Set = [
        "letterRevoked", "letterVoided", "letterReopened", "replacementRefused", "letterExpiring", "reportBefore",
        "reportToday", "reportLate", "reportGiven", "reportReturned", "reportConfirmed",
    ]
    /// What to do if it was not you, or how to do without such mails.
    private static let advised = [
        "recommended", "signUpAgain", "passwordReset", "passwordChanged", "emailChange", "emailChangeAsked",
        "emailChanged", "deletionRequested", "phoneChanged", "emailWanted", "transferOffered", "transferGiven",
        "invitation", "draftExpiring", "messageReceived", "accountsMerged", "accountGivenUp", "channelConnected",
        "channelLost", "colleagueResubmitted",
    ]
    /// Not keys of texts: names of inputs and of files.
    private static let names: Set = ["benar.", "berkas.", "verdict.", "reason.", "signing."]

    private static func files(in folder: String, suffix: String) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
        return try all.filter { $0.hasSuffix(suffix) }.map {
            try String(contentsOfFile: "\(root)/\(folder)/\($0)", encoding: .utf8)
        }
    }

    /// What `FieldProblem(...)`, `fail(...)` and the like name, by what the sources say.
    private static func problems(in source: String) -> [String] {
        source.matches(of: /(?:FieldProblem\([^,()]+, |fail\()(?:[a-z.A-Z]+ \? "([a-zA-Z]+)" : )?"([a-zA-Z]+)"/)
            .flatMap { [String($0.2)] + ($0.1.map { [String($0)] } ?? []) }.map { "problem.\($0)" }
    }

    @Test func everyKeyThatIsMadeUpHasItsText() throws {
        let named = try Self.files(in: "Sources", suffix: ".swift").flatMap(Self.problems)
        #expect(named.count > 60)
        for language in Language.allCases {
            let texts = try Texts(file: "\(root)/Templates/strings/\(language.rawValue).json", language: language)
            let missing = Self.resolved.union(named).filter { texts[$0] == nil }.sorted()
            #expect(missing.isEmpty, "\(language): \(missing)")
        }
    }

    /// A text that nothing shows, and a family of keys that nobody spelt out here.
    @Test func everyTextIsShownSomewhere() throws {
        var used = Self.resolved
        for text in try Self.files(in: "Templates", suffix: ".mustache") {
            used.formUnion(text.matches(of: /\[\[([A-Za-z0-9.]+)\]\]/).map { String($0.1) })
        }
        var unknown: Set<String> = []
        for source in try Self.files(in: "Sources", suffix: ".swift") {
            used.formUnion(source.matches(of: /"([a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)+)"/).map { String($0.1) })
            // A problem may also be named apart from where it is made.
            used.formUnion(source.matches(of: /"([a-z][a-zA-Z]+)"/).map { "problem.\($0.1)" })
            for match in source.matches(of: /"([a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)*\.)\\\(/) {
                let family = String(match.1)
                if !Self.names.contains(family), family != "problem.", family != "problem.signing.",
                    !Self.resolved.contains(where: { $0.hasPrefix(family) })
                {
                    unknown.insert(family)
                }
            }
        }
        #expect(unknown.isEmpty, "spell out \(unknown.sorted())")
        let texts = try Texts(file: "\(root)/Templates/strings/id.json")
        #expect(texts.keys.filter { !used.contains($0) }.isEmpty, "\(texts.keys.filter { !used.contains($0) })")
    }
}
