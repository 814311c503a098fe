extension AccountForm {
    public static var samples: [AccountForm] {
        let fields = [
            FieldModel.presentPassword("Kata sandi sekarang", fault: "Kata sandi tidak cocok. Ketik sekali lagi."),
            FieldModel(
                .password, name: "kata_sandi_baru", label: "Kata sandi baru", hint: "Sedikitnya 10 karakter.",
                autocomplete: "new-password"),
        ]
        return [
            AccountForm(
                title: "Ganti kata sandi", lead: "Setelah diganti, Anda keluar dari semua perangkat lain.",
                fields: fields, action: Link.passwordChange.path, button: "Ganti kata sandi",
                backPath: Link.account.path, backLabel: "Akun saya", problems: ProblemSummary(fields: fields)),
            AccountForm(
                title: "Terima permohonan ini?", lead: "Permohonan ini ditawarkan kepada Anda.",
                rows: [
                    SummaryRow(label: "Layanan", value: "Surat Keterangan Riset"),
                    SummaryRow(label: "Nomor permohonan", value: "BR7K-2QMX"),
                ], notesTitle: "Sesudah itu:",
                notes: ["Anda menjadi pemohonnya dan bertanggung jawab atas isinya."],
                action: Link.transfer("k7m2").path, button: "Terima permohonan", isDangerous: true,
                secondAction: Link.transferRefusal("k7m2").path, secondButton: "Tolak tawaran"),
        ]
    }
}

extension AccountNote {
    public static var samples: [AccountNote] {
        [
            AccountNote(
                title: "Periksa surel Anda",
                text: "Jika alamat itu punya akun, tautan untuk membuat kata sandi baru tiba dalam beberapa menit.",
                linkPath: Link.logIn.path, linkLabel: "Kembali ke halaman masuk"),
            AccountNote(
                title: "Akun belum dapat digabung", text: "Kedua akun memakai NIK yang berbeda.",
                linkPath: Link.applications.path, linkLabel: "Permohonan saya",
                secondPath: Link.help.path, secondLabel: "Hubungi kantor"),
        ]
    }
}

extension AccountMerging {
    public static var samples: [AccountMerging] {
        ["", "Centang dahulu kotak ini."].map { fault in
            AccountMerging(
                parts: [
                    MergingPart(
                        title: "Yang tetap dipakai",
                        rows: [
                            SummaryRow(label: "Alamat surel", value: "siti@contoh.id"),
                            SummaryRow(label: "Nomor ponsel", value: "0812 3456 7800"),
                        ]),
                    MergingPart(
                        title: "Yang pindah dari siti@kampus.ac.id",
                        rows: [SummaryRow(label: "Permohonan", value: "3"), SummaryRow(label: "Draf", value: "1")]),
                ], notes: ["Alamat siti@kampus.ac.id tidak dapat dipakai lagi untuk masuk."],
                action: Link.mergeCheck("k7m2").path,
                statement: FieldModel(
                    .checkbox, name: statementName, label: "Saya mengerti bahwa ini tidak dapat dibatalkan.",
                    error: fault.isEmpty ? nil : fault), backPath: Link.merging.path)
        }
    }
}

extension Devices {
    public static var samples: [Devices] {
        let here = DeviceItem(
            label: "Chrome di Android", opened: "20 November 2026 pukul 08.02", origin: "36.68.12.9",
            seen: "20 November 2026 pukul 09.41", isCurrent: true)
        let there = DeviceItem(
            label: "Firefox di Windows", opened: "19 November 2026 pukul 21.15",
            seen: "20 November 2026 pukul 07.30", isCurrent: false, endPath: Link.sessionEnd("9f2c").path)
        return [Devices(items: [here, there], hasOthers: true), Devices(items: [here], hasOthers: false)]
    }
}

extension DocumentViews {
    public static var samples: [DocumentViews] {
        let row = DocumentViewRow(
            paper: "KTP", filename: "IMG_20261118_091502.jpg", reference: "BR7K-2QMX",
            path: Link.application("BR7K-2QMX").path, viewer: "Budi Siregar",
            role: "Petugas pemeriksa, BRIDA Kota Medan", first: "19 November 2026 pukul 10.02",
            last: "20 November 2026 pukul 08.45", count: 3)
        var elsewhere = row
        elsewhere.path = nil
        return [
            DocumentViews(
                backPath: Link.application("BR7K-2QMX").path, backLabel: "Surat Keterangan Riset",
                subject: "Surat Keterangan Riset · BR7K-2QMX", rows: [row, elsewhere],
                pager: Pager(
                    number: 2, previousPath: Link.documentViewsPage(1).path, nextPath: Link.documentViewsPage(3).path)),
            DocumentViews(backPath: Link.account.path, backLabel: "Akun saya", rows: []),
        ]
    }
}

extension Institutions {
    public static var samples: [Institutions] {
        [
            Institutions(items: [
                MenuLink(
                    label: "Universitas Sumatera Utara", text: "Perguruan tinggi · Pengelola",
                    path: Link.institution("3").path)
            ]), Institutions(items: []),
        ]
    }
}

extension InstitutionPage {
    public static var samples: [InstitutionPage] {
        let rows = [
            SummaryRow(label: "Jenis lembaga", value: "Perguruan tinggi"),
            SummaryRow(label: "Penanggung jawab", value: "Prof. Dr. Muryanto Amin"),
        ]
        let members = [
            MemberRow(name: "Siti Aminah Lubis", role: "Pengelola", isReader: true),
            MemberRow(
                name: "Joko Siregar", role: "Anggota", isReader: false, endPath: Link.membership("3", "7").path,
                ownerPath: Link.ownership("3", "7").path),
        ]
        let invitation = InvitationRow(
            email: "tiurma@contoh.id", until: "27 November 2026 pukul 09.14",
            action: Link.invitationWithdrawal("3", "8").path)
        let fields = [FieldModel.email("Alamat surel", value: "tiurma@", fault: "Tulis alamat surel lengkap.")]
        return [
            InstitutionPage(
                name: "Universitas Sumatera Utara", rows: rows, members: members,
                stayNote: "Anda satu-satunya pengelola. Sebelum keluar, jadikan anggota lain pengelola.",
                editPath: Link.institutionProfile("3").path, invitePath: "/akun/lembaga/3/undangan",
                invitations: [invitation], fields: fields, problems: ProblemSummary(fields: fields)),
            InstitutionPage(name: "Universitas Sumatera Utara", rows: rows, members: members),
        ]
    }
}

extension Privacy {
    public static var samples: [Privacy] {
        [
            Privacy(requestPath: Link.deletion.path),
            Privacy(deletionDue: "Jumat, 27 November 2026", requestPath: Link.deletion.path),
        ]
    }
}

extension Tracking {
    public static var samples: [Tracking] {
        let fields = [
            FieldModel(
                .line, name: "nomor", label: "Nomor permohonan", value: "BR7K-2QMX",
                hint: "Delapan huruf dan angka, tertulis di surel tanda terima."),
            FieldModel(.digits, name: "angka", label: "Empat angka terakhir nomor ponsel"),
        ]
        var wrong = fields
        wrong[1].value = "78"
        wrong[1].error = "Tulis empat angka terakhir nomor ponsel."
        let timeline = TimelineItem.samples.map { item in
            TimelineItem(text: item.text, when: item.when, machineWhen: item.machineWhen, isLatest: item.isLatest)
        }
        return [
            Tracking(fields: fields), Tracking(fields: wrong, problems: ProblemSummary(fields: wrong)),
            Tracking(
                fields: fields,
                result: TrackingResult(
                    reference: "BR7K-2QMX", kind: "Surat Keterangan Riset",
                    tag: TagModel(label: "Diajukan", tone: .info),
                    headline: "Permohonan Anda ada di meja petugas pemeriksa",
                    next: "Petugas sedang memeriksa. Anda tidak perlu melakukan apa pun.",
                    expected: "Selasa, 24 November 2026", place: .sample(), timeline: timeline)),
        ]
    }
}

extension Deletions {
    public static var samples: [Deletions] {
        [
            Deletions(rows: [
                DeletionRow(
                    name: "Siti Aminah Lubis", requested: "20 November 2026 pukul 09.14",
                    due: "Jumat, 27 November 2026", tag: TagModel(label: "Menunggu", tone: .warn))
            ]), Deletions(rows: []),
        ]
    }
}

extension PlainMail {
    public static var samples: [PlainMail] {
        [
            PlainMail(
                siteName: "Suratizin Kota Medan", name: "Siti Aminah Lubis", subject: "Buat kata sandi baru",
                text: "Kami menerima permintaan untuk membuat kata sandi baru bagi akun Anda.",
                link: "https://suratizin.example/sandi-baru/k7m2",
                advice: "Tidak merasa meminta? Abaikan surel ini."),
            PlainMail(
                siteName: "Suratizin Kota Medan", subject: "Pendaftaran Anda tidak dapat kami terima",
                text: "Petugas sudah memeriksa pendaftaran Anda.", said: "Nama tidak sama dengan nama di KTP.",
                link: "https://suratizin.example/daftar"),
        ]
    }
}
