/// Samples of issued letters: checked by anybody, looked after by their holder and by the office.
private let checked = "Sabtu, 21 November 2026 pukul 07.40 WIB"
private let sampleNumber = "000.9/0001/BRIDA/2026"

private let letterRows = [
    SummaryRow(label: "Nomor", value: sampleNumber), SummaryRow(label: "Jenis surat", value: "Surat Keterangan Riset"),
    SummaryRow(label: "Nama", value: "S*** A***** L****"),
    SummaryRow(label: "Perguruan tinggi", value: "Universitas Sumatera Utara"),
    SummaryRow(
        label: "Judul", value: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia"),
    SummaryRow(label: "Terbit", value: "21 November 2026"), SummaryRow(label: "Berlaku sampai", value: "21 Mei 2027"),
    SummaryRow(label: "Kantor", value: "Badan Riset dan Inovasi Daerah Kota Medan"),
    SummaryRow(label: "Ditandatangani oleh", value: "Dr. Ratna Dewi Harahap, M.Si.\nKepala Badan"),
]

extension FileCheckForm {
    static func sample(error: String? = nil) -> FileCheckForm {
        FileCheckForm(
            action: Link.fileCheck.path,
            upload: FileFieldModel(
                name: FileCheckForm.fileName, label: "Berkas surat", hint: "Yang Anda terima.", kinds: "PDF",
                limit: "10 MB", maxBytes: 10 << 20, accept: ".pdf,application/pdf", isRequired: true, error: error))
    }
}

extension Verification {
    public static var samples: [Verification] {
        func page(_ tone: Tone, _ heading: String, _ explanation: String) -> Verification {
            Verification(
                verdict: VerdictPanel(tone: tone, heading: heading, explanation: explanation, checkedAt: checked),
                isKnown: true, rows: letterRows, checkFile: .sample())
        }
        var valid = page(.good, "Surat ini asli dan berlaku", "Surat ini diterbitkan oleh kantor kami.")
        valid.predecessor = LetterPointer(
            text: "Surat ini memperpanjang surat", number: "000.9/0007/BRIDA/2025",
            path: Link.verification("a1b2").path)
        let expired = page(.warn, "Surat ini asli, tetapi sudah tidak berlaku", "Masa berlakunya sudah habis.")
        var replaced = page(.warn, "Surat ini sudah diganti", "Pakailah surat penggantinya.")
        replaced.successor = LetterPointer(
            text: "Surat penggantinya:", number: "000.9/0012/BRIDA/2026", path: Link.verification("c3d4").path)
        let revoked = Verification(
            verdict: VerdictPanel(
                tone: .bad, heading: "Surat ini sudah dicabut", explanation: "Tidak boleh dipakai lagi.",
                checkedAt: checked), isKnown: true,
            ending: [
                SummaryRow(label: "Dicabut pada", value: "2 Desember 2026"),
                SummaryRow(label: "Sebab", value: "Ketentuan surat tidak ditaati"),
            ], rows: Array(letterRows.prefix(2)),
            revocation: LetterPointer(
                text: "Dicabut dengan surat", number: "000.9/0014/BRIDA/2026", path: Link.verification("e5f6").path),
            sealNote: "Kunci yang menyegel kode QR surat ini dicabut pada 2 Desember 2026.", checkFile: .sample())
        let unknown = Verification(
            verdict: VerdictPanel(
                tone: .bad, heading: "Surat tidak ditemukan", explanation: "Alamat ini tidak cocok.",
                checkedAt: checked), isKnown: false, rows: [], checkFile: .sample())
        return [valid, expired, replaced, revoked, unknown]
    }
}

extension VerificationStart {
    public static var samples: [VerificationStart] {
        let address = FieldModel(.line, name: VerificationStart.addressName, label: "Alamat di bawah kode QR")
        var wrong = address
        wrong.error = "Tempelkan seluruh alamat."
        func result(_ tone: Tone, _ heading: String, rows: [SummaryRow] = [], path: String? = nil) -> FileResult {
            FileResult(
                verdict: VerdictPanel(tone: tone, heading: heading, explanation: "Keterangannya.", checkedAt: checked),
                rows: rows, letterPath: path)
        }
        func start(_ result: FileResult?, _ address: FieldModel, _ form: FileCheckForm) -> VerificationStart {
            VerificationStart(
                result: result, searchAction: Link.verificationSearch.path, address: address, checkFile: form,
                problems: ProblemSummary(fields: [address], files: [form.upload]))
        }
        return [
            start(nil, address, .sample()), start(nil, wrong, .sample()),
            start(nil, address, .sample(error: "Pilih berkas yang akan diperiksa.")),
            start(
                result(
                    .good, "Berkas ini surat asli dari kami", rows: letterRows, path: Link.verification("f3q9").path),
                address, .sample()),
            start(result(.bad, "Berkas ini sudah diubah"), address, .sample()),
        ]
    }
}

extension FollowNote {
    static let sample = FollowNote(
        text: "Permohonan ini untuk mengganti surat \(sampleNumber).", reason: "Nama lembaga keliru.",
        verificationPath: Link.verification("f3q9").path)
}

extension DutyNote {
    static let openSample = DutyNote(
        label: "Laporan hasil penelitian", tag: TagModel(label: "Belum diserahkan", tone: .neutral),
        sentence: "Unggah laporan paling lambat Rabu, 21 Juli 2027.", path: Link.reportForm("BR7K-2QMX").path)

    static let returnedSample = DutyNote(
        label: "Laporan hasil penelitian", tag: TagModel(label: "Perlu diperbaiki", tone: .warn),
        sentence: "Petugas meminta Anda mengunggah laporan yang sudah diperbaiki.", reason: "Bab hasil belum ada.",
        file: .card, path: Link.reportForm("BR7K-2QMX").path, isWaiting: true)
}

extension ExtensionForm {
    public static var samples: [ExtensionForm] {
        let fields = [
            FieldModel(.digits, name: "lama", label: "Lama", suffix: "bulan"),
            FieldModel(
                .textarea(rows: 3), name: ExtensionForm.reasonName, label: "Alasan", error: "Lengkapi alasan."),
        ]
        return [
            ExtensionForm(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", number: sampleNumber, until: "21 Mei 2027",
                fields: fields, action: Link.extending("BR7K-2QMX").path, backPath: Link.application("BR7K-2QMX").path,
                problems: ProblemSummary(fields: fields))
        ]
    }
}

extension StaffLetter {
    public static var samples: [StaffLetter] {
        let reason = FieldModel(.textarea(rows: 3), name: "alasan", label: "Alasan", error: "Lengkapi alasan.")
        var ground = FieldModel(
            .select, name: "sebab", label: "Sebab pencabutan",
            options: [("untrueData", "Data tidak benar"), ("other", "Sebab lain")])
        ground.id = "f-revoke-sebab"
        let revoke = LetterAction(
            heading: "Cabut surat", explanation: "Surat tidak berlaku lagi sejak saat ini.",
            action: Link.revocation("BR7K-2QMX").path, letter: "7", fields: [ground, reason], button: "Cabut surat ini",
            isDangerous: true)
        let replace = LetterAction(
            heading: "Ganti surat", explanation: "Permohonan dibuka lagi.", action: Link.replacement("BR7K-2QMX").path,
            letter: "7", fields: [], button: "Mulai penggantian", isDangerous: false)
        let decision = ReportDecision(
            action: Link.reportDecision("BR7K-2QMX").path, report: "3",
            reason: FieldModel(.textarea(rows: 3), name: "alasan", label: "Alasan", isRequired: false))
        let full = StaffLetter(
            reference: "BR7K-2QMX", kind: "Surat Keterangan Riset",
            summary: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
            tag: TagModel(label: "Berlaku", tone: .good), rows: letterRows,
            downloadPath: Link.staffLetterFile("BR7K-2QMX").path, verificationPath: Link.verification("f3q9").path,
            history: [
                LetterHistoryRow(
                    number: sampleNumber, issued: "21 November 2026", tag: TagModel(label: "Berlaku", tone: .good),
                    note: "", filePath: Link.staffLetterOf("BR7K-2QMX", "8").path),
                LetterHistoryRow(
                    number: "000.9/0000/BRIDA/2026", issued: "20 November 2026",
                    tag: TagModel(label: "Batal", tone: .bad), note: "Nama lembaga keliru.",
                    filePath: Link.staffLetterOf("BR7K-2QMX", "7").path),
            ],
            report: ReportPanel(
                label: "Laporan hasil penelitian", tag: TagModel(label: "Menunggu pemeriksaan", tone: .info),
                sentence: "Diserahkan 2 Juni 2027.", file: .letter, decision: decision), actions: [revoke, replace],
            backPath: Link.staffApplication("BR7K-2QMX").path, problems: ProblemSummary(fields: [reason]))
        var ended = full
        ended.tag = TagModel(label: "Dicabut", tone: .bad)
        ended.report = nil
        ended.actions = []
        ended.problems = nil
        return [full, ended]
    }
}

extension Register {
    public static var samples: [Register] {
        let row = RegisterRow(
            number: "1", numberText: sampleNumber, path: Link.staffLetter("BR7K-2QMX").path,
            filePath: Link.staffLetterOf("BR7K-2QMX", "8").path, date: "21/11/2026",
            holder: "Siti Aminah Lubis", kind: "Surat Keterangan Riset",
            subject: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
            signatory: "Dr. Ratna Dewi Harahap, M.Si.", tag: TagModel(label: "Berlaku", tone: .good), note: "")
        var void = row
        void.number = "2"
        void.numberText = "000.9/0002/BRIDA/2026"
        void.tag = TagModel(label: "Batal", tone: .bad)
        void.note = "Nama lembaga keliru."
        return [
            Register(
                office: "Badan Riset dan Inovasi Daerah Kota Medan", heading: "BRIDA Kota Medan, tahun 2026",
                parts: [
                    QueueTab(
                        label: "BRIDA Kota Medan, tahun 2026", count: "2",
                        path: Link.registerPage("brida", 2026, 1).path, isCurrent: true
                    )
                ], rows: [row, void],
                pager: Pager(
                    number: 2, previousPath: Link.registerPage("brida", 2026, 1).path,
                    nextPath: Link.registerPage("brida", 2026, 3).path)),
            Register(office: "Badan Riset dan Inovasi Daerah Kota Medan", heading: "2026", parts: [], rows: []),
        ]
    }
}

extension Reports {
    public static var samples: [Reports] {
        let row = ReportRow(
            number: sampleNumber, path: Link.staffLetter("BR7K-2QMX").path, holder: "Siti Aminah Lubis",
            kind: "Surat Keterangan Riset", subject: "Pengaruh Pelayanan Digital", due: "21/07/2027",
            given: "02/06/2027", tag: TagModel(label: "Menunggu pemeriksaan", tone: .info))
        var late = row
        late.given = nil
        late.tag = TagModel(label: "Terlambat", tone: .warn)
        let tabs = [
            QueueTab(label: "Perlu diperiksa", count: "2", path: Link.reportsPage("diterima", 1).path, isCurrent: true)
        ]
        return [
            Reports(
                heading: "Perlu diperiksa", tabs: tabs, rows: [row, late],
                pager: Pager(
                    number: 2, previousPath: Link.reportsPage("diterima", 1).path,
                    nextPath: Link.reportsPage("diterima", 3).path)),
            Reports(heading: "Terlambat", tabs: tabs, rows: []),
        ]
    }
}

extension LetterNewsMail {
    public static var samples: [LetterNewsMail] {
        [
            LetterNewsMail(
                siteName: "Suratizin Kota Medan", name: "Siti Aminah Lubis", subject: "Surat \(sampleNumber) dicabut",
                text: "Surat Anda dicabut dan tidak boleh dipakai lagi.", reference: "BR7K-2QMX",
                kind: "Surat Keterangan Riset", number: sampleNumber,
                link: "https://suratizin.example\(Link.application("BR7K-2QMX").path)",
                advice: "Tidak ingin menerima kabar ini? Ubah pilihan Anda di menu Pemberitahuan.")
        ]
    }
}

extension LetterReading {
    public static var samples: [LetterReading] {
        let sheet = Signing.samples.map(\.sheet)[0]
        func page(_ password: FieldModel?, blockers: [String] = []) -> LetterReading {
            LetterReading(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Penelitian", heading: "Baca surat pencabutan",
                lead: "Surat ini akan ditandatangani.", isChanged: password?.error != nil, sheet: sheet,
                blockers: blockers, held: [HeldField(name: "alasan", value: "Lokasi di luar Kota Medan.")],
                digest: "0f3a", password: password, action: Link.revocation("BR7K-2QMX").path,
                button: "Tanda tangani dan cabut", after: "Nomor diambil sekarang.",
                backPath: Link.staffLetter("BR7K-2QMX").path)
        }
        let password = FieldModel(.password, name: AccessField.password.rawValue, label: "Kata sandi Anda")
        var wrong = password
        wrong.error = "Kata sandi tidak cocok."
        return [page(password), page(wrong), page(nil), page(nil, blockers: ["Kunci belum disiapkan."])]
    }
}
