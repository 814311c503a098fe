import HTTPServer
import Letters
import Pages
import Permits
import Store

/// The step between a decision and the office's letter about it: nothing is signed or sealed that nobody has read.
struct OfficeLetterReading {
    let context: Context
    let kind: OfficeLetterKind
    let foreseen: ForeseenLetter

    /// Wants to go back to the form and mend what was typed.
    static func wantsToMend(_ context: Context) -> Bool {
        context.form[LetterReading.stepName] == LetterReading.mending
    }

    /// - Throws: `LetterError` when this letter cannot be drawn.
    init(_ kind: OfficeLetterKind, _ foreseen: ForeseenLetter, _ context: Context) throws {
        self.kind = kind
        self.foreseen = foreseen
        self.context = context
        try LetterPress.tryDrawing(foreseen.document, context.site, at: context.now)
    }

    /// As `init`, with a letter that cannot be drawn as a problem of the reason, the only words that were not in a
    /// letter before.
    static func printable(
        _ kind: OfficeLetterKind, _ foreseen: ForeseenLetter, _ context: Context
    ) throws -> OfficeLetterReading {
        do {
            return try OfficeLetterReading(kind, foreseen, context)
        } catch LetterError.glyphMissing(let character, _) {
            throw PermitError.invalid([
                FieldProblem(DecisionModel.reasonName, "notPrintable", ["character": String(character)])
            ])
        } catch LetterError.tooLong {
            throw PermitError.invalid([FieldProblem(DecisionModel.reasonName, "tooLongToPrint")])
        }
    }

    /// Just this letter was shown before.
    var isRead: Bool { digest == foreseen.digest }

    private var digest: String? { context.form[LetterReading.digestName] }

    /// - Parameters:
    ///   - pen: What it will be signed with; nil when there is nothing to sign with now.
    ///   - asksPassword: A person signs it.
    ///   - fault: What is wrong with the password.
    func page(
        pen: SigningDesk.Pen?, asksPassword: Bool, fault: String? = nil, blockers: [String] = [], backTo link: Link
    ) throws -> LetterReading {
        let texts = context.texts
        let application = try context.application()
        let name = kind.rawValue
        return LetterReading(
            reference: application.reference.description, kind: application.type.name,
            heading: texts("reading.\(name).heading"), lead: texts("reading.\(name).lead"),
            isChanged: digest.map { $0 != foreseen.digest } ?? false,
            sheet: LetterModel(document: pen?.marked(foreseen.document) ?? foreseen.document), blockers: blockers,
            held: Self.held(context.form), digest: foreseen.digest,
            password: asksPassword
                ? Signing.passwordField(isPassphrase: pen?.needsSecret ?? false, fault: fault, texts: texts) : nil,
            action: context.request.head.rawPath, button: texts("reading.\(name).button"),
            after: texts("reading.\(name).after"), backPath: link.path)
    }

    private static func held(_ form: FormFields) -> [HeldField] {
        HeldField.all(in: form).filter { ![LetterReading.digestName, LetterReading.stepName].contains($0.name) }
    }
}
