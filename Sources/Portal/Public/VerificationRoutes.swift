import HTTPServer
import Pages
import Permits
import Store

/// Checking a letter: open to anybody who holds it, and to nobody who only guesses.
enum VerificationRoutes {
    static let table: [Route] = [
        .get("/verifikasi", access: .anyone, start),
        .post("/verifikasi/cari", access: .anyone, body: .smallForm, onStale: searchAgain, search),
        .post(
            "/verifikasi/berkas", access: .anyone, body: LetterFileCheck.body, limit: LetterFileCheck.limit,
            LetterFileCheck.check),
        .get("/verifikasi/:token", access: .anyone, letter),
    ]

    /// Bytes of a letter's token.
    static let tokenLength = 24

    @Sendable static func start(_ context: Context) throws -> Reply {
        .page(
            VerificationStart(address: context.form[VerificationStart.addressName] ?? "", texts: context.texts))
    }

    /// Leads to the letter's page, whether there is one or not: it answers the same to every guess. Of a seal that does
    /// not speak for itself it says why.
    @Sendable static func search(_ context: Context) throws -> Reply {
        let typed = context.form[VerificationStart.addressName] ?? ""
        guard let token = token(in: typed) else {
            let fault = context.texts("problem.letterAddress")
            return .page(
                VerificationStart(address: typed, addressFault: fault, texts: context.texts), status: 422)
        }
        if typed.contains("#") {
            try context.site.limit("verification", context.origin, context.site.settings.rates.verification)
            if let result = try SealedAddress.result(typed, context) {
                return .page(VerificationStart(result: result, texts: context.texts))
            }
        }
        return .redirect(.verification(token))
    }

    /// The form was open for too long. It changes nothing, so what was typed is as good as ever.
    @Sendable private static func searchAgain(_ context: Context) throws -> Reply {
        let reply = try search(context)
        if case .page(let page, _) = reply { return .page(page, status: 403) }
        return reply
    }

    /// The token in a pasted address, with or without what stands before and after it.
    static func token(in typed: String) -> String? {
        let text = TypedText.cleaned(typed, keepingLines: false).filter { $0 != " " }
        let path = text.prefix { $0 != "#" && $0 != "?" }
        guard let last = path.split(separator: "/").last.map(String.init),
            Token.bytes(last, count: tokenLength) != nil
        else { return nil }
        return last
    }

    @Sendable static func letter(_ context: Context) throws -> Reply {
        try context.site.limit("verification", context.network, context.site.settings.rates.verification)
        do {
            return .page(try page(context.store.letter(token: try context.parameter("token")), context))
        } catch PermitError.notFound {
            return .page(
                Verification(
                    verdict: panel(.unknown, context), isKnown: false, rows: [],
                    checkFile: FileCheckForm(texts: context.texts)), status: 404)
        }
    }

    private static func page(_ letter: Letter, _ context: Context) throws -> Verification {
        let texts = context.texts
        func pointer(_ related: RelatedLetter, _ direction: String) -> LetterPointer {
            LetterPointer(
                text: texts("verification.\(direction).\(related.kind.rawValue)"), number: related.numberText,
                path: Link.verification(related.token).path)
        }
        let counterpart = try context.store.revocationCounterpart(of: letter).map { other in
            LetterPointer(
                text: texts(letter.kind == .revocation ? "verification.revokes" : "verification.revokedBy"),
                number: other.numberText, path: Link.verification(other.token).path)
        }
        return Verification(
            verdict: panel(of: letter, context), isKnown: true,
            ending: letter.life.end.map { ending($0, texts) } ?? [], rows: try rows(of: letter, context),
            successor: letter.life.successor.map { pointer($0, "successor") },
            predecessor: letter.life.predecessor.map { pointer($0, "predecessor") }, revocation: counterpart,
            sealNote: SealedAddress.note(on: letter, context),
            checkFile: FileCheckForm(texts: texts))
    }

    private static func panel(of letter: Letter, _ context: Context) -> VerdictPanel {
        var panel = panel(Verification.Status(letter.state(on: context.now.day)), context)
        if letter.kind.isForGood {
            panel.tone = .neutral
            panel.heading = context.texts("verification.\(letter.kind.rawValue).heading")
            panel.explanation = context.texts("verification.\(letter.kind.rawValue).explanation")
        }
        return panel
    }

    private static func panel(_ status: Verification.Status, _ context: Context) -> VerdictPanel {
        Verification.panel(status, checkedAt: context.formats.dateTime(context.now), texts: context.texts)
    }

    private static func ending(_ end: LetterEnd, _ texts: Texts) -> [SummaryRow] {
        let key =
            switch end.kind {
            case .revoked: "verification.revokedAt"
            case .replaced: "verification.replacedAt"
            case .void: "verification.voidedAt"
            }
        let when = SummaryRow(label: texts(key), value: texts.formats.dateTime(end.at))
        // The reason in full is for the holder: it may tell who they are.
        let why = end.ground.map { SummaryRow(label: texts("verification.ground"), value: texts($0.textKey)) }
        return [when] + [why].compactMap { $0 }
    }

    /// What was signed, by whom and when. Of a letter that was taken back nothing personal is told, not even masked; nor
    /// by the letter that took it back.
    static func rows(of letter: Letter, _ context: Context) throws -> [SummaryRow] {
        let texts = context.texts
        let type = try context.store.letterType(of: letter)
        let isTakenBack = letter.kind == .revocation || [.revoked, .void].contains(letter.life.end?.kind)
        let holder = [SummaryRow(label: texts("verification.holder"), value: letter.summary.maskedName)]
        let details = letter.summary.rows.map {
            SummaryRow(label: type.translated($0.label, to: texts.language), value: $0.value, isIndonesian: true)
        }
        return [
            SummaryRow(label: texts("verification.number"), value: letter.numberText),
            SummaryRow(label: texts("verification.kind"), value: letter.summary.typeName, isIndonesian: true),
        ] + (isTakenBack ? [] : holder + details) + [
            SummaryRow(label: texts("verification.issued"), value: context.formats.date(letter.issuedAt.day))
        ]
            + (letter.kind.isForGood
                ? []
                : [SummaryRow(label: texts("verification.until"), value: context.formats.date(letter.validUntil))]) + [
                SummaryRow(
                    label: texts("verification.office"), value: letter.summary.officeName, isIndonesian: true),
                SummaryRow(
                    label: texts("verification.signatory"),
                    value: "\(letter.summary.signatoryName)\n\(letter.summary.signatoryPosition)", isIndonesian: true),
                SummaryRow(label: texts("verification.signed"), value: context.formats.dateTime(letter.issuedAt)),
            ]
    }
}

extension Verification.Status {
    init(_ state: Letter.State) {
        switch state {
        case .valid: self = .valid
        case .expired: self = .expired
        case .revoked: self = .revoked
        case .replaced: self = .replaced
        case .void: self = .void
        }
    }
}
