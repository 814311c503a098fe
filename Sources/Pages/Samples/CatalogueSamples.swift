/// Samples of the catalogue. Names and numbers are invented.
extension ServiceCard {
    static let samples = [
        ServiceCard(
            name: "Surat Keterangan Riset",
            summary: "Izin penelitian untuk mahasiswa, dosen, dan lembaga yang meneliti di lingkungan Kota Medan.",
            path: Link.service("izin-penelitian").path, duration: "3 hari kerja",
            measured: "9 dari 10 selesai dalam 2 hari kerja", fee: "Gratis",
            office: "Badan Riset dan Inovasi Daerah"),
        ServiceCard(
            name: "Surat Keterangan Magang",
            summary: "Untuk praktik kerja lapangan di kantor Pemerintah Kota Medan, sendiri atau berkelompok.",
            path: Link.service("magang").path, duration: "3 hari kerja", fee: "Gratis",
            office: "Badan Riset dan Inovasi Daerah"),
        ServiceCard(
            name: "Surat Keterangan KKN", summary: "Untuk kelompok kuliah kerja nyata di kelurahan.",
            path: Link.service("kkn").path, duration: "5 hari kerja", fee: "Gratis",
            office: "Badan Riset dan Inovasi Daerah"),
    ]
}

extension ShareTags {
    static let sample = ShareTags(
        title: "Surat Keterangan Riset", description: "Izin penelitian untuk mahasiswa, dosen, dan lembaga.",
        url: "https://suratizin.contoh.id/layanan/izin-penelitian",
        image: "https://suratizin.contoh.id/aset/img/share.png")
}

extension ShareLinks {
    static let sample = ShareLinks(
        url: "https://suratizin.contoh.id/layanan/izin-penelitian", text: "Persyaratan Surat Keterangan Riset")
}

extension Home {
    public static var samples: [Home] {
        var plain = ShareTags.sample
        plain.image = nil
        return [Home(search: "skripsi", services: ServiceCard.samples, tags: .sample), Home(services: [], tags: plain)]
    }
}

extension Services {
    public static var samples: [Services] {
        let who = ServiceFilter(
            name: "saya", label: "Saya adalah", value: "Mahasiswa",
            options: [("", "Siapa saja"), ("Mahasiswa", "Mahasiswa")])
        let group = ServiceGroup(
            id: "brida-medan", office: "Badan Riset dan Inovasi Daerah", services: ServiceCard.samples)
        return [
            Services(
                search: "riset", filters: [who], found: "3 layanan untuk “riset”.", groups: [group], tags: .sample),
            Services(
                search: "\"<b>", found: "Tidak ada layanan yang cocok dengan “\"<b>”.", isNothing: true,
                nothing: "Coba kata lain.", groups: [group],
                tags: .sample),
        ]
    }
}

extension RequirementModel {
    static let samples = [
        RequirementModel(
            name: "Surat pengantar kampus",
            explanation: "Ditandatangani dekan atau pimpinan lembaga, tidak lebih dari tiga bulan yang lalu.",
            reason: "Minta di bagian akademik.",
            sample: [SampleLine("Nomor dan tanggal"), SampleLine("KOP SURAT", language: "id")],
            isRequired: true, kinds: "PDF, JPEG, atau PNG, paling besar 10 MB"),
        RequirementModel(
            name: "Proposal penelitian", explanation: "Bab 1 sampai 3, sudah disetujui pembimbing.",
            isRequired: true, kinds: "PDF, paling besar 10 MB"),
        RequirementModel(
            name: "Pasfoto", explanation: "Berwarna, latar polos.", isRequired: false,
            kinds: nil),
    ]
}

extension ChoiceLink {
    static let applicants = ["Mahasiswa", "Umum"].map {
        ChoiceLink(label: $0, path: Link.serviceFor("izin-penelitian", $0).path, isCurrent: $0 == "Mahasiswa")
    }
}

extension Service {
    public static var samples: [Service] {
        let here = Link.service("izin-penelitian").path
        let full = Service(
            name: "Surat Keterangan Riset",
            summary: "Izin penelitian untuk mahasiswa, dosen, dan lembaga yang meneliti di lingkungan Kota Medan.",
            office: "Badan Riset dan Inovasi Daerah", slug: "izin-penelitian", duration: "3 hari kerja",
            measured: "9 dari 10 berkas dalam 90 hari terakhir selesai dalam 2 hari kerja.", fee: "Gratis",
            product: "Surat Keterangan Riset dalam bentuk PDF dengan kode QR", validity: "6 bulan sejak terbit",
            requirements: RequirementModel.samples, commonKinds: "PDF, paling besar 10 MB",
            applicants: ChoiceLink.applicants,
            steps: [
                "Anda mengisi permohonan dan mengunggah berkas.",
                "Petugas memeriksa isian dan berkas, satu per satu.", "Kepala badan menandatangani surat.",
            ],
            complaints: "Surel brida@contoh.id\nLoket: Senin sampai Jumat, pukul 08.00 s.d. 16.00",
            details: [
                StandardDetail(title: "Dasar hukum", lines: ["Permendagri Nomor 3 Tahun 2018"]),
                StandardDetail(title: "Jumlah pelaksana", lines: ["3 petugas pemeriksa"]),
            ],
            canApply: false, logInPath: Link.logInThen(here).path, signUpPath: Link.signUpThen(here).path,
            eligibilityPath: Link.eligibility("izin-penelitian").path,
            listPath: Link.requirementList("izin-penelitian", "Mahasiswa").path,
            linkPath: Link.linkBuilder("izin-penelitian").path, share: .sample, tags: .sample)
        var signedIn = full
        signedIn.logInPath = nil
        signedIn.canApply = true
        signedIn.applicant = "Umum"
        signedIn.applicants = []
        signedIn.eligibilityPath = nil
        signedIn.linkPath = nil
        signedIn.draft = .sample
        var officer = full
        officer.logInPath = nil
        return [full, signedIn, officer]
    }
}

extension DraftLink {
    static let sample = DraftLink(
        reference: "BR7K-2QMX", path: Link.application("BR7K-2QMX").path, savedAt: "20 November 2026 pukul 09.14")
}

extension EligibilityForm {
    public static var samples: [EligibilityForm] {
        func question(_ value: String, _ error: String?) -> FieldModel {
            FieldModel(
                .radios, name: "di_medan", label: "Apakah kegiatan Anda di Kota Medan?", value: value,
                hint: "Misalnya di dinas atau sekolah.", error: error, options: [("ya", "Ya"), ("tidak", "Tidak")])
        }
        let wrong = [question("", "Jawab pertanyaan ini dengan Ya atau Tidak.")]
        let action = Link.eligibility("izin-penelitian").path
        let service = Link.service("izin-penelitian").path
        return [
            EligibilityForm(
                name: "Surat Keterangan Riset", servicePath: service, action: action, applicant: "Umum",
                fields: [question("ya", nil)], tags: .sample),
            EligibilityForm(
                name: "Surat Keterangan Riset", servicePath: service, action: action, fields: wrong,
                problems: ProblemSummary(fields: wrong), tags: .sample),
        ]
    }
}

extension EligibilityOutcome {
    public static var samples: [EligibilityOutcome] {
        let service = Link.service("izin-penelitian").path
        let yes = EligibilityOutcome(
            name: "Surat Keterangan Riset", servicePath: service, slug: "izin-penelitian", tone: .good,
            heading: "Anda memenuhi syarat", text: "Siapkan berkasnya, lalu ajukan permohonan.", canGoOn: true,
            againPath: Link.eligibilityAnswers("izin-penelitian", [("di_medan", "ya")]).path,
            listPath: Link.requirementList("izin-penelitian", nil).path, canApply: false,
            logInPath: Link.logInThen(service).path, signUpPath: Link.signUpThen(service).path, tags: .sample)
        var mine = yes
        mine.logInPath = nil
        mine.canApply = true
        mine.heading = "Anda dapat mulai"
        mine.text = "Siapkan dulu hal berikut."
        mine.applicant = "Umum"
        mine.hindrances = [Hindrance(title: "Apakah surat pengantar sudah ada?", text: "Minta di kampus.")]
        var no = yes
        no.tone = .warn
        no.canGoOn = false
        no.heading = "Anda belum memenuhi syarat"
        no.text = "Inilah yang masih menghalangi."
        no.hindrances = [
            Hindrance(
                title: "Apakah proposal sudah disetujui?", text: "Ajukan surat pra-riset.", link: "Surat pra-riset",
                path: service)
        ]
        return [yes, mine, no]
    }
}

extension RequirementList {
    public static var samples: [RequirementList] {
        let full = RequirementList(
            name: "Surat Keterangan Riset", servicePath: Link.service("izin-penelitian").path, applicant: "Mahasiswa",
            applicants: ChoiceLink.applicants, requirements: RequirementModel.samples,
            commonKinds: "PDF, paling besar 10 MB", duration: "3 hari kerja",
            fee: "Gratis", office: "Badan Riset dan Inovasi Daerah", address: ["Jalan Contoh 1, Medan"],
            ways: ["Surel: brida@contoh.id"],
            hours: ["Senin sampai Kamis: 08.00-16.00"], url: "https://suratizin.contoh.id/layanan/izin-penelitian",
            code: "M0 0h7v7h-7z", codeBox: "-4 -4 29 29", date: "17 November 2026", tags: .sample)
        var plain = full
        plain.applicant = nil
        plain.applicants = []
        plain.hours = []
        return [full, plain]
    }
}

extension LinkBuilder {
    public static var samples: [LinkBuilder] {
        let campus = FieldModel(
            .line, name: "kampus", label: "Perguruan tinggi", value: "Universitas Sumatera Utara", isRequired: false)
        var wrong = campus
        wrong.error = "Paling banyak 160 karakter."
        let action = Link.linkBuilder("izin-penelitian").path
        let service = Link.service("izin-penelitian").path
        return [
            LinkBuilder(
                name: "Surat Keterangan Riset", servicePath: service, action: action, fields: [campus], share: .sample),
            LinkBuilder(
                name: "Surat Keterangan Riset", servicePath: service, action: action, fields: [wrong],
                problems: ProblemSummary(fields: [wrong])),
        ]
    }
}

extension LinkedForm {
    public static var samples: [LinkedForm] {
        let path = Link.linkedForm("izin-penelitian", [("kampus", "USU")]).path
        let service = Link.service("izin-penelitian").path
        let guest = LinkedForm(
            name: "Surat Keterangan Riset", servicePath: service,
            action: Link.linkedForm("izin-penelitian", []).path,
            rows: [SummaryRow(label: "Perguruan tinggi", value: "Universitas Sumatera Utara")],
            held: [HeldField(name: "kampus", value: "Universitas Sumatera Utara")], refused: ["NIK"], canApply: false,
            logInPath: Link.logInThen(path).path, tags: .sample)
        var citizen = guest
        citizen.logInPath = nil
        citizen.canApply = true
        citizen.refused = []
        var again = citizen
        again.draft = .sample
        var empty = citizen
        empty.rows = []
        empty.held = []
        empty.isTooLong = true
        return [guest, citizen, again, empty]
    }
}
