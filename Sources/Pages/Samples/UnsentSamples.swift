extension MessagePage {
    public static var samples: [MessagePage] {
        let reference = "BR7K-2QMX"
        func upload(_ number: Int, file: FileModel? = nil, error: String? = nil) -> FileFieldModel {
            FileFieldModel(
                name: "lampiran-\(number)", label: "Lampiran \(number)", kinds: "PDF, JPEG, atau PNG", limit: "10 MB",
                maxBytes: 10 << 20, accept: ".pdf,.jpg,.png", isRequired: false, error: error, file: file)
        }
        func text(_ value: String, error: String? = nil) -> FieldModel {
            FieldModel(
                .textarea(rows: 6), name: "pesan", label: "Pesan", value: value, hint: "Jangan tulis kata sandi.",
                error: error, maxLength: 4000)
        }
        func page(
            _ title: String, _ text: FieldModel, _ uploads: [FileFieldModel], isElsewhere: Bool = false,
            isOtherFiles: Bool = false
        ) -> MessagePage {
            MessagePage(
                reference: reference, kind: "Surat Keterangan Riset", title: title,
                items: ConversationModel.sample(isOffice: false).items,
                threadPath: Link.application(reference).path + "#percakapan", action: Link.messages(reference).path,
                uploadPath: Link.messageUpload(reference, "").path, backPath: Link.application(reference).path,
                token: "k7m2", typing: .sample, text: text, uploads: uploads,
                note: "Hanya Anda yang melihatnya sebelum dikirim.", isElsewhere: isElsewhere,
                isOtherFiles: isOtherFiles)
        }
        var first = page("Tulis pesan", text(""), [upload(1), upload(2), upload(3)])
        first.items = []
        first.threadPath = nil
        return [
            first,
            page(
                "Jawab petugas", text("Awal Desember."),
                [upload(1, file: .unsentLetter), upload(2, file: .card), upload(3)]),
            page(
                "Jawab petugas", text("", error: "Tulis pesannya."),
                [upload(1, file: .unsentLetter), upload(2, error: "denah.heic: foto HEIC tidak diterima."), upload(3)]),
            page("Tulis pesan", text("Lain lagi."), [upload(1), upload(2), upload(3)], isElsewhere: true),
            page("Tulis pesan", text("Lain lagi."), [upload(1), upload(2), upload(3)], isOtherFiles: true),
        ]
    }
}

extension FileModel {
    static let unsentLetter = FileModel(
        name: "jadwal.pdf", size: "120 KB", path: Link.unsentFile("BR7K-2QMX", "3").path, pages: "2 halaman",
        removal: "3-9f2c", mark: "3-9f2c")
}

extension MessageClosed {
    public static var samples: [MessageClosed] {
        let closed = MessageClosed(
            reference: "BR7K-2QMX", kind: "Surat Keterangan Riset",
            note: "Percakapan ditutup 30 hari setelah keputusan.", backPath: Link.application("BR7K-2QMX").path)
        var written = closed
        written.text = "Awal Desember.\nJadwalnya terlampir."
        written.files = [.unsentLetter]
        written.action = Link.messages("BR7K-2QMX").path
        return [closed, written]
    }
}

extension ReportPage {
    public static var samples: [ReportPage] {
        func page(
            _ tag: TagModel, reason: String? = nil, returned: FileModel? = nil, file: FileModel? = nil,
            error: String? = nil, isOtherFile: Bool = false
        ) -> ReportPage {
            ReportPage(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", label: "Laporan hasil penelitian", tag: tag,
                sentence: "Unggah paling lambat Rabu, 21 Juli 2027.", reason: reason, returned: returned,
                action: Link.reportForm("BR7K-2QMX").path, uploadPath: Link.reportUpload("BR7K-2QMX", "").path,
                backPath: Link.application("BR7K-2QMX").path,
                upload: FileFieldModel(
                    name: "laporan", label: "Laporan hasil penelitian", hint: "Salinan digital.", kinds: "PDF",
                    limit: "20 MB", maxBytes: 20 << 20, accept: ".pdf,application/pdf", isRequired: true, error: error,
                    file: file),
                note: "Hanya Anda yang melihatnya sebelum diserahkan.", isOtherFile: isOtherFile)
        }
        let open = TagModel(label: "Belum diserahkan", tone: .neutral)
        return [
            page(open), page(open, file: .unsentLetter),
            page(
                TagModel(label: "Perlu diperbaiki", tone: .warn), reason: "Bab hasil belum ada.", returned: .card,
                error: "Unggah laporan hasil penelitian."),
            page(open, file: .unsentLetter, isOtherFile: true),
        ]
    }
}
