import HTTPServer
import Pages
import Permits
import Store

/// Talking about an application: its applicant with the office that has it.
enum MessageRoutes {
    /// A few more files than are taken, so that one too many is told in a sentence.
    static let body = BodyPolicy.multipart(max: 33 << 20, maxFile: 10 << 20, maxFiles: 10, maxFields: 8)

    static let table: [Route] = [
        .post("/permohonan/:ref/pesan", access: .citizen, body: body, keepsTyping: true, writeAsApplicant),
        .get("/permohonan/:ref/pesan/:id", access: .citizen, file),
        .post("/petugas/permohonan/:ref/pesan", access: .officer, body: body, keepsTyping: true, writeAsOffice),
        .get("/petugas/permohonan/:ref/pesan/:id", access: .officer, file),
        .post("/petugas/permohonan/:ref/pesan-dibaca", access: .officer, body: .smallForm, noteSeen),
    ]

    @Sendable static func writeAsApplicant(_ context: Context) throws -> Reply {
        let link = Link.application(try context.reference().description)
        return try write(context, then: link) { try ApplicationRoutes.page(context, talkFaults: $0) }
    }

    @Sendable static func writeAsOffice(_ context: Context) throws -> Reply {
        let link = Link.staffApplication(try context.reference().description)
        return try write(context, then: link) { try ReviewRoutes.page(context, talkFaults: $0) }
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

    /// Keeps what was sent, or shows its page again with everything typed and what is wrong with it, by name of input.
    private static func write(_ context: Context, then link: Link, again: ([String: String]) throws -> any Page) throws
        -> Reply
    {
        let viewer = try context.viewer()
        // Before files are looked into for nothing.
        try context.store.expectTalk(about: context.reference(), by: viewer, at: context.now)
        do {
            try context.site.limit("write", "\(viewer.account.value)", context.site.settings.rates.messages)
            let (draft, problems) = try draft(context)
            guard problems.isEmpty else {
                return .page(try again(byField(problems).mapValues { context.texts.problem($0) }), status: 422)
            }
            try context.store.write(
                draft, about: context.reference(), by: viewer, origin: context.origin, at: context.now)
        } catch let tooMany as TooManyTries {
            let sentence = context.texts.tooManyTries(seconds: tooMany.seconds)
            let page = try again([MessageRules.textField: sentence])
            return .tooSoon(seconds: tooMany.seconds, .page(page, status: 429))
        }
        return .redirect(link, notice: .messageSent)
    }

    /// Files are kept only when the words are right.
    private static func draft(_ context: Context) throws -> (MessageDraft, [FieldProblem]) {
        let files = context.request.files.filter {
            // Browsers send an empty part for an input without a file.
            $0.name == MessageRules.fileField && (!$0.filename.isEmpty || $0.size > 0)
        }
        var (text, problems) = MessageRules.checked(context.form[MessageRules.textField] ?? "", files: files.count)
        var given: [GivenFile] = []
        for file in files where problems.isEmpty {
            switch try Uploads.keep(file, context) {
            case .success(let kept): given.append(kept)
            case .failure(let problem): problems.append(problem)
            }
        }
        let sent = TypedText.cleaned(context.form[MessageForm.tokenName] ?? "", keepingLines: false)
        let token = sent.isEmpty || sent.utf8.count > 64 ? Token.text(context.site.random(16)) : sent
        let draft = MessageDraft(
            text: text, isQuestion: context.form[MessageForm.questionName] != nil, files: given, token: token)
        return (draft, problems)
    }
}

extension Uploads {
    /// Looks into a file that came with a message, and keeps it when nothing is wrong with it.
    fileprivate static func keep(_ file: UploadedFile, _ context: Context) throws -> Result<GivenFile, FieldProblem> {
        let viewer = try context.viewer()
        try context.site.limit(
            "upload", "\(viewer.account.value)", context.site.settings.rates.uploads,
            cost: 1 + Double(file.size) / 1_048_576)
        // Sentences name the file: several come by one input.
        let name = TypedText.cleaned(file.filename, keepingLines: false)
        let label = name.isEmpty ? context.texts("thread.file") : String(name.suffix(60))
        let requirement = MessageRules.requirement(label)
        switch try FileCheck(context: context).check(file, requirement) {
        case .failure(let problem): return .failure(problem)
        case .success(let scan):
            let stored =
                try file.path.map { try context.site.vault.keep(contentsOf: $0) }
                ?? context.site.vault.keep(file.readAll(limit: requirement.maxBytes))
            return .success(
                GivenFile(file: stored, scan: scan, filename: filename(file.filename, scan.kind)))
        }
    }
}
