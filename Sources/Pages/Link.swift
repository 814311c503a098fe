/// Every address of the portal. Handlers and page models write links only through this, and a test resolves each
/// sample in the route tables.
public enum Link: Sendable, Equatable {
    case home, services, help, signUp, signedUp, logIn, logOut, account, activationMail, applications
    case queue, activations, adminAccounts, language
    case service(String)
    /// With the papers of one kind of applicant.
    case serviceFor(String, String)
    case eligibility(String)
    /// With answers by question, to be changed.
    case eligibilityAnswers(String, [(name: String, value: String)])
    /// The requirements to be printed, of one kind of applicant where there are several.
    case requirementList(String, String?)
    case linkBuilder(String)
    /// A half-filled form: answers by field.
    case linkedForm(String, [(name: String, value: String)])
    /// Logging in on the way to a path of this site.
    case logInThen(String)
    /// Signing up on the way to a service of this site.
    case signUpThen(String)
    /// A further page of the queue, counted from 1.
    case queuePage(String, Int)
    /// Further pages of other lists.
    case applicationsPage(Int), documentViewsPage(Int), activationsPage(Int), accountsPage(Int)
    case activation(String)
    case application(String)
    case section(String, String)
    /// One row of a group, opened for editing, on the page of the list where it stands (counted from 1).
    case row(String, String, page: Int, number: Int)
    /// A page of a group's rows.
    case rows(String, String, page: Int)
    /// Where a group's rows are sent, from a page of their list.
    case roster(String, String, page: Int = 1)
    /// Where a script sends what is typed into a section, or into the corrections.
    case typing(String, String)
    case rosterTyping(String, String)
    /// The rows of a returned group: reference, key, page of the list, and the number of a row that is to stand open.
    case returnedRows(String, String, page: Int = 1, row: Int? = nil)
    case returnedRowsTyping(String, String)
    case correctionsTyping(String)
    /// Where a script sends the file for one paper.
    case upload(String, String)
    case attachments(String)
    case attachment(String, String)
    case check(String)
    case submission(String)
    case corrections(String)
    /// Where one thing is mended, by its key; where all of them are listed, without.
    case correctionPart(String, String?)
    case withdrawal(String)
    case letterFile(String)
    /// A paper of the office about an application: `tanda-terima`, `penolakan`, `pencabutan`.
    case document(String, String)
    case staffDocument(String, String)
    case verification(String)
    case queueTab(String)
    case staffApplication(String)
    case staffAttachment(String, String)
    case claim(String)
    case verdicts(String)
    case decision(String)
    case signing(String)
    case sendingBack(String)
    case staffLetterFile(String)
    case accountActivation(String)
    /// Checking a letter: the page, its two forms.
    case verificationStart, verificationSearch, fileCheck
    /// What letters are checked with elsewhere: the page, and one of its files.
    case publicKeys
    case publicKeyFile(String)
    case extending(String)
    case report(String)
    case staffLetter(String)
    /// The file of one of an application's letters, ended ones included.
    case staffLetterOf(String, String)
    case revocation(String)
    case voiding(String)
    case replacement(String)
    case staffReport(String)
    case reportDecision(String)
    case register, reports
    /// A page of the register: series, year, page counted from 1.
    case registerPage(String, Int, Int)
    case reportsPage(String, Int)
    case forgottenPassword, passwordSent, passwordChange, emailChange, emailChangeWithdrawal, phoneChange, sessions,
        notifications
    case documentViews, privacy, export, deletion, deletionWithdrawal, tracking, deletions
    case newPassword(String)
    case sessionEnd(String)
    case emailConfirmation(String)
    case transferOffer(String)
    case transferWithdrawal(String)
    case transfer(String)
    case transferRefusal(String)
    case institutions, newInstitution
    case institution(String)
    case invitations(String)
    case invitationWithdrawal(String, String)
    case institutionProfile(String)
    /// Ending somebody's membership, and making somebody an owner.
    case membership(String, String)
    case ownership(String, String)
    case invitation(String)
    /// For whom an application is filed.
    case filing(String)
    /// Who opened the papers of one application.
    case viewsOf(String)
    case rejection(String)
    /// Writing about an application, and files of messages.
    case messages(String)
    case messageFile(String, String)
    /// Where a script sends what is typed into a message, and one file for it by the name of its input.
    case messageTyping(String)
    case messageUpload(String, String)
    /// Where a report is uploaded and handed over, and where a script sends its file.
    case reportForm(String)
    case reportUpload(String, String)
    /// A file that was not sent yet.
    case unsentFile(String, String)
    case staffMessages(String)
    case staffMessageFile(String, String)
    case messagesSeen(String)
    /// Applying again like an application that is over.
    case another(String)
    /// A part of a long conversation or history, the newest being 1.
    case messagesPart(String, Int), eventsPart(String, Int)
    /// Using a paper again that was given before.
    case reuse(String)
    /// Merging another account into this one: naming it, and what will happen.
    case merging
    case mergeCheck(String)
    /// Whom to turn to.
    case contact
    /// Connecting chats: the page, where a code is sent from, and where each is ended.
    case telegram, telegramEnd, whatsApp, whatsAppCode, whatsAppEnd
    /// The page with a link's token, also after the reader says to have pressed Start.
    case telegramLink(String, isPressed: Bool)

    public var path: String {
        switch self {
        case .home: "/"
        case .services: "/layanan"
        case .help: "/bantuan"
        case .service(let slug): "/layanan/\(Self.segment(slug))"
        case .serviceFor(let slug, let applicant): "/layanan/\(Self.segment(slug))?untuk=\(Self.segment(applicant))"
        case .eligibility(let slug): "/layanan/\(Self.segment(slug))/kelayakan"
        case .eligibilityAnswers(let slug, let answers):
            "/layanan/\(Self.segment(slug))/kelayakan" + Self.query(answers)
        case .requirementList(let slug, let applicant):
            "/layanan/\(Self.segment(slug))/persyaratan" + Self.query([("untuk", applicant ?? "")])
        case .linkBuilder(let slug): "/layanan/\(Self.segment(slug))/tautan"
        case .linkedForm(let slug, let answers): "/layanan/\(Self.segment(slug))/ajukan" + Self.query(answers)
        case .signUp: "/daftar"
        case .signedUp: "/daftar/selesai"
        case .logIn: "/masuk"
        case .logOut: "/keluar"
        case .activation(let token): "/aktivasi/\(Self.segment(token))"
        case .logInThen(let path): "/masuk?next=\(Self.segment(path))"
        case .signUpThen(let path): "/daftar?next=\(Self.segment(path))"
        case .queuePage(let tab, let page): "/petugas?tab=\(Self.segment(tab))&halaman=\(page)"
        case .applicationsPage(let page): "/permohonan?halaman=\(page)"
        case .documentViewsPage(let page): "/akun/pembukaan-berkas?halaman=\(page)"
        case .activationsPage(let page): "/petugas/akun?halaman=\(page)"
        case .accountsPage(let page): "/admin/akun?halaman=\(page)"
        case .account: "/akun"
        case .language: "/bahasa"
        case .activationMail: "/akun/surel-aktivasi"
        case .applications: "/permohonan"
        case .application(let ref): "/permohonan/\(Self.segment(ref))"
        case .section(let ref, let key): "/permohonan/\(Self.segment(ref))/isian/\(Self.segment(key))"
        case .row(let ref, let key, let page, let number):
            "/permohonan/\(Self.segment(ref))/isian/\(Self.segment(key))?halaman=\(page)&baris=\(number)"
        case .rows(let ref, let key, let page):
            "/permohonan/\(Self.segment(ref))/isian/\(Self.segment(key))?halaman=\(page)"
        case .roster(let ref, let key, let page):
            "/permohonan/\(Self.segment(ref))/daftar/\(Self.segment(key))"
                + Self.query([("halaman", page > 1 ? "\(page)" : "")])
        case .typing(let ref, let key): "/permohonan/\(Self.segment(ref))/isian/\(Self.segment(key))/ketikan"
        case .rosterTyping(let ref, let key): "/permohonan/\(Self.segment(ref))/daftar/\(Self.segment(key))/ketikan"
        case .returnedRows(let ref, let key, let page, let row):
            "/permohonan/\(Self.segment(ref))/perbaikan/daftar/\(Self.segment(key))"
                + Self.query([("halaman", page > 1 ? "\(page)" : ""), ("baris", row.map { "\($0)" } ?? "")])
        case .returnedRowsTyping(let ref, let key):
            "/permohonan/\(Self.segment(ref))/perbaikan/daftar/\(Self.segment(key))/ketikan"
        case .correctionsTyping(let ref): "/permohonan/\(Self.segment(ref))/perbaikan/ketikan"
        case .upload(let ref, let key): "/permohonan/\(Self.segment(ref))/unggahan/\(Self.segment(key))"
        case .attachments(let ref): "/permohonan/\(Self.segment(ref))/berkas"
        case .attachment(let ref, let id): "/permohonan/\(Self.segment(ref))/berkas/\(Self.segment(id))"
        case .check(let ref): "/permohonan/\(Self.segment(ref))/periksa"
        case .submission(let ref): "/permohonan/\(Self.segment(ref))/pengajuan"
        case .corrections(let ref): "/permohonan/\(Self.segment(ref))/perbaikan"
        case .correctionPart(let ref, let key):
            "/permohonan/\(Self.segment(ref))/perbaikan\(Self.query([(Self.correctionPartName, key ?? "")]))"
        case .withdrawal(let ref): "/permohonan/\(Self.segment(ref))/penarikan"
        case .document(let ref, let key): "/permohonan/\(Self.segment(ref))/dokumen/\(Self.segment(key))"
        case .staffDocument(let ref, let key):
            "/petugas/permohonan/\(Self.segment(ref))/dokumen/\(Self.segment(key))"
        case .letterFile(let ref): "/permohonan/\(Self.segment(ref))/surat.pdf"
        case .verification(let token): "/verifikasi/\(Self.segment(token))"
        case .queue: "/petugas"
        case .queueTab(let tab): "/petugas?tab=\(Self.segment(tab))"
        case .staffApplication(let ref): "/petugas/permohonan/\(Self.segment(ref))"
        case .staffAttachment(let ref, let id):
            "/petugas/permohonan/\(Self.segment(ref))/berkas/\(Self.segment(id))"
        case .claim(let ref): "/petugas/permohonan/\(Self.segment(ref))/penanganan"
        case .verdicts(let ref): "/petugas/permohonan/\(Self.segment(ref))/penilaian"
        case .decision(let ref): "/petugas/permohonan/\(Self.segment(ref))/keputusan"
        case .signing(let ref): "/petugas/permohonan/\(Self.segment(ref))/tanda-tangan"
        case .sendingBack(let ref): "/petugas/permohonan/\(Self.segment(ref))/pengembalian"
        case .staffLetterFile(let ref): "/petugas/permohonan/\(Self.segment(ref))/surat.pdf"
        case .activations: "/petugas/akun"
        case .accountActivation(let id): "/petugas/akun/\(Self.segment(id))/aktivasi"
        case .adminAccounts: "/admin/akun"
        case .verificationStart: "/verifikasi"
        case .verificationSearch: "/verifikasi/cari"
        case .fileCheck: "/verifikasi/berkas"
        case .publicKeys: "/verifikasi/kunci-publik"
        case .publicKeyFile(let name): "/verifikasi/kunci-publik/\(Self.segment(name))"
        case .extending(let ref): "/permohonan/\(Self.segment(ref))/perpanjangan"
        case .report(let ref): "/permohonan/\(Self.segment(ref))/laporan"
        case .staffLetterOf(let ref, let id): "/petugas/permohonan/\(Self.segment(ref))/surat/\(Self.segment(id))"
        case .staffLetter(let ref): "/petugas/permohonan/\(Self.segment(ref))/surat"
        case .revocation(let ref): "/petugas/permohonan/\(Self.segment(ref))/pencabutan"
        case .voiding(let ref): "/petugas/permohonan/\(Self.segment(ref))/pembatalan"
        case .replacement(let ref): "/petugas/permohonan/\(Self.segment(ref))/penggantian"
        case .staffReport(let ref): "/petugas/permohonan/\(Self.segment(ref))/laporan"
        case .reportDecision(let ref): "/petugas/permohonan/\(Self.segment(ref))/laporan/keputusan"
        case .register: "/petugas/agenda"
        case .registerPage(let series, let year, let page):
            "/petugas/agenda?seri=\(Self.segment(series))&tahun=\(year)&halaman=\(page)"
        case .reports: "/petugas/laporan"
        case .reportsPage(let tab, let page): "/petugas/laporan?tab=\(Self.segment(tab))&halaman=\(page)"
        case .deletions: "/admin/penghapusan"
        case .rejection(let id): "/petugas/akun/\(Self.segment(id))/penolakan"
        case .forgottenPassword: "/lupa-sandi"
        case .passwordSent: "/lupa-sandi/terkirim"
        case .newPassword(let token): "/sandi-baru/\(Self.segment(token))"
        case .emailConfirmation(let token): "/konfirmasi-surel/\(Self.segment(token))"
        case .tracking: "/lacak"
        case .passwordChange: "/akun/kata-sandi"
        case .emailChange: "/akun/surel"
        case .emailChangeWithdrawal: "/akun/surel/pembatalan"
        case .phoneChange: "/akun/telepon"
        case .sessions: "/akun/perangkat"
        case .sessionEnd(let key): "/akun/perangkat/\(Self.segment(key))/penutupan"
        case .notifications: "/akun/pemberitahuan"
        case .documentViews: "/akun/pembukaan-berkas"
        case .privacy: "/akun/data"
        case .export: "/akun/data/salinan"
        case .deletion: "/akun/penghapusan"
        case .deletionWithdrawal: "/akun/penghapusan/pembatalan"
        case .institutions: "/akun/lembaga"
        case .newInstitution: "/akun/lembaga/baru"
        case .institution(let id): "/akun/lembaga/\(Self.segment(id))"
        case .invitations(let id): "/akun/lembaga/\(Self.segment(id))/undangan"
        case .invitationWithdrawal(let id, let invitation):
            "/akun/lembaga/\(Self.segment(id))/undangan/\(Self.segment(invitation))/pembatalan"
        case .institutionProfile(let id): "/akun/lembaga/\(Self.segment(id))/profil"
        case .membership(let id, let member):
            "/akun/lembaga/\(Self.segment(id))/anggota/\(Self.segment(member))"
        case .ownership(let id, let member):
            "/akun/lembaga/\(Self.segment(id))/anggota/\(Self.segment(member))/pengelola"
        case .invitation(let token): "/undangan/\(Self.segment(token))"
        case .filing(let ref): "/permohonan/\(Self.segment(ref))/lembaga"
        case .viewsOf(let ref): "/permohonan/\(Self.segment(ref))/pembukaan-berkas"
        case .transferOffer(let ref): "/permohonan/\(Self.segment(ref))/pengalihan"
        case .transferWithdrawal(let ref): "/permohonan/\(Self.segment(ref))/pengalihan/pembatalan"
        case .transfer(let token): "/pengalihan/\(Self.segment(token))"
        case .messages(let ref): "/permohonan/\(Self.segment(ref))/pesan"
        case .messageFile(let ref, let id): "/permohonan/\(Self.segment(ref))/pesan/\(Self.segment(id))"
        case .messageTyping(let ref): "/permohonan/\(Self.segment(ref))/pesan/ketikan"
        case .messageUpload(let ref, let place):
            "/permohonan/\(Self.segment(ref))/pesan/unggahan/\(Self.segment(place))"
        case .reportForm(let ref): "/permohonan/\(Self.segment(ref))/laporan/unggahan"
        case .reportUpload(let ref, let place):
            "/permohonan/\(Self.segment(ref))/laporan/unggahan/\(Self.segment(place))"
        case .unsentFile(let ref, let id): "/permohonan/\(Self.segment(ref))/belum-terkirim/\(Self.segment(id))"
        case .staffMessages(let ref): "/petugas/permohonan/\(Self.segment(ref))/pesan"
        case .staffMessageFile(let ref, let id):
            "/petugas/permohonan/\(Self.segment(ref))/pesan/\(Self.segment(id))"
        case .messagesSeen(let ref): "/petugas/permohonan/\(Self.segment(ref))/pesan-dibaca"
        case .another(let ref): "/permohonan/\(Self.segment(ref))/pengajuan-ulang"
        case .messagesPart(let ref, let part): "/permohonan/\(Self.segment(ref))?pesan=\(part)"
        case .eventsPart(let ref, let part): "/permohonan/\(Self.segment(ref))?riwayat=\(part)"
        case .reuse(let ref): "/permohonan/\(Self.segment(ref))/berkas-lama"
        case .merging: "/akun/penggabungan"
        case .mergeCheck(let token): "/akun/penggabungan/\(Self.segment(token))"
        case .contact: "/bantuan#kontak"
        case .telegram: "/akun/pemberitahuan/telegram"
        case .telegramEnd: "/akun/pemberitahuan/telegram/pemutusan"
        case .telegramLink(let token, let isPressed):
            "/akun/pemberitahuan/telegram"
                + Self.query([(Self.telegramTokenName, token), (Self.telegramPressedName, isPressed ? "1" : "")])
        case .whatsApp: "/akun/pemberitahuan/whatsapp"
        case .whatsAppCode: "/akun/pemberitahuan/whatsapp/pengiriman"
        case .whatsAppEnd: "/akun/pemberitahuan/whatsapp/pemutusan"
        case .transferRefusal(let token): "/pengalihan/\(Self.segment(token))/penolakan"
        }
    }

    /// Of the query that says which part of the corrections is asked for.
    public static let correctionPartName = "bagian"
    /// Of the query of the page that connects a chat at Telegram.
    public static let telegramTokenName = "kode"
    public static let telegramPressedName = "periksa"

    /// Two are the same when they lead to the same place.
    public static func == (left: Link, right: Link) -> Bool { left.path == right.path }

    /// One of each, as `CaseIterable` cannot give for cases with values.
    public static var samples: [Link] {
        [
            .home, .services, .help, .service("izin-penelitian"), .signUp, .signedUp, .logIn, .logOut,
            .activation("k7m2"), .account, .language, .activationMail, .applications, .application("BR7K-2QMX"),
            .section("BR7K-2QMX", "pemohon"), .serviceFor("penelitian", "Umum"),
            .eligibility("penelitian"),
            .eligibilityAnswers("penelitian", [("di_medan", "ya")]), .requirementList("penelitian", "Umum"),
            .linkBuilder("penelitian"), .linkedForm("penelitian", [("topik", "A & B")]),
            .row("BR7K-2QMX", "peserta", page: 1, number: 3), .rows("BR7K-2QMX", "peserta", page: 2),
            .roster("BR7K-2QMX", "peserta"), .attachments("BR7K-2QMX"),
            .typing("BR7K-2QMX", "pemohon"), .rosterTyping("BR7K-2QMX", "peserta"),
            .returnedRows("BR7K-2QMX", "peserta"), .returnedRows("BR7K-2QMX", "peserta", page: 2, row: 3),
            .returnedRowsTyping("BR7K-2QMX", "peserta"), .correctionsTyping("BR7K-2QMX"),
            .upload("BR7K-2QMX", "ktp"),
            .attachment("BR7K-2QMX", "12"),
            .check("BR7K-2QMX"), .submission("BR7K-2QMX"), .corrections("BR7K-2QMX"),
            .correctionPart("BR7K-2QMX", "bagian"), .withdrawal("BR7K-2QMX"),
            .letterFile("BR7K-2QMX"), .document("BR7K-2QMX", "tanda-terima"),
            .staffDocument("BR7K-2QMX", "penolakan"), .verification("f3q9"), .queue, .queueTab("selesai"),
            .queuePage("selesai", 2), .applicationsPage(2), .documentViewsPage(2), .activationsPage(2),
            .accountsPage(2),
            .logInThen("/layanan"), .signUpThen("/layanan/izin-penelitian"),
            .staffApplication("BR7K-2QMX"), .staffAttachment("BR7K-2QMX", "12"), .claim("BR7K-2QMX"),
            .verdicts("BR7K-2QMX"), .decision("BR7K-2QMX"), .signing("BR7K-2QMX"), .sendingBack("BR7K-2QMX"),
            .staffLetterFile("BR7K-2QMX"),
            .verificationStart, .verificationSearch, .fileCheck, .extending("BR7K-2QMX"), .report("BR7K-2QMX"),
            .publicKeys, .publicKeyFile("public-keys.pem"), .staffLetter("BR7K-2QMX"), .staffLetterOf("BR7K-2QMX", "7"),
            .revocation("BR7K-2QMX"), .voiding("BR7K-2QMX"), .replacement("BR7K-2QMX"),
            .staffReport("BR7K-2QMX"), .reportDecision("BR7K-2QMX"), .register, .registerPage("brida", 2026, 2),
            .reports, .reportsPage("terlambat", 2),
            .activations, .accountActivation("7"), .adminAccounts, .rejection("7"), .deletions,
            .forgottenPassword, .passwordSent, .newPassword("k7m2"), .emailConfirmation("k7m2"), .tracking,
            .passwordChange, .emailChange, .emailChangeWithdrawal, .phoneChange, .sessions, .notifications,
            .documentViews, .privacy, .export,
            .deletion, .deletionWithdrawal, .viewsOf("BR7K-2QMX"), .transferOffer("BR7K-2QMX"),
            .transferWithdrawal("BR7K-2QMX"), .transfer("k7m2"), .transferRefusal("k7m2"),
            .institutions, .newInstitution, .institution("3"), .invitations("3"), .invitation("k7m2"),
            .invitationWithdrawal("3", "8"), .institutionProfile("3"), .membership("3", "7"), .ownership("3", "7"),
            .sessionEnd("9f2c"),
            .filing("BR7K-2QMX"), .messages("BR7K-2QMX"), .messageFile("BR7K-2QMX", "3"),
            .messageTyping("BR7K-2QMX"), .messageUpload("BR7K-2QMX", "lampiran-1"), .reportForm("BR7K-2QMX"),
            .reportUpload("BR7K-2QMX", "laporan"), .unsentFile("BR7K-2QMX", "3"),
            .staffMessages("BR7K-2QMX"), .staffMessageFile("BR7K-2QMX", "3"), .messagesSeen("BR7K-2QMX"),
            .another("BR7K-2QMX"), .reuse("BR7K-2QMX"), .roster("BR7K-2QMX", "peserta", page: 2),
            .messagesPart("BR7K-2QMX", 2), .eventsPart("BR7K-2QMX", 2),
            .merging, .mergeCheck("k7m2"),
            .telegram, .telegramLink("k7m2", isPressed: true), .telegramEnd, .whatsApp, .whatsAppCode, .whatsAppEnd,
        ]
    }

    /// Addresses without a value, by name, for templates: `{{links.logIn}}`.
    static let fixed: [String: String] = [
        "home": Link.home.path, "services": Link.services.path,
        "help": Link.help.path, "signUp": Link.signUp.path,
        "language": Link.language.path, "logIn": Link.logIn.path, "logOut": Link.logOut.path,
        "account": Link.account.path,
        "emailChangeWithdrawal": Link.emailChangeWithdrawal.path, "activationMail": Link.activationMail.path,
        "applications": Link.applications.path,
        "queue": Link.queue.path, "activations": Link.activations.path,
        "verificationStart": Link.verificationStart.path,
        "forgottenPassword": Link.forgottenPassword.path, "tracking": Link.tracking.path,
        "sessions": Link.sessions.path, "export": Link.export.path, "institutions": Link.institutions.path,
        "newInstitution": Link.newInstitution.path, "notifications": Link.notifications.path,
        "telegram": Link.telegram.path,
        "deletionWithdrawal": Link.deletionWithdrawal.path,
    ]

    /// Empty values are left out; nothing at all when all are.
    static func query(_ pairs: [(name: String, value: String)]) -> String {
        let parts = pairs.filter { !$0.value.isEmpty }.map { "\(segment($0.name))=\(segment($0.value))" }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// RFC 3986 unreserved characters as they are, everything else percent-encoded as UTF-8.
    static func segment(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
