import Permits

/// Samples of what visitors see. The people and numbers are invented.
extension Frame {
    static let visitor = Frame(
        siteName: "Suratizin Kota Medan", owner: "Pemerintah Kota Medan", language: "id",
        nav: [NavItem(label: "Layanan", path: "/layanan", isCurrent: true)], csrf: "4f7a1c",
        requestId: "7QK2-M4XR", languageSwitch: LanguageSwitch(to: .english, back: "/layanan"))

    static let citizen = Frame(
        siteName: "Suratizin Kota Medan", owner: "Pemerintah Kota Medan", language: "id",
        nav: [
            NavItem(label: "Layanan", path: "/layanan", isCurrent: false),
            NavItem(label: "Permohonan saya", path: "/permohonan", isCurrent: true),
        ], csrf: "4f7a1c", requestId: "7QK2-M4XR",
        languageSwitch: LanguageSwitch(to: .english, back: "/layanan"),
        viewer: ReaderModel(name: "Siti Aminah Lubis", role: "Pemohon"),
        notice: Notice(tone: .good, text: "Draf tersimpan."),
        contact: OfficeModel(
            id: "brida-medan", name: "BRIDA Kota Medan", phone: "(061) 455 5693", email: "brida@contoh.id"))

    static let staff = Frame(
        siteName: "Suratizin Kota Medan", owner: "Pemerintah Kota Medan", language: "id",
        nav: [
            NavItem(label: "Antrean", path: "/petugas", isCurrent: true),
            NavItem(label: "Aktivasi akun", path: "/petugas/akun", isCurrent: false),
            NavItem(label: "Layanan", path: "/layanan", isCurrent: false),
        ], csrf: "4f7a1c", requestId: "7QK2-M4XR",
        languageSwitch: LanguageSwitch(to: .english, back: "/layanan"),
        viewer: ReaderModel(name: "Budi Siregar", role: "Petugas pemeriksa"))

    /// The frames that pages are shown in, for tests and the gallery.
    public static var samples: [Frame] { [visitor, citizen, staff] }
}

extension SignUp {
    public static var samples: [SignUp] {
        let first = [
            FieldModel(
                .line, name: "nama", label: "Nama lengkap", hint: "Tulis seperti di KTP. Nama satu kata juga boleh.",
                autocomplete: "name", maxLength: 120),
            FieldModel(
                .email, name: "surel", label: "Alamat surel (email)",
                hint: "Kabar tentang permohonan dikirim ke alamat ini.", autocomplete: "email", maxLength: 254),
        ]
        let nik = FieldModel(
            .digits, name: "nik", label: "NIK", hint: "16 angka, tertulis di bagian atas KTP.",
            autocomplete: "off", maxLength: 24)
        let passport = [
            FieldModel(
                .select, name: "negara", label: "Kewarganegaraan", autocomplete: "country-name",
                options: [("MYS", "Malaysia"), ("THA", "Thailand")]),
            FieldModel(
                .line, name: "paspor", label: "Nomor paspor", hint: "Di kanan atas halaman data paspor.",
                autocomplete: "off", maxLength: 24),
        ]
        let last = [
            FieldModel(
                .phone, name: "telepon", label: "Nomor ponsel", hint: "Contoh: 0812 3456 7890", autocomplete: "tel",
                maxLength: 24),
            FieldModel(
                .password, name: "kata_sandi", label: "Kata sandi",
                hint: "Sedikitnya 10 karakter. Beberapa kata yang mudah Anda ingat lebih kuat daripada satu kata.",
                autocomplete: "new-password", maxLength: 200),
        ]
        var (faultyFirst, faultyNIK, faultyPassport, faultyLast) = (first, nik, passport, last)
        faultyFirst[0].value = "Siti Aminah"
        faultyNIK.value = "127101"
        faultyNIK.error =
            "Tulis NIK dengan 16 angka seperti di KTP. Periksa apakah ada angka yang kurang atau tertukar."
        faultyPassport[0].error = "Pilih negara yang menerbitkan paspor Anda."
        faultyLast[1].error = "Buat kata sandi sedikitnya 10 karakter."
        return [
            SignUp(first: first, identity: IdentityChoice(chosen: .nik, nik: nik, passport: passport), last: last),
            SignUp(
                first: faultyFirst,
                identity: IdentityChoice(chosen: .passport, nik: faultyNIK, passport: faultyPassport),
                last: faultyLast, asked: "siti@gmial.com"),
        ]
    }
}

extension SignedUp {
    public static var samples: [SignedUp] { [SignedUp()] }
}

extension LogIn {
    public static var samples: [LogIn] {
        let fields = [
            FieldModel(.username, name: "surel", label: "Alamat surel (email)", autocomplete: "username"),
            FieldModel(.password, name: "kata_sandi", label: "Kata sandi", autocomplete: "current-password"),
        ]
        return [
            LogIn(fields: fields),
            LogIn(
                fields: fields, next: "/permohonan",
                problems: ProblemSummary(items: [
                    ProblemItem(
                        text: "Surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
                        target: "#f-surel")
                ])),
            LogIn(
                fields: fields, heldAction: "/permohonan/BR7K-2QMX/isian/pemohon",
                interruption: "Sesi Anda berakhir. Masuk kembali, dan isian Anda langsung tersimpan.",
                held: [HeldField(name: "nama", value: "Siti Aminah Lubis")]),
        ]
    }
}

extension Resume {
    public static var samples: [Resume] {
        [
            Resume(
                action: "/permohonan/BR7K-2QMX/isian/pemohon",
                held: [HeldField(name: "nama", value: "Siti Aminah Lubis")], lostFiles: false),
            Resume(action: "/permohonan/BR7K-2QMX/perbaikan", held: [], lostFiles: true),
        ]
    }
}

extension Activation {
    public static var samples: [Activation] {
        [
            Activation(action: Link.activation("k7m2").path), Activation(isConfirmed: true),
            Activation(isInvalid: true),
        ]
    }
}

extension Failure {
    public static var samples: [Failure] {
        [
            Failure(
                code: 404, heading: "Halaman tidak ditemukan",
                explanation: "Alamat ini mungkin salah ketik, atau halamannya sudah dipindahkan.",
                advice: "Periksa alamatnya, atau mulai dari halaman depan.", actionPath: Link.home.path,
                actionLabel: "Ke halaman depan"),
            Failure(
                code: 431, heading: "Permintaan tidak dapat dibaca",
                explanation: "Kiriman peramban Anda terlalu besar.",
                advice: "Hapus kuki situs ini.", actionPath: Link.home.path, actionLabel: "Ke halaman depan",
                other: FailureWords(
                    language: "en", heading: "The request cannot be read", explanation: "Your browser sent too much.",
                    advice: "Clear the cookies of this site.")),
        ]
    }
}

extension Help {
    public static var samples: [Help] {
        [
            Help(
                steps: [
                    HelpStep(
                        title: "Lihat persyaratan", text: "Buka Layanan dan pilih surat.", alt: "Halaman layanan.",
                        picture: "/aset/img/guide/requirements.png"),
                    HelpStep(title: "Buat akun", text: "Tekan Daftar.", alt: "Formulir pendaftaran.", picture: nil),
                ],
                questions: [HelpEntry(title: "Berapa biayanya?", text: "Gratis.")],
                words: [HelpEntry(title: "Draf", text: "Permohonan yang belum dikirim.")],
                offices: [
                    OfficeModel(
                        id: "brida-medan", name: "Badan Riset dan Inovasi Daerah", address: ["Jalan Contoh 1, Medan"],
                        phone: "(061) 455 5693", email: "brida@contoh.id", website: "brida.contoh.id",
                        hours: ["Senin sampai Jumat: 08.00-16.00 WIB"]),
                    OfficeModel(id: "kecamatan", name: "Kecamatan Contoh", address: ["Jalan Contoh 2, Medan"]),
                ]),
            Help(steps: [], questions: [], words: [], offices: []),
        ]
    }
}
