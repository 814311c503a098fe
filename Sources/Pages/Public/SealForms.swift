/// Texts of what comes out about the seal in a QR code.
extension FileResult {
    /// What can be said about the whole text of a code, where it is not simply that of a letter in the register under a
    /// good key.
    public enum SealOutcome: String, Sendable, CaseIterable {
        /// A good seal, but not one of a letter in the register.
        case unknown
        /// The letter is in the register; its key was given up since, in good order.
        case retired
        /// The letter is in the register, but the key may be in strange hands: the seal itself says nothing.
        case revoked
        /// Such a key, and no such letter.
        case forged
        /// The seal does not hold, or is not the office's.
        case broken

        var tone: Tone {
            switch self {
            case .retired: .good
            case .revoked: .warn
            case .unknown, .forged, .broken: .bad
            }
        }
    }

    /// - Parameters:
    ///   - day: When the key was revoked, where it was.
    ///   - reason: Why, in words.
    public static func panel(
        _ outcome: SealOutcome, day: String = "", reason: String = "", checkedAt: String, texts: Texts
    ) -> VerdictPanel {
        VerdictPanel(
            tone: outcome.tone, heading: texts("sealResult.\(outcome.rawValue).heading"),
            explanation: texts("sealResult.\(outcome.rawValue).explanation", ["day": day, "reason": reason]),
            checkedAt: checkedAt)
    }
}
