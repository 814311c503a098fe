public import Mustache

/// What applicant and office wrote to each other, and the box for the next message or the way to it.
public struct ConversationModel: MustacheParent, Sendable {
    /// Oldest first.
    public var items: [MessageItem]
    /// Where the other messages are, when these are not all.
    public var others: ListParts?
    /// Whose answer is waited for, in two or three words; nil while none is.
    public var tag: TagModel?
    /// Who reads along, or why nothing can be written any more.
    public var note: String
    /// An officer writes in place.
    public var form: MessageForm?
    /// An applicant writes on a page of its own.
    public var writing: WritingLink?
    /// Where an officer says that no answer is needed; nil when there is nothing to say it of.
    public var seenAction: String?

    public init(
        items: [MessageItem], tag: TagModel? = nil, note: String, form: MessageForm? = nil,
        writing: WritingLink? = nil, seenAction: String? = nil
    ) {
        self.items = items
        self.tag = tag
        self.note = note
        self.form = form
        self.writing = writing
        self.seenAction = seenAction
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "items": items
        case "others": others as Any
        case "hasItems": !items.isEmpty
        case "tag": tag as Any
        case "note": note
        case "form": form as Any
        case "writing": writing as Any
        case "seenAction": seenAction as Any
        default: nil
        }
    }
}

public struct MessageItem: MustacheParent, Sendable {
    /// Name and role, or `Anda`.
    public var who: String
    public var when: String
    /// ISO 8601 for the `datetime` attribute.
    public var machineWhen: String
    /// Lines are kept.
    public var text: String
    public var files: [FileModel]
    public var isQuestion: Bool
    /// Written by the reader's side.
    public var isOwn: Bool

    public init(
        who: String, when: String, machineWhen: String, text: String, files: [FileModel] = [],
        isQuestion: Bool = false, isOwn: Bool
    ) {
        self.who = who
        self.when = when
        self.machineWhen = machineWhen
        self.text = text
        self.files = files
        self.isQuestion = isQuestion
        self.isOwn = isOwn
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "who": who
        case "when": when
        case "machineWhen": machineWhen
        case "text": text
        case "files": files
        case "hasFiles": !files.isEmpty
        case "isQuestion": isQuestion
        case "isOwn": isOwn
        default: nil
        }
    }
}

public struct MessageForm: MustacheParent, Sendable {
    public var action: String
    /// The same form sent twice is one message.
    public var token: String
    public var text: FieldModel
    /// Several files in one input.
    public var upload: FileFieldModel
    /// Whether the office waits for an answer.
    public var question: FieldModel
    /// Whether its box stands open: where there is something to answer, or to mend.
    public var isOpen: Bool

    /// Name of the officer's checkbox.
    public static let questionName = "tanya"
    public static let tokenName = "kunci"

    public init(
        action: String, token: String, text: FieldModel, upload: FileFieldModel, question: FieldModel,
        isOpen: Bool
    ) {
        self.action = action
        self.token = token
        self.text = text
        self.upload = upload
        self.question = question
        self.isOpen = isOpen
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "token": token
        case "text": text
        case "upload": upload
        case "question": question
        case "isOpen": isOpen
        default: nil
        }
    }
}

extension ConversationModel {
    static func sample(isOffice: Bool, error: String? = nil) -> ConversationModel {
        let reference = "BR7K-2QMX"
        let upload = FileFieldModel(
            name: "lampiran", label: "Lampiran", hint: "Paling banyak 3 berkas.", kinds: "PDF, JPEG, atau PNG",
            limit: "10 MB", maxBytes: 10 << 20, accept: ".pdf,.jpg,.png", isRequired: false, error: error)
        let form = MessageForm(
            action: Link.staffMessages(reference).path, token: "k7m2",
            text: FieldModel(
                .textarea(rows: 4), name: "pesan", label: "Tulis pesan", hint: "Jangan tulis kata sandi.",
                error: error, maxLength: 4000),
            upload: upload,
            question: FieldModel(
                .checkbox, name: MessageForm.questionName, label: "Minta jawaban", isRequired: false),
            isOpen: error != nil)
        let writing = WritingLink(path: Link.messages(reference).path, label: "Jawab", isAsked: true, isWaiting: true)
        let file = FileModel(name: "jadwal.pdf", size: "120 KB", path: Link.messageFile(reference, "3").path)
        var conversation = ConversationModel(
            items: [
                MessageItem(
                    who: "Budi Hartono, Petugas pemeriksa", when: "20 November 2026 pukul 10.05",
                    machineWhen: "2026-11-20T10:05+07:00", text: "Kapan penelitian dimulai?", isQuestion: true,
                    isOwn: isOffice),
                MessageItem(
                    who: "Siti Aminah Lubis", when: "20 November 2026 pukul 11.40",
                    machineWhen: "2026-11-20T11:40+07:00", text: "Awal Desember.\nJadwalnya terlampir.",
                    files: [file], isOwn: !isOffice),
            ], tag: TagModel(label: "Menunggu jawaban kantor", tone: .warn),
            note: "Dibaca petugas kantor ini dan pemohon.", form: isOffice ? form : nil,
            writing: isOffice ? nil : writing,
            seenAction: isOffice ? Link.messagesSeen(reference).path : nil)
        conversation.others = ListParts(
            label: "Bagian lain dari percakapan", olderPath: Link.messagesPart(reference, 2).path)
        return conversation
    }
}
