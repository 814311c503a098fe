/// What a letter in the register is.
public enum LetterKind: String, Codable, Sendable, CaseIterable {
    /// What the applicant asked for.
    case permit
    /// Why it is not given.
    case refusal
    /// That it is taken back.
    case revocation

    public init?(_ kind: OfficeLetterKind) {
        switch kind {
        case .refusal: self = .refusal
        case .revocation: self = .revocation
        case .receipt, .extension: return nil
        }
    }

    /// The last day of letters that state something for good.
    public static let endless = Day(ordinal: 2_932_896)  // 31 December 9999

    public var isForGood: Bool { self != .permit }
}

extension Office {
    /// As whom the office itself marks a letter that no single official signs: with its electronic seal.
    public var seal: SignatoryTitle {
        SignatoryTitle(
            positionLines: [name.uppercased() + ","], name: "Segel Elektronik \(shortName)", rank: "", nip: "")
    }
}

extension ApplicationFacts {
    /// - Parameter due: The day until which the answer is promised.
    public init(_ application: Application, due: Day?, address: String? = nil) {
        self.init(
            reference: application.reference.description, submittedOn: application.submittedAt?.day, expectedOn: due,
            papers: application.type.papers.filter { application.attachment(for: $0.key) != nil }.map(\.label),
            address: address)
    }
}

extension LetterDocument {
    /// Stands at the foot of letters that a certificate of BSrE really signed, and of no others.
    public static let certifiedByBSrE =
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara."

    /// The document's title without its number.
    public var subjectTitle: String {
        for case .title(let text, _) in blocks where title.hasSuffix(text) { return text }
        return title.split(separator: " ").prefix { !$0.contains("/") }.joined(separator: " ")
    }

    /// The same letter with this address in its QR code.
    public func withMark(url: String) -> LetterDocument {
        var document = self
        for (index, block) in blocks.enumerated() {
            guard case .signature(var signature) = block else { continue }
            signature.mark.url = url
            document.blocks[index] = .signature(signature)
        }
        return document
    }
}
