extension TimelineItem {
    static let samples = [
        TimelineItem(
            text: "Dikembalikan untuk diperbaiki", when: "Jumat, 20 November 2026 pukul 10.05 WIB",
            machineWhen: "2026-11-20T10:05:00+07:00", who: "Budi Siregar",
            note: "Judul belum sama dengan proposal.\nFoto KTP kurang jelas.", isLatest: true),
        TimelineItem(
            text: "Petugas mulai memeriksa", when: "Kamis, 19 November 2026 pukul 14.20 WIB",
            machineWhen: "2026-11-19T14:20:00+07:00", who: "Budi Siregar", note: nil),
        TimelineItem(
            text: "Permohonan diterima kantor", when: "Kamis, 19 November 2026 pukul 09.31 WIB",
            machineWhen: "2026-11-19T09:31:00+07:00", who: nil, note: nil),
    ]
}

extension FormProgress {
    static func sample(_ current: Int) -> FormProgress {
        let labels = ["Data pemohon", "Penelitian", "Lokasi dan waktu", "Berkas", "Periksa"]
        return FormProgress(
            current: current, total: labels.count,
            steps: labels.enumerated().map { index, label in
                ProgressStep(
                    label: label, path: index < current ? Link.section("BR7K-2QMX", "\(index + 1)").path : nil,
                    isDone: index < current - 1, isCurrent: index == current - 1)
            })
    }
}

extension SummarySection {
    static func samples(change: Bool) -> [SummarySection] {
        let path = change ? Link.section("BR7K-2QMX", "pemohon").path : nil
        return [
            SummarySection(
                title: "Data pemohon",
                rows: [
                    SummaryRow(label: "Nama", value: "Siti Aminah Lubis", changePath: path),
                    SummaryRow(label: "NIM", value: "210501042", changePath: path),
                    SummaryRow(label: "Perguruan tinggi", value: "Universitas Sumatera Utara", changePath: path),
                ]),
            SummarySection(
                title: "Penelitian",
                rows: [
                    SummaryRow(
                        label: "Judul",
                        value: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
                        changePath: path),
                    SummaryRow(label: "Lokasi", value: "Kantor Camat Medan Helvetia\nDinas Sosial", changePath: path),
                    SummaryRow(label: "Lamanya", value: "", changePath: path),
                ]),
        ]
    }
}

extension FileModel {
    static let letter = FileModel(
        name: "surat-pengantar.pdf", size: "812 KB", path: Link.attachment("BR7K-2QMX", "11").path, pages: "2 halaman",
        removal: "11")
    static let card = FileModel(
        name: "IMG_20261118_091502.jpg", size: "2,3 MB", path: Link.attachment("BR7K-2QMX", "12").path,
        picture: Link.attachment("BR7K-2QMX", "12").path)
}

extension PaperRow {
    static func samples(change: Bool) -> [PaperRow] {
        let path = change ? Link.attachments("BR7K-2QMX").path : nil
        return [
            PaperRow(label: "Surat pengantar kampus", file: .letter, isRequired: true, changePath: path),
            PaperRow(label: "KTP", file: .card, isRequired: true, changePath: path),
            PaperRow(label: "Proposal penelitian", file: nil, isRequired: true, changePath: path),
            PaperRow(label: "Pasfoto", file: nil, isRequired: false, changePath: path),
        ]
    }
}

extension LetterLink {
    static let sample = LetterLink(
        tone: .good, heading: "Surat sudah terbit", number: "000.9/0001/BRIDA/2026", issued: "21 November 2026",
        validUntil: "21 Mei 2027", size: "86 KB", path: Link.letterFile("BR7K-2QMX").path,
        verificationPath: Link.verification("f3q9").path)

    /// Taken back, as its holder sees it.
    static var revokedSample: LetterLink {
        var link = sample
        link.tone = .bad
        link.heading = "Surat ini dicabut"
        link.explanation = "Jangan dipakai lagi. Dicabut pada 2 Desember 2026."
        link.reason = "Penelitian dilakukan di luar lokasi yang disebut dalam surat."
        return link
    }

    static var extendableSample: LetterLink {
        var link = sample
        link.offer = ExtensionOffer(
            text: "Perlu waktu lebih lama?", path: Link.extending("BR7K-2QMX").path, label: "Ajukan perpanjangan")
        return link
    }

    /// As the office sees it.
    static var managedSample: LetterLink {
        var link = sample
        link.managePath = Link.staffLetter("BR7K-2QMX").path
        return link
    }
}

extension Applications {
    public static var samples: [Applications] {
        func item(_ state: String, _ tone: Tone, _ next: String, needsAction: Bool) -> ApplicationItem {
            ApplicationItem(
                reference: "BR7K-2QMX", path: Link.application("BR7K-2QMX").path, kind: "Surat Keterangan Riset",
                summary: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
                tag: TagModel(label: state, tone: tone), next: next, changed: "20 November 2026",
                needsAction: needsAction, filed: state == "Draf" ? "Atas nama Yayasan Riset Deli, diajukan Bayu" : nil,
                turn: TagModel(label: "Menunggu jawaban Anda", tone: .warn),
                deletion: state == "Draf" ? "Akan dihapus 20 Desember 2026." : nil)
        }
        return [
            Applications(
                items: [
                    item("Perlu Perbaikan", .warn, "Perbaiki bagian yang diminta petugas.", needsAction: true),
                    item(
                        "Diajukan", .info, "Petugas sedang memeriksa. Anda tidak perlu berbuat apa-apa.",
                        needsAction: false
                    ),
                    item("Terbit", .good, "Surat siap diunduh.", needsAction: false),
                    item("Draf", .neutral, "Lanjutkan mengisi, lalu kirim.", needsAction: true),
                ],
                pager: Pager(
                    number: 2, previousPath: Link.applicationsPage(1).path, nextPath: Link.applicationsPage(3).path)),
            Applications(items: []),
        ]
    }
}

extension AccountDetails {
    public static var samples: [AccountDetails] {
        let rows = [
            SummaryRow(label: "Nama", value: "Siti Aminah Lubis"),
            SummaryRow(label: "Alamat surel", value: "siti.aminah@gmail.com"),
            SummaryRow(label: "Nomor ponsel", value: "0812 3456 7890"),
            SummaryRow(label: "NIK", value: "1271••••••••0003"),
        ]
        return [
            AccountDetails(
                rows: rows, tag: TagModel(label: "Menunggu aktivasi", tone: .warn), isPending: true,
                maskedMail: "si***@gmail.com", newMail: "siti.baru@gmail.com",
                menu: [
                    MenuLink(
                        label: "Kata sandi", text: "Ganti kata sandi akun ini.", path: Link.passwordChange.path)
                ]),
            AccountDetails(
                rows: rows, tag: TagModel(label: "Aktif", tone: .good), isPending: false, maskedMail: "", menu: []),
        ]
    }
}

extension FieldModel {
    /// One of each kind.
    static let samples: [FieldModel] = plain.map { field in
        var field = field
        if field.inputType == "date" { (field.firstDay, field.lastDay) = ("2026-11-21", "2200-12-31") }
        return field
    }

    private static let plain = [
        FieldModel(
            .line, name: "nama", label: "Nama lengkap", value: "Siti Aminah Lubis", autocomplete: "name", maxLength: 120
        ),
        FieldModel(
            .line, name: "kampus", label: "Perguruan tinggi", hint: "Boleh ditulis sendiri kalau tidak ada di daftar.",
            example: "Universitas Sumatera Utara",
            suggestions: ["Universitas Sumatera Utara", "Universitas Negeri Medan"]),
        FieldModel(
            .radios, name: "jenjang", label: "Jenjang", value: "s1",
            options: [("s1", "Sarjana (S1)"), ("s2", "Magister (S2)"), ("s3", "Doktor (S3)")]),
        FieldModel(
            .select, name: "kecamatan", label: "Kecamatan", value: "helvetia",
            options: [("helvetia", "Medan Helvetia"), ("baru", "Medan Baru")]),
        FieldModel(.textarea(rows: 3), name: "judul", label: "Judul penelitian", maxLength: 500),
        FieldModel(.digits, name: "lama", label: "Lamanya", value: "3", suffix: "bulan"),
        FieldModel(.date, name: "mulai", label: "Tanggal mulai", value: "2026-12-01"),
        FieldModel(
            .select, name: "kelurahan", label: "Kelurahan",
            groups: [
                OptionGroup(
                    label: "Medan Kota",
                    options: [OptionModel(id: "", value: "12.71.01.1001", label: "Pasar Baru", isSelected: true)])
            ]),
        FieldModel(
            .checks, name: "cara", label: "Cara", value: "Wawancara",
            options: ["Wawancara", "Kuesioner"].map { ($0, $0) }),
        FieldModel(.dates, name: "waktu", label: "Waktu", value: "2026-12-01\t2026-12-31"),
        FieldModel(.line, name: "catatan", label: "Keterangan lain", isRequired: false),
        FieldModel(.checkbox, name: "kelompok", label: "Penelitian ini dilakukan berkelompok.", isRequired: false),
    ]
}

extension TypingModel {
    static let sample = TypingModel(
        path: Link.typing("BR7K-2QMX", "penelitian").path, version: 3, page: "Zm9ybXVsaXI")
}

extension SectionForm {
    public static var samples: [SectionForm] {
        var faulty = FieldModel.samples
        faulty[1].value = "USU <b>Medan</b>"
        faulty[2].options[0].isSelected = false
        faulty[2].error = "Pilih jenjang."
        faulty[4].error = "Isi judul penelitian."
        faulty[5].value = "tiga"
        faulty[5].error = "Tulis lamanya dengan angka saja, misalnya 3."
        faulty[8].error = "Pilih cara."
        faulty[9].error = "Isi waktu."
        faulty[11].value = "1"
        func form(_ fields: [FieldModel], intro: String?, saved: String?, isElsewhere: Bool) -> SectionForm {
            let uploads = AttachmentsForm.samples[isElsewhere ? 1 : 0].files
            let questions = fields.map { Question($0) } + uploads.map { Question($0) }
            return SectionForm(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", title: "Penelitian", progress: .sample(2),
                questions: questions, action: Link.section("BR7K-2QMX", "penelitian").path,
                uploadPath: Link.upload("BR7K-2QMX", "").path, backPath: Link.section("BR7K-2QMX", "pemohon").path,
                typing: .sample, intro: intro, savedAt: saved, isElsewhere: isElsewhere,
                problems: ProblemSummary(questions))
        }
        return [
            form(
                FieldModel.samples, intro: "Tulis seperti pada proposal Anda.", saved: "hari ini pukul 09.14",
                isElsewhere: false),
            form(faulty, intro: nil, saved: nil, isElsewhere: true),
        ]
    }
}

extension AttachmentsForm {
    public static var samples: [AttachmentsForm] {
        func field(
            _ key: String, _ label: String, file: FileModel? = nil, error: String? = nil, isRequired: Bool = true
        )
            -> FileFieldModel
        {
            FileFieldModel(
                name: "berkas.\(key)", label: label, hint: key == "pengantar" ? "Ditandatangani dekan." : nil,
                explain: key == "pengantar" ? "Minta di bagian akademik." : nil,
                sample: key == "ktp" ? [SampleLine("Keempat sudut tampak"), SampleLine("NIK", language: "id")] : [],
                kinds: "PDF, JPEG, atau PNG",
                limit: "10 MB", maxBytes: 10 * 1024 * 1024, accept: ".pdf,.jpg,.jpeg,.png",
                isRequired: isRequired, error: error, file: file)
        }
        func form(_ files: [FileFieldModel]) -> AttachmentsForm {
            AttachmentsForm(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", progress: .sample(4), files: files,
                action: Link.attachments("BR7K-2QMX").path, uploadPath: Link.upload("BR7K-2QMX", "").path,
                nextPath: Link.check("BR7K-2QMX").path,
                backPath: Link.section("BR7K-2QMX", "lokasi").path,
                problems: ProblemSummary(fields: [], files: files))
        }
        var offered = field("ktp", "KTP")
        offered.offer = ReuseModel(
            text: "KTP.pdf, diunggah 12 Agustus 2026, dapat dipakai sampai 12 Agustus 2027.",
            path: Link.attachment("BRC3-7WKP", "12").path, action: Link.reuse("BR7K-2QMX").path, value: "ktp.12")
        var outdated = field("ktm", "Kartu tanda mahasiswa")
        outdated.offer = ReuseModel(
            text: "KTM.pdf (12 Agustus 2025) sudah terlalu lama. Unggah yang baru.",
            action: Link.reuse("BR7K-2QMX").path, value: "")
        return [
            form([
                field("pengantar", "Surat pengantar kampus", file: .letter), field("proposal", "Proposal penelitian"),
                offered, outdated, field("foto", "Pasfoto", isRequired: false),
            ]),
            form([
                field("pengantar", "Surat pengantar kampus", file: .letter),
                field(
                    "proposal", "Proposal penelitian",
                    error:
                        "Proposal penelitian: ukuran berkas 14,2 MB, paling besar 10 MB. Perkecil berkasnya atau foto ulang, lalu unggah lagi."
                ), field("ktp", "KTP", file: .card),
            ]),
        ]
    }
}

extension Check {
    public static var samples: [Check] {
        func check(missing: [ProblemItem], isPending: Bool, fault: String?, changes: [String]? = nil) -> Check {
            let statement = FieldModel(
                .checkbox, name: Check.statementName,
                label:
                    "Saya menyatakan bahwa isian dan berkas ini benar, dan saya bertanggung jawab atas isinya.",
                error: fault)
            return Check(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", progress: .sample(5), changes: changes,
                sections: SummarySection.samples(change: true), papers: PaperRow.samples(change: true),
                missing: missing, action: Link.submission("BR7K-2QMX").path, content: "q7Zk2mXa9QpLw0sT",
                statement: statement, backPath: Link.attachments("BR7K-2QMX").path, isPending: isPending,
                maskedMail: isPending ? "si***@gmail.com" : "", problems: ProblemSummary(fields: [statement]))
        }
        return [
            check(missing: [], isPending: false, fault: nil),
            check(missing: [], isPending: false, fault: nil, changes: ["Judul penelitian", "Proposal penelitian"]),
            check(missing: [], isPending: false, fault: nil, changes: []),
            check(missing: [], isPending: false, fault: "Centang pernyataan bahwa isian dan berkas Anda benar."),
            check(
                missing: [
                    ProblemItem(text: "Isi lamanya.", target: Link.section("BR7K-2QMX", "penelitian").path),
                    ProblemItem(text: "Unggah proposal penelitian.", target: Link.attachments("BR7K-2QMX").path),
                ], isPending: true, fault: nil),
        ]
    }
}
