import HTTPServer
import Pages
import Permits
import Store

/// Talking about an application on the office's side, and the files of messages.
enum MessageRoutes {
    /// A few more files than are taken, so that one too many is told in a sentence.
    static let body = BodyPolicy.multipart(max: 33 << 20, maxFile: 10 << 20, maxFiles: 10, maxFields: 16)

    static let table: [Route] = [
        .get("/permohonan/:ref/pesan/:id", access: .citizen, file),
        .post("/petugas/permohonan/:ref/pesan", access: .officer, body: body, keepsTyping: true, writeAsOffice),
        .get("/petugas/permohonan/:ref/pesan/:id", access: .officer, file),
        .post("/petugas/permohonan/:ref/pesan-dibaca", access: .officer, body: .smallForm, noteSeen),
    ]

    /// Keeps what was sent, or shows its page again with everything typed and what is wrong with it, by name of input.
    @Sendable static func writeAsOffice(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        // Before files are looked into for nothing.
        try context.store.expectTalk(about: context.reference(), by: viewer, at: context.now)
        do {
            try context.site.limit("write", "\(viewer.account.value)", context.site.settings.rates.messages)
            let (draft, problems) = try draft(context)
            guard problems.isEmpty else {
                let faults = byField(problems).mapValues { context.texts.problem($0) }
                return .page(try ReviewRoutes.page(context, talkFaults: faults), status: 422)
            }
            try context.store.write(
                draft, about: context.reference(), by: viewer, origin: context.origin, at: context.now)
        } catch let tooMany as TooManyTries {
            let sentence = context.texts.tooManyTries(seconds: tooMany.seconds)
            let page = try ReviewRoutes.page(context, talkFaults: [MessageRules.textField: sentence])
            return .tooSoon(seconds: tooMany.seconds, .page(page, status: 429))
        }
        return .redirect(.staffApplication(try context.reference().description), notice: .messageSent)
    }

    @Sendable static func noteSeen(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        try context.store.noteMessagesSeen(
            reference, by: try context.viewer(), origin: context.origin, at: context.now)
        return .redirect(.staffApplication(reference.description), notice: .messagesSeen)
    }

    @Sendable static func file(_ context: Context) throws -> Reply {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        let file = try context.store.openMessageFile(
            id, of: context.reference(), by: context.viewer(), at: context.now)
        return .file(
            StoredFile(sha256: file.sha256, size: file.size), kind: file.kind, filename: file.filename,
            isDownload: false)
    }

    /// Files are kept only when the words are right.
    private static func draft(_ context: Context) throws -> (MessageDraft, [FieldProblem]) {
        let files = context.request.files.filter { $0.name == MessageRules.fileField && !$0.isEmptyPart }
        var (text, problems) = MessageRules.checked(context.form[MessageRules.textField] ?? "", files: files.count)
        var given: [GivenFile] = []
        for file in files where problems.isEmpty {
            let requirement = MessageRules.requirement(label(of: file, context))
            switch try Uploads.given(file, for: requirement, context) {
            case .success(let kept): given.append(kept)
            case .failure(let problem): problems.append(problem)
            }
        }
        let draft = MessageDraft(
            text: text, isQuestion: context.form[MessageForm.questionName] != nil, files: given, token: token(context))
        return (draft, problems)
    }

    /// Of the form that was sent, so that the same one is known when it comes again.
    static func token(_ context: Context) -> String {
        let sent = TypedText.cleaned(context.form[MessageForm.tokenName] ?? "", keepingLines: false)
        return sent.isEmpty || sent.utf8.count > 64 ? Token.text(context.site.random(16)) : sent
    }

    /// Sentences name the file: there are several.
    static func label(of file: UploadedFile, _ context: Context) -> String {
        let name = TypedText.cleaned(file.filename, keepingLines: false)
        return name.isEmpty ? context.texts("thread.file") : String(name.suffix(60))
    }
}
