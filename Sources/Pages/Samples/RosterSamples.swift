extension RosterForm {
    public static var samples: [RosterForm] {
        let bad = RosterRow(
            id: "b3", legend: "Baris 3", source: "Maria Simbolon;19;S1 Gizi;08",
            error: "Baris ini punya 4 kolom, seharusnya 3.",
            fields: [
                field("b3.nama", "Nama lengkap", "Maria Simbolon"),
                field("b3.nim", "NIM", "19", error: "Tulis NIM 5 sampai 20 karakter."),
            ], stampName: "b3.cap", stamp: "k2f9", removal: "3-k2f9")
        let lines = [("Siti Aminah Lubis", "190501023"), ("Rahmat Hidayat", "190501024"), ("Maria Simbolon", "19")]
        let rows = lines.enumerated().map { index, line in
            RosterLine(
                number: "\(index + 1)", name: line.0, cells: [RosterCell(label: "NIM", value: line.1)],
                isFaulty: index == 2,
                editPath: Link.row("BR7K-2QMX", "peserta", page: 1, number: index + 1).path,
                removal: "\(index + 1)-k2f9")
        }
        let unreadable = "Berkas daftar peserta tidak dapat dibaca."
        var full = form(count: "52 baris, 1 perlu dibetulkan", open: [bad], rows: rows, fault: nil)
        full.added = Notice(tone: .good, text: "Baris masuk ke daftar, sekarang 52.")
        full.removed = Notice(tone: .good, text: "Baris dihapus dari daftar, sekarang 52.")
        var returned = full
        (returned.progress, returned.remark) = (nil, "NIM peserta nomor 3 keliru.")
        return [full, returned, form(count: "0 baris", open: [], rows: [], fault: unreadable)]
    }

    private static func field(_ name: String, _ label: String, _ value: String = "", error: String? = nil) -> FieldModel
    {
        FieldModel(.line, name: name, label: label, value: value, error: error)
    }

    private static func form(count: String, open: [RosterRow], rows: [RosterLine], fault: String?) -> RosterForm {
        let paste = FieldModel(
            .textarea(rows: 6), name: "tempel", label: "Tempel baris dari Excel", value: fault == nil ? "" : "Siti\t19",
            hint: "Urutan kolom: Nama lengkap, NIM.", error: fault, isRequired: false)
        return RosterForm(
            reference: "BR7K-2QMX", kind: "Surat Rekomendasi KKN", title: "Peserta KKN", progress: .sample(3),
            hint: rows.isEmpty ? nil : "Tulis semua mahasiswa.", action: Link.roster("BR7K-2QMX", "peserta").path,
            typing: .sample, backPath: Link.section("BR7K-2QMX", "penanggung").path, count: count, open: open,
            openHeading: "Baris yang perlu dibetulkan",
            moreOpen: open.isEmpty ? nil : "Masih ada 4 baris lagi yang perlu dibetulkan.",
            blank: RosterRow(
                id: "baru", legend: "Baris baru",
                fields: [field("baru.nama", "Nama lengkap"), field("baru.nim", "NIM")]),
            columns: ["Nama lengkap", "NIM"], rows: rows,
            pager: rows.isEmpty
                ? nil
                : Pager(
                    number: 2, previousPath: Link.rows("BR7K-2QMX", "peserta", page: 1).path,
                    nextPath: Link.rows("BR7K-2QMX", "peserta", page: 3).path), paste: paste,
            fileName: "daftar", leftOut: rows.isEmpty ? nil : "Tidak dimasukkan: Alamat.",
            problems: ProblemSummary(fields: [paste]))
    }
}
