import Letters
import Pages
import Permits
import Store

/// Makes a letter out of its draft: seals its essentials into the QR code, signs it and puts the file into the vault.
/// Whatever fails, fails before a number is used.
struct LetterPress {
    let site: Site
    let pen: SigningDesk.Pen
    /// What the signatory typed, where the pen needs it. It is not kept.
    let secret: String
    let now: Moment

    func make(_ draft: LetterDraft) throws -> SignedLetter {
        let token = Token.text(site.random(24))
        let document = try site.desk.sealed(
            pen.marked(draft.document), url: site.url(.verification(token)), number: draft.numberText,
            issuedOn: draft.date, office: draft.office, maskedName: draft.summary.maskedName, at: now)
        let facts = SignatureFacts(
            name: draft.signatory.name, reason: draft.document.title, location: draft.office.city)
        let bytes = try site.desk.taking {
            try pen.signer.sign(document, with: site.letters, facts: facts, secret: secret, at: now)
        }
        return SignedLetter(document: document, token: token, file: try site.vault.keep(bytes))
    }

    /// Draws a letter with a QR code as long as the true one and throws it away.
    /// - Throws: `LetterError`.
    static func tryDrawing(_ document: LetterDocument, _ site: Site, at now: Moment) throws {
        let url = site.url(.verification(String(repeating: "x", count: 32)))
        let seal = String(repeating: "0", count: 400)
        _ = try site.letters.pdf(document.withMark(url: "\(url)#\(seal)"), created: now.seconds)
    }
}

extension SigningDesk.Pen {
    /// The letter with what may be said of how it was signed. BSrE is named only where its certificate signs.
    func marked(_ document: LetterDocument) -> LetterDocument {
        guard signer.namesBSrE else { return document }
        var document = document
        document.footer.append(LetterDocument.certifiedByBSrE)
        return document
    }
}
