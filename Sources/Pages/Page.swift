public import Mustache

/// What one template needs: a flat value of formatted texts, flags and lists. `samples` are the full, the empty and
/// the faulty case; tests render them and hold every tag of the template against them.
public protocol Page: MustacheParent, Sendable {
    /// Path under `Templates/` without extension.
    static var template: String { get }
    static var samples: [Self] { get }
}

/// Every page and mail there is, for tests and for the gallery.
public enum Catalogue {
    public static let pages: [any Page.Type] = [
        Home.self, Services.self, Service.self, Help.self, EligibilityForm.self, EligibilityOutcome.self,
        RequirementList.self, LinkBuilder.self, LinkedForm.self,
        SignUp.self, SignedUp.self, LogIn.self, Resume.self,
        Activation.self,
        Verification.self, Failure.self, Applications.self, SectionForm.self, RosterForm.self, AttachmentsForm.self,
        Check.self,
        ApplicationStatus.self, Withdrawal.self, MessagePage.self, MessageClosed.self, ReportPage.self,
        Corrections.self,
        CorrectionList.self, AccountDetails.self, Queue.self,
        StaffApplication.self, Signing.self,
        Activations.self, AdminAccounts.self, VerificationStart.self, StaffLetter.self, LetterReading.self,
        Register.self, Reports.self,
        ExtensionForm.self, AccountForm.self, AccountNote.self, Devices.self, DocumentViews.self, Privacy.self,
        Notifications.self, TelegramChat.self, DataIndex.self,
        PublicKeysPage.self, Tracking.self, Deletions.self, Institutions.self, InstitutionPage.self,
        AccountMerging.self,
    ]
    public static let mails: [any Page.Type] = [
        ActivationMail.self, AccountActivatedMail.self, SubmittedMail.self, ReturnedMail.self, RefusedMail.self,
        IssuedMail.self, LetterNewsMail.self, PlainMail.self,
    ]
}

/// Meaning of a colour. The raw value is the suffix of the CSS class.
public enum Tone: String, Sendable, CaseIterable {
    case neutral, info, good, warn, bad
}
