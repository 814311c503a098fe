public import Mustache

/// An issued letter: how it stands, what to download and where others can check it.
public struct LetterLink: MustacheParent, Sendable {
    public var tone: Tone
    /// `Surat sudah terbit`, `Surat ini dicabut`
    public var heading: String
    public var explanation: String?
    /// Why it was taken back, for its holder and the office.
    public var reason: String?
    public var number: String
    public var issued: String
    public var validUntil: String
    public var size: String
    public var path: String
    public var verificationPath: String
    /// Where the office looks after it.
    public var managePath: String?
    /// More time for it.
    public var offer: ExtensionOffer?

    public init(
        tone: Tone, heading: String, explanation: String? = nil, reason: String? = nil, number: String,
        issued: String, validUntil: String, size: String, path: String, verificationPath: String,
        managePath: String? = nil, offer: ExtensionOffer? = nil
    ) {
        self.tone = tone
        self.heading = heading
        self.explanation = explanation
        self.reason = reason
        self.number = number
        self.issued = issued
        self.validUntil = validUntil
        self.size = size
        self.path = path
        self.verificationPath = verificationPath
        self.managePath = managePath
        self.offer = offer
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "tone": tone.rawValue
        case "heading": heading
        case "explanation": explanation as Any
        case "reason": reason as Any
        case "number": number
        case "issued": issued
        case "validUntil": validUntil
        case "size": size
        case "path": path
        case "verificationPath": verificationPath
        case "managePath": managePath as Any
        case "offer": offer as Any
        default: nil
        }
    }
}
