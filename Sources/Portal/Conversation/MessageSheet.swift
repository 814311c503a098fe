import HTTPServer
import Pages
import Permits
import Store

/// Makes the page on which an applicant writes a message.
struct MessageSheet {
    private let application: Application
    private let context: Context
    private let messages: [Message]
    /// Whether anything can be sent.
    let isOpen: Bool

    /// What is shown of what was said before: characters, and messages besides the one that is answered. The page has
    /// to stay light with the longest answer in it; all of it is one link away.
    private static let mostCharacters = 1_500
    private static let mostItems = 3

    init(_ application: Application, _ context: Context) throws {
        self.application = application
        self.context = context
        (messages, isOpen) = try context.store.conversation(
            application.reference, visibleTo: context.viewer(), at: context.now, limit: 20)
        guard application.side(of: try context.viewer()) == .applicant else { throw PermitError.notFound }
    }

    private var reference: String { application.reference.description }

    /// With what is kept; what was typed into the form that is answered comes before that.
    func page(
        _ problems: [FieldProblem] = [], saying sentences: [String: String] = [:], isElsewhere: Bool = false,
        isOtherFiles: Bool = false
    ) throws -> any Page {
        let texts = context.texts
        let unsent = try context.store.unsent(.message, about: application.reference, by: context.viewer())
        let typed = context.form[MessageRules.textField] ?? unsent.text
        guard isOpen else { return closed(typed, unsent.files) }
        let faults = byField(problems).mapValues { texts.problem($0) }.merging(sentences) { $1 }
        return MessagePage(
            reference: reference, kind: application.type.name,
            title: texts(application.turn.askedAt == nil ? "thread.text" : "thread.reply"), items: try items(),
            threadPath: messages.isEmpty ? nil : threadPath, action: Link.messages(reference).path,
            uploadPath: Link.messageUpload(reference, "").path, backPath: Link.application(reference).path,
            token: Token.text(context.site.random(16)),
            typing: TypingModel(
                path: Link.messageTyping(reference).path, version: unsent.version,
                page: Token.text(context.site.random(12))),
            text: FieldModel(
                .textarea(rows: 6), name: MessageRules.textField, label: texts("thread.message"), value: typed,
                hint: texts("thread.text.hint"), error: faults[MessageRules.textField],
                maxLength: MessageRules.maximumLength),
            uploads: MessageRules.places.enumerated().map { index, place in
                var upload = FileFieldModel(
                    MessageRules.requirement(texts("thread.file.number", ["number": "\(index + 1)"]), at: place),
                    file: unsent.files.first { $0.place == place }.map {
                        FileModel($0, of: reference, texts: texts)
                    }, texts: texts)
                upload.hint = nil
                upload.error = faults[place]
                return upload
            }, note: UnsentFiles.note("thread.keep", context), isElsewhere: isElsewhere, isOtherFiles: isOtherFiles)
    }

    func elsewhere() throws -> Reply { .page(try page(isElsewhere: true), status: 409) }

    /// Whoever writes too much at once is told to wait, with all of it before them.
    func answerTooMany(_ answer: () throws -> Reply) throws -> Reply {
        do {
            return try answer()
        } catch let tooMany as TooManyTries {
            let sentence = context.texts.tooManyTries(seconds: tooMany.seconds)
            let page = try page(saying: [MessageRules.textField: sentence])
            return .tooSoon(seconds: tooMany.seconds, .page(page, status: 429))
        }
    }

    private var threadPath: String { "\(Link.application(reference).path)#percakapan" }

    private func closed(_ typed: String, _ files: [UnsentFile]) -> MessageClosed {
        let text = typed.isEmpty ? nil : typed
        return MessageClosed(
            reference: reference, kind: application.type.name,
            note: context.texts("thread.closed", ["days": "\(MessageRules.openDays)"]), text: text,
            files: files.map { FileModel($0, of: reference, texts: context.texts) },
            action: text == nil && files.isEmpty ? nil : Link.messages(reference).path,
            backPath: Link.application(reference).path)
    }

    /// The question that waits and what came after it, or else what was said last.
    private func items() throws -> [MessageItem] {
        let viewer = try context.viewer()
        let question = application.turn.askedAt == nil ? nil : messages.lastIndex { $0.isQuestion }
        var room = Self.mostCharacters
        var shown: [Message] = []
        for (index, message) in messages.enumerated().reversed() {
            guard question.map({ index > $0 }) ?? true, shown.count < Self.mostItems else { break }
            room -= message.text.count
            guard room >= 0 || (shown.isEmpty && question == nil) else { break }
            shown.insert(message, at: 0)
        }
        if let question { shown.insert(messages[question], at: 0) }
        return shown.map { message in
            var item = MessageItem(message, of: reference, readBy: viewer, on: .applicant, texts: context.texts)
            if item.text.count > Self.mostCharacters { item.text = "\(item.text.prefix(Self.mostCharacters))…" }
            return item
        }
    }
}
