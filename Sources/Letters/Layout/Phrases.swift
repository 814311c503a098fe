/// Words that the renderer itself adds, in the language of the letter.
struct Phrases {
    private let indonesian: Bool

    init(language: String) {
        let primary = language.prefix { $0 != "-" }.lowercased()
        indonesian = primary == "id" || primary.isEmpty
    }

    var number: String { indonesian ? "NOMOR" : "NUMBER" }

    func page(_ page: Int, of count: Int) -> String {
        indonesian ? "Halaman \(page) dari \(count)" : "Page \(page) of \(count)"
    }

    /// The sealed data behind the address are for machines.
    func code(_ sealed: String) -> String {
        let url = String(sealed.prefix { $0 != "#" })
        return indonesian
            ? "Kode QR untuk memeriksa keaslian surat: \(url)" : "QR code to verify this letter: \(url)"
    }
}
