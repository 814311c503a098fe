import HTTPServer
import Letters
import Pages
import Permits
import Store

/// The whole text of a QR code that somebody pasted: an address and, after the `#`, what is sealed.
enum SealedAddress {
    /// Nil for an address alone, and where there are no keys to check a seal with.
    /// - Throws: `SealError`.
    private static func reading(of typed: String, _ context: Context) throws -> SealReading? {
        let text = text(in: typed)
        guard let hash = text.firstIndex(of: "#"), let keys = context.site.desk.publicKeys else { return nil }
        let sealed = text[text.index(after: hash)...]
        // Shorter ones are no seals but something that a browser has put there.
        guard sealed.count >= 100, sealed.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return try SealCheck(keys).read(text)
    }

    /// Without blanks and line ends, which pasting brings.
    private static func text(in typed: String) -> String {
        TypedText.cleaned(typed, keepingLines: false).filter { $0 != " " }
    }

    /// What is to be said of the seal; nil when the letter's own page says it all.
    static func result(_ typed: String, _ context: Context) throws -> FileResult? {
        do {
            guard let reading = try reading(of: typed, context) else { return nil }
            let letter = try known(reading, text(in: typed), context)
            switch (reading.standing, letter) {
            case (.good, .some): return nil
            case (.good, nil), (.retired, nil): return result(.unknown, reading, nil, nil, context)
            case (.retired(let entry), let letter?):
                let isBefore = letter.issuedAt <= entry.revokedAt
                return result(isBefore ? .retired : .revoked, reading, letter, entry, context)
            case (.revoked(let entry), let letter?): return result(.revoked, reading, letter, entry, context)
            case (.revoked(let entry), nil): return result(.forged, reading, nil, entry, context)
            }
        } catch is SealError {
            return FileResult(
                verdict: FileResult.panel(
                    .broken, checkedAt: context.formats.dateTime(context.now), texts: context.texts))
        }
    }

    /// The letter in the register whose code says exactly this.
    private static func known(_ reading: SealReading, _ text: String, _ context: Context) throws -> Letter? {
        guard let token = VerificationRoutes.token(in: reading.url) else { return nil }
        do {
            let letter = try context.store.letter(token: token)
            return letter.document.sealText == text ? letter : nil
        } catch PermitError.notFound {
            return nil
        }
    }

    /// Nobody is named: whoever has the text has the paper, and what became of the letter is for its page to tell.
    private static func result(
        _ outcome: FileResult.SealOutcome, _ reading: SealReading, _ letter: Letter?,
        _ entry: RevocationList.Entry?, _ context: Context
    ) -> FileResult {
        let texts = context.texts
        return FileResult(
            verdict: FileResult.panel(
                outcome, day: entry.map { texts.formats.date($0.revokedAt.day) } ?? "",
                reason: entry.map { texts($0.reason.textKey) } ?? "",
                checkedAt: texts.formats.dateTime(context.now), texts: texts),
            rows: [
                SummaryRow(label: texts("verification.number"), value: reading.seal.number),
                SummaryRow(label: texts("verification.issued"), value: texts.formats.date(reading.seal.issuedOn)),
                SummaryRow(label: texts("verification.office"), value: reading.seal.office, isIndonesian: true),
            ], letterPath: letter.map { Link.verification($0.token).path })
    }

    /// What the page of a letter says about the key of its code; nil while that is good.
    static func note(on letter: Letter, _ context: Context) -> String? {
        guard let keys = context.site.desk.publicKeys, let text = letter.document.sealText,
            let reading = try? SealCheck(keys).read(text)
        else { return nil }
        switch reading.standing {
        case .good: return nil
        case .retired(let entry), .revoked(let entry):
            let values = [
                "day": context.formats.date(entry.revokedAt.day), "reason": context.texts(entry.reason.textKey),
            ]
            return context.texts("verification.sealRevoked", values)
        }
    }
}
