import Permits

/// A research letter of usual length.
enum Sample {
    static let number = "000.9/0123/BRIDA/2026"
    static let url = "https://perizinan.brida.medan.go.id/verifikasi/q3Zt0dJmYp7wX2nB8vKcR5sHfL1aUeGo"

    static let document = LetterDocument(
        language: "id", title: "Surat Keterangan Riset \(number)",
        issuer: "Badan Riset dan Inovasi Daerah Kota Medan",
        blocks: [
            .letterhead(
                Letterhead(
                    government: "PEMERINTAH KOTA MEDAN", office: "BADAN RISET DAN INOVASI DAERAH",
                    lines: ["Jalan Kapten Maulana Lubis Nomor 2, Medan 20112", "Pos-el brida@medan.go.id"])),
            .title(text: "SURAT KETERANGAN RISET", number: number),
            .numbered(
                label: "Dasar",
                items: [
                    "Undang-Undang Nomor 11 Tahun 2019 tentang Sistem Nasional Ilmu Pengetahuan dan Teknologi;",
                    "Peraturan Menteri Dalam Negeri Nomor 3 Tahun 2018 tentang Penerbitan Surat Keterangan Penelitian;",
                    "Peraturan Wali Kota Medan Nomor 97 Tahun 2022 tentang Kedudukan dan Susunan Organisasi.",
                ]),
            .heading("MEMBERI KETERANGAN KEPADA"),
            .fields([
                LetterField(label: "Nama", value: "Siti Rahmawati Br. Siregar", bold: true),
                LetterField(label: "NIM", value: "220903045"),
                LetterField(label: "Program Studi", value: "Ilmu Administrasi Publik (S1)"),
                LetterField(label: "Perguruan Tinggi", value: "Universitas Sumatera Utara"),
                LetterField(label: "Lokasi", value: "Dinas Kependudukan dan Pencatatan Sipil Kota Medan"),
                LetterField(
                    label: "Judul",
                    value: "Efektivitas Pelayanan Administrasi Kependudukan Berbasis Daring di Kota Medan"),
                LetterField(label: "Lamanya", value: "3 (tiga) bulan, 23 November 2026 s.d. 22 Februari 2027"),
            ]),
            .numbered(
                label: "Ketentuan",
                items: [
                    "Sebelum melakukan riset terlebih dahulu melapor kepada pimpinan perangkat daerah lokasi riset.",
                    "Mematuhi peraturan dan ketentuan yang berlaku di lokasi riset.",
                    "Hasil riset diserahkan selambat-lambatnya 2 (dua) bulan setelah riset selesai.",
                ]),
            .paragraph("Demikian surat keterangan ini diberikan untuk dapat dipergunakan sebagaimana mestinya."),
            .signature(
                SignatureBlock(
                    placeLines: ["Dikeluarkan di Medan", "Pada tanggal 21 November 2026"],
                    positionLines: ["KEPALA BADAN RISET DAN INOVASI DAERAH", "KOTA MEDAN,"],
                    mark: ElectronicMark(
                        url: url + "#" + String(repeating: "01234567890123456", count: 20),
                        caption: ["Ditandatangani secara elektronik.", "Pindai kode QR untuk memeriksa keaslian."]),
                    name: "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.",
                    nameLines: ["Pembina Utama Muda (IV/c)", "NIP 19681231 199303 1 001"])),
            .copies(label: "Tembusan", items: ["Wali Kota Medan (sebagai laporan)", "Camat Medan Baru"]),
        ],
        footer: ["Informasi Elektronik dan/atau hasil cetaknya merupakan alat bukti hukum yang sah."])

    /// The same with a roster in its annex.
    static func document(people: Int) -> LetterDocument {
        var letter = document
        letter.blocks.append(
            .annex(
                AnnexTable(
                    lines: ["Lampiran Surat Keterangan Riset", "Nomor : \(number)"], title: "DAFTAR PESERTA",
                    columns: [
                        AnnexTable.Column(label: "No.", width: 0.4), AnnexTable.Column(label: "Nama", width: 3),
                        AnnexTable.Column(label: "NIM", width: 1.5),
                        AnnexTable.Column(label: "Program Studi", width: 2),
                    ],
                    rows: (1...people).map {
                        ["\($0)", "Siti Aminah Rahmawati Lubis", "19050\(10_000 + $0)", "S1 Ilmu Administrasi Publik"]
                    })))
        return letter
    }
}
