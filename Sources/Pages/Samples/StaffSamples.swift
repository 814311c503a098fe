import Permits

extension Queue {
    public static var samples: [Queue] {
        func tabs(_ current: Int) -> [QueueTab] {
            [
                ("Perlu diperiksa", "12", "periksa"), ("Menunggu pemohon", "3", "pemohon"),
                ("Menunggu tanda tangan", "5", "tanda-tangan"), ("Selesai", "1.204", "selesai"),
            ]
            .enumerated().map { index, tab in
                QueueTab(
                    label: tab.0, count: tab.1, path: Link.queueTab(tab.2).path, isCurrent: index == current)
            }
        }
        func row(_ reference: String, _ applicant: String, _ due: String, _ tone: Tone, _ claimed: String?) -> QueueRow
        {
            QueueRow(
                reference: reference, path: Link.staffApplication(reference).path, applicant: applicant,
                kind: "Surat Keterangan Riset",
                summary: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
                submitted: "19/11/2026", due: due, tone: tone, claimedBy: claimed,
                turn: claimed.map { _ in TagModel(label: "Pesan baru", tone: .warn) })
        }
        return [
            Queue(
                tabs: tabs(0), heading: "Perlu diperiksa",
                rows: [
                    row("BR4H-9TQN", "Yohanes Sinaga", "Terlambat 1 hari kerja", .bad, "Budi Siregar"),
                    row("BR7K-2QMX", "Siti Aminah Lubis", "Hari ini", .warn, "Budi Siregar"),
                    row("BRC3-7WKP", "Tengku Farhan", "1 hari kerja lagi", .info, nil),
                    row("BRM8-4DXE", "Universitas Negeri Medan", "3 hari kerja lagi", .neutral, nil),
                ],
                pager: Pager(
                    number: 2, previousPath: "/petugas?tab=periksa&halaman=1",
                    nextPath: "/petugas?tab=periksa&halaman=3")),
            Queue(tabs: tabs(1), heading: "Menunggu pemohon", rows: []),
        ]
    }
}

extension Activations {
    public static var samples: [Activations] {
        [
            Activations(
                rows: [
                    PendingAccount(
                        name: "Yohanes Sinaga", mail: "yohanes.sinaga@students.usu.ac.id", phone: "0813 7000 1234",
                        maskedIdentity: "9971••••••••0002", doubt: "Dua angka pertama NIK (99) bukan kode provinsi.",
                        registered: "20/11/2026 pukul 05.10", left: "Lewat 2 jam", tone: .bad,
                        action: Link.accountActivation("8").path,
                        rejection: Link.rejection("8").path),
                    PendingAccount(
                        name: "Siti Aminah Lubis", mail: "siti.aminah@gmail.com", phone: "0812 3456 7890",
                        maskedIdentity: "1271••••••••0003", registered: "20/11/2026 pukul 12.40", left: "5 jam lagi",
                        tone: .warn, action: Link.accountActivation("7").path,
                        rejection: Link.rejection("7").path),
                ],
                pager: Pager(
                    number: 2, previousPath: Link.activationsPage(1).path, nextPath: Link.activationsPage(3).path)),
            Activations(rows: []),
        ]
    }
}

extension AdminAccounts {
    public static var samples: [AdminAccounts] {
        [
            AdminAccounts(
                rows: [
                    AccountRow(
                        name: "Dewi Sartika", mail: "dewi@pemkomedan.go.id", roles: "Admin", unit: "Semua kantor",
                        tag: TagModel(label: "Aktif", tone: .good)),
                    AccountRow(
                        name: "Dr. Ratna Dewi Harahap, M.Si.", mail: "ratna@pemkomedan.go.id",
                        roles: "Pejabat penanda tangan", unit: "BRIDA", tag: TagModel(label: "Aktif", tone: .good)),
                    AccountRow(
                        name: "Siti Aminah Lubis", mail: "siti.aminah@gmail.com", roles: "Pemohon", unit: "-",
                        tag: TagModel(label: "Menunggu aktivasi", tone: .warn)),
                ], pager: Pager(number: 2, previousPath: Link.accountsPage(1).path, nextPath: Link.accountsPage(3).path)
            )
        ]
    }
}

extension StaffApplication {
    public static var samples: [StaffApplication] {
        let judged = VerdictModel(
            key: "judul", label: "Judul", isReturned: true, reason: "",
            error: "Tulis alasannya supaya pemohon tahu apa yang perlu diperbaiki.")
        let documents = [
            DocumentReview(
                label: "Surat pengantar kampus", file: FileModel.letter, isImage: false, isFramed: true,
                isRequired: true,
                verdict: VerdictModel(key: "berkas.pengantar", label: "Surat pengantar kampus", isAccepted: true)),
            DocumentReview(
                label: "KTP", file: FileModel.card, isImage: true, isFramed: false, isRequired: true,
                verdict: VerdictModel(
                    key: "berkas.ktp", label: "KTP", isReturned: true, reason: "Foto buram, NIK tidak terbaca."),
                mended: MendedModel(
                    reason: "Foto buram.", explanation: "Foto ini sudah yang terbaik.", oldFile: .card,
                    oldIsImage: true), origin: "Dipakai ulang."),
            DocumentReview(label: "Pasfoto", file: nil, isImage: false, isFramed: false, isRequired: false),
        ]
        func sections(_ verdict: VerdictModel?) -> [ReviewSection] {
            [
                ReviewSection(
                    title: "Data pemohon",
                    rows: [
                        ReviewRow(
                            label: "Nama", value: "Siti Aminah Lubis",
                            verdict: verdict.map { _ in VerdictModel(key: "nama", label: "Nama") })
                    ]),
                ReviewSection(
                    title: "Penelitian",
                    rows: [
                        ReviewRow(
                            label: "Judul",
                            value: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
                            mended: MendedModel(
                                reason: "Lengkapi judulnya.", oldValue: "Pengaruh Pelayanan Digital"),
                            verdict: verdict),
                        ReviewRow(label: "NIK", value: "9971014507030003", doubt: "Angka 99 bukan kode provinsi."),
                        ReviewRow(label: "Keterangan lain", value: ""),
                    ]),
            ]
        }
        let applicant = [
            SummaryRow(label: "Nama", value: "Siti Aminah Lubis"),
            SummaryRow(label: "NIK", value: "9971014507030003", doubt: "Angka 99 bukan kode provinsi."),
            SummaryRow(label: "Alamat surel", value: "siti.aminah@gmail.com"),
            SummaryRow(label: "Nomor ponsel", value: "0812 3456 7890"),
        ]
        var working = StaffApplication(
            reference: "BR7K-2QMX", revision: 4, kind: "Surat Keterangan Riset",
            summary: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
            tag: TagModel(label: "Diajukan", tone: .info),
            clock: ClockModel(due: "Selasa, 24 November 2026", left: "1 hari kerja lagi", tone: .info, isPaused: false),
            applicant: applicant, documents: documents, sections: sections(judged),
            verdictsAction: Link.verdicts("BR7K-2QMX").path, claim: ClaimModel(claimedBy: "Ditangani Anda"),
            timeline: TimelineItem.samples, backPath: Link.queue.path,
            decision: DecisionModel(
                action: Link.decision("BR7K-2QMX").path,
                reason: FieldModel(
                    .textarea(rows: 4), name: DecisionModel.reasonName, label: "Pesan kepada pemohon",
                    hint: "Wajib diisi kalau menolak. Pemohon membaca pesan ini apa adanya.", isRequired: false),
                hint: "2 bagian dinilai perlu diperbaiki, jadi permohonan belum dapat direkomendasikan."),
            problems: ProblemSummary(items: [
                ProblemItem(
                    text: "Tulis alasannya supaya pemohon tahu apa yang perlu diperbaiki.", target: "#f-verdict-judul")
            ]))
        var unclaimed = StaffApplication(
            reference: "BRC3-7WKP", revision: 4, kind: "Surat Keterangan Riset", summary: "Pemetaan Sungai Deli",
            tag: TagModel(label: "Perlu Perbaikan", tone: .warn),
            clock: ClockModel(due: "Rabu, 25 November 2026", left: "Dijeda", tone: .neutral, isPaused: true),
            applicant: applicant, documents: [], sections: sections(nil),
            claim: ClaimModel(action: Link.claim("BRC3-7WKP").path), timeline: [], backPath: Link.queue.path,
            signingPath: Link.signing("BRC3-7WKP").path, letter: .managedSample, follow: .sample)
        unclaimed.officePapers = DocumentLink.samples
        working.conversation = .sample(isOffice: true)
        working.isUnanswered = true
        return [working, unclaimed]
    }
}

extension Signing {
    public static var samples: [Signing] {
        func signing(
            warnings: [String] = [], blockers: [String] = [], fault: String? = nil, signed: LetterLink? = nil
        ) -> Signing {
            let password = FieldModel(
                .password, name: "kata_sandi", label: "Kata sandi Anda",
                hint: "Diminta lagi setiap kali menandatangani.", error: fault, autocomplete: "current-password")
            let document = LetterDocument.sample(
                number: signed?.number ?? "000.9/____/BRIDA/2026",
                address: signed.map { _ in "https://suratizin.example/verifikasi/f3q9" })
            return Signing(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", applicant: "Siti Aminah Lubis",
                recommendedBy: "Budi Siregar, Jumat, 20 November 2026 pukul 13.05 WIB",
                sheet: LetterModel(document: document), revision: 7, day: "2026-11-21",
                sendBackAction: Link.sendingBack("BR7K-2QMX").path,
                sendBackReason: .init(.textarea(rows: 3), name: "alasan", label: "Alasan"), warnings: warnings,
                blockers: blockers,
                password: password,
                action: Link.signing("BR7K-2QMX").path, backPath: Link.staffApplication("BR7K-2QMX").path,
                canSign: blockers.isEmpty && signed == nil, signed: signed,
                problems: ProblemSummary(fields: [password]))
        }
        return [
            signing(),
            signing(
                warnings: ["Program studi kosong."],
                fault: "Kata sandi tidak cocok. Surat belum ditandatangani; ketik kata sandi sekali lagi."),
            signing(blockers: ["Nama pejabat penanda tangan belum diisi."]), signing(signed: .sample),
        ]
    }
}
