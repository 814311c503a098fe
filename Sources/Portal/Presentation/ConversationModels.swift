import HTTPServer
import Pages
import Permits
import Store

extension ConversationModel {
    /// The conversation as this viewer sees it; nil where there is none and none can begin.
    /// - Parameter faults: Sentences by name of input, after something was wrong with what an officer sent.
    init?(about application: Application, faults: [String: String] = [:], _ context: Context) throws {
        let viewer = try context.viewer()
        let texts = context.texts
        guard application.submittedAt != nil, let side = application.side(of: viewer) else { return nil }
        let (messages, isOpen) = try context.store.conversation(
            application.reference, visibleTo: viewer, at: context.now)
        let isWaiting =
            try side == .applicant
            && !context.store.unsent(.message, about: application.reference, by: viewer).isEmpty
        guard isOpen || isWaiting || !messages.isEmpty else { return nil }
        let reference = application.reference.description
        let isUnanswered = side == .office && application.turn.unansweredAt != nil
        // Officers read it as a whole, at a desk.
        let part = ListPart(messages.reversed(), asked: context.request.head.query["pesan"]) {
            $0.text.count + 150 * $0.files.count
        }
        let shown = side == .applicant ? part.items.reversed() : messages
        self.init(
            items: shown.map { MessageItem($0, of: reference, readBy: viewer, on: side, texts: texts) },
            tag: TagModel(application.turn, readBy: side, texts: texts),
            note: isOpen
                ? texts("thread.note.\(side.rawValue)")
                : texts("thread.closed", ["days": "\(MessageRules.openDays)"]),
            form: isOpen && side == .office
                ? MessageForm(of: reference, isOpen: !messages.isEmpty, faults: faults, context) : nil,
            writing: side == .applicant && (isOpen || isWaiting)
                ? WritingLink(to: application, isOpen: isOpen, isWaiting: isWaiting, texts: texts) : nil,
            seenAction: isUnanswered ? Link.messagesSeen(reference).path : nil)
        guard side == .applicant else { return }
        others = part.others(texts("thread.others")) { "\(Link.messagesPart(reference, $0).path)#percakapan" }
    }

    /// What is wrong with what was sent, each linked to its place.
    var problems: [ProblemItem] {
        guard let form else { return [] }
        return ProblemSummary(fields: [form.text], files: [form.upload])?.items ?? []
    }
}

extension WritingLink {
    fileprivate init(to application: Application, isOpen: Bool, isWaiting: Bool, texts: Texts) {
        let isAsked = isOpen && application.turn.askedAt != nil
        let label = isOpen ? texts(isAsked ? "thread.answer" : "thread.text") : texts("thread.open")
        self.init(
            path: Link.messages(application.reference.description).path, label: label, isAsked: isAsked,
            isWaiting: isWaiting)
    }
}

extension MessageForm {
    fileprivate init(of reference: String, isOpen: Bool, faults: [String: String], _ context: Context) {
        let texts = context.texts
        let requirement = MessageRules.requirement(texts("thread.file"))
        var upload = FileFieldModel(requirement, texts: texts)
        upload.hint = texts("thread.file.hint", ["max": "\(MessageRules.maximumFiles)"])
        upload.error = faults[MessageRules.fileField]
        let action = Link.staffMessages(reference)
        let sent = context.request.head.path == action.path
        self.init(
            action: action.path, token: Token.text(context.site.random(16)),
            text: FieldModel(
                .textarea(rows: 4), name: MessageRules.textField, label: texts("thread.text"),
                value: sent ? context.form[MessageRules.textField] ?? "" : "", hint: texts("thread.text.hint"),
                error: faults[MessageRules.textField], maxLength: MessageRules.maximumLength),
            upload: upload,
            question: FieldModel(
                .checkbox, name: Self.questionName, label: texts("thread.question"),
                value: sent ? context.form[Self.questionName] ?? "" : "", isRequired: false),
            isOpen: isOpen || sent)
    }
}

extension MessageItem {
    init(_ message: Message, of reference: String, readBy viewer: Viewer, on side: Side, texts: Texts) {
        let name =
            message.side == .office
            ? "\(message.authorName), \(texts(message.authorRole.textKey))" : message.authorName
        self.init(
            who: message.author == viewer.account ? texts("thread.you") : name,
            when: texts.formats.shortDateTime(message.at), machineWhen: Formats.machine(message.at),
            text: !message.isErased
                ? message.text : texts(message.isAuthorGone ? "thread.erased" : "thread.erasedWithApplicant"),
            files: message.files.map { file in
                let link =
                    side == .applicant
                    ? Link.messageFile(reference, "\(file.id)") : .staffMessageFile(reference, "\(file.id)")
                return FileModel(
                    name: file.filename, size: texts.formats.fileSize(file.size), path: link.path)
            }, isQuestion: message.isQuestion, isOwn: message.side == side)
    }
}
