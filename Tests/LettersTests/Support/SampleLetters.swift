import Permits

/// Letters as offices really write them.
enum SampleLetters {
    /// 21 November 2026, 09.30 WIB.
    static let created: Int64 = 1_795_228_200
    static let url = "https://izin.medan.go.id/verifikasi/7Q2M-XK4D-9TRB-5HWN"
    static let number = "000.9/0123/BRIDA/2026"

    static let research = LetterDocument(
        language: "id", title: "Surat Keterangan Riset \(number)",
        issuer: "Badan Riset dan Inovasi Daerah Kota Medan",
        blocks: [letterhead, title()] + basis + recipient() + [terms(6), closing, signature(), copies(5)],
        footer: footer)

    static let letterhead = LetterBlock.letterhead(
        Letterhead(
            government: "PEMERINTAH KOTA MEDAN", office: "BADAN RISET DAN INOVASI DAERAH",
            lines: [
                "Jalan Kapten Maulana Lubis Nomor 2, Kelurahan Petisah Tengah, Medan Petisah, Medan 20112",
                "Telepon (061) 4555693, Pos-el brida@medan.go.id, Laman brida.medan.go.id",
            ]))

    static func title(_ text: String = "SURAT KETERANGAN RISET") -> LetterBlock {
        .title(text: text, number: number)
    }

    static let basis: [LetterBlock] = [
        .numbered(
            label: "Dasar",
            items: [
                "Undang-Undang Nomor 11 Tahun 2019 tentang Sistem Nasional Ilmu Pengetahuan dan Teknologi;",
                "Peraturan Menteri Dalam Negeri Nomor 3 Tahun 2018 tentang Penerbitan Surat Keterangan Penelitian;",
                "Peraturan Wali Kota Medan Nomor 97 Tahun 2022 tentang Kedudukan, Susunan Organisasi, Tugas dan Fungsi, "
                    + "dan Tata Kerja Badan Riset dan Inovasi Daerah Kota Medan.",
            ]),
        .numbered(
            label: "Menimbang",
            items: [
                "Surat Dekan Fakultas Ilmu Sosial dan Ilmu Politik Universitas Sumatera Utara Nomor "
                    + "4821/UN5.2.1.9/PT.01.04/2026 tanggal 12 November 2026 perihal Permohonan Izin Penelitian."
            ]),
        .heading("MEMBERI KETERANGAN KEPADA"),
    ]

    static func recipient(name: String = "Siti Rahmawati Br. Siregar") -> [LetterBlock] {
        [
            .fields([
                LetterField(label: "Nama", value: name, bold: true),
                LetterField(label: "NIM", value: "220903045"),
                LetterField(label: "Program Studi", value: "Ilmu Administrasi Publik (S1)"),
                LetterField(label: "Perguruan Tinggi", value: "Universitas Sumatera Utara"),
                LetterField(
                    label: "Lokasi",
                    value: "Dinas Kependudukan dan Pencatatan Sipil Kota Medan; Kantor Camat Medan Baru"),
                LetterField(
                    label: "Judul",
                    value:
                        "Efektivitas Pelayanan Administrasi Kependudukan Berbasis Daring dalam Meningkatkan Kepuasan "
                        + "Masyarakat di Kota Medan"),
                LetterField(label: "Lamanya", value: "3 (tiga) bulan, 23 November 2026 s/d 22 Februari 2027"),
                LetterField(label: "Penanggung Jawab", value: "Dekan Fakultas Ilmu Sosial dan Ilmu Politik"),
            ])
        ]
    }

    private static let termItems = [
        "Sebelum melakukan riset terlebih dahulu melapor kepada pimpinan organisasi perangkat daerah lokasi riset.",
        "Mematuhi peraturan dan ketentuan yang berlaku di lokasi riset.",
        "Tidak dibenarkan melakukan riset atau aktivitas lain di luar lokasi yang telah ditetapkan.",
        "Hasil riset diserahkan kepada Kepala Badan Riset dan Inovasi Daerah Kota Medan selambat-lambatnya 2 (dua) "
            + "bulan setelah riset selesai, dalam bentuk salinan digital.",
        "Surat keterangan riset ini dinyatakan batal apabila pemegangnya tidak mematuhi ketentuan tersebut di atas.",
        "Surat keterangan riset ini berlaku sejak tanggal dikeluarkan.",
        "Perpanjangan diajukan paling lambat 7 (tujuh) hari kerja sebelum masa berlaku berakhir melalui portal layanan.",
        "Data pribadi responden wajib dilindungi sesuai dengan Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan "
            + "Data Pribadi dan hanya dipakai untuk keperluan riset ini.",
    ]

    static func terms(_ count: Int) -> LetterBlock {
        .numbered(label: "Ketentuan", items: Array(termItems.prefix(count)))
    }

    static let closing = LetterBlock.paragraph(
        "Demikian surat keterangan ini diberikan untuk dapat dipergunakan sebagaimana mestinya.")

    static func signature(
        url: String? = url, name: String = "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si."
    ) -> LetterBlock {
        .signature(
            SignatureBlock(
                placeLines: ["Dikeluarkan di Medan", "Pada tanggal 21 November 2026"],
                positionLines: ["KEPALA BADAN RISET DAN INOVASI DAERAH", "KOTA MEDAN,"],
                mark: ElectronicMark(
                    url: url,
                    caption: url == nil
                        ? ["Belum ditandatangani.", "Kode QR dicetak di sini setelah surat ditandatangani."]
                        : [
                            "Ditandatangani secara elektronik.",
                            "Pindai kode QR untuk memeriksa keaslian surat ini.",
                        ]),
                name: name, nameLines: ["Pembina Utama Muda (IV/c)", "NIP 19681231 199303 1 001"]))
    }

    static func copies(_ count: Int) -> LetterBlock {
        let known = [
            "Wali Kota Medan (sebagai laporan)", "Sekretaris Daerah Kota Medan",
            "Kepala Dinas Kependudukan dan Pencatatan Sipil Kota Medan", "Camat Medan Baru",
            "Dekan Fakultas Ilmu Sosial dan Ilmu Politik Universitas Sumatera Utara",
        ]
        let more = (0..<max(0, count - known.count)).map { "Lurah pada Kecamatan Medan Baru, kelurahan ke-\($0 + 1)" }
        return .copies(label: "Tembusan", items: Array((known + more).prefix(count)))
    }

    static let footer = [
        "Undang-Undang Nomor 11 Tahun 2008 Pasal 5 ayat (1): Informasi Elektronik dan/atau Dokumen Elektronik dan/atau "
            + "hasil cetaknya merupakan alat bukti hukum yang sah."
    ]
}
