import Permits

extension LetterDocument {
    static func sample(number: String, address: String?) -> LetterDocument {
        LetterDocument(
            language: "id", title: "Surat Keterangan Riset", issuer: "Badan Riset dan Inovasi Daerah Kota Medan",
            blocks: [
                .letterhead(
                    Letterhead(
                        government: "PEMERINTAH KOTA MEDAN", office: "BADAN RISET DAN INOVASI DAERAH",
                        lines: [
                            "Jalan Kapten Maulana Lubis Nomor 2, Medan 20112",
                            "Telepon (061) 455 5693, surel brida@pemkomedan.go.id",
                        ])),
                .title(text: "SURAT KETERANGAN RISET", number: "NOMOR : \(number)"),
                .correspondence(
                    CorrespondenceHead(
                        placeAndDate: "Medan, 21 November 2026",
                        rows: [
                            LetterField(label: "Nomor", value: number), LetterField(label: "Sifat", value: "Biasa"),
                            LetterField(label: "Hal", value: "Permohonan izin magang"),
                        ],
                        addressee: ["Yth. Camat Medan Helvetia"], addresseePlace: ["di-", "Medan"])),
                .numbered(
                    label: "Dasar",
                    items: [
                        "Peraturan Menteri Dalam Negeri Nomor 3 Tahun 2018 tentang Penerbitan Surat Keterangan Penelitian;",
                        "Peraturan Wali Kota Medan tentang Kedudukan dan Tugas Badan Riset dan Inovasi Daerah.",
                    ]),
                .numbered(
                    label: "Menimbang",
                    items: [
                        "Surat Dekan Fakultas Ilmu Sosial dan Ilmu Politik Universitas Sumatera Utara Nomor 1204/UN5.2/2026."
                    ]),
                .numbered(label: nil, items: ["Berkas permohonan telah lengkap."]),
                .heading("MEMBERI KETERANGAN KEPADA"),
                .fields([
                    LetterField(label: "Nama", value: "SITI AMINAH LUBIS", bold: true),
                    LetterField(label: "NIM", value: "210501042"),
                    LetterField(label: "Perguruan tinggi", value: "Universitas Sumatera Utara"),
                    LetterField(
                        label: "Judul",
                        value: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia"),
                    LetterField(label: "Lamanya", value: "3 (tiga) bulan"),
                ]),
                .paragraph("Demikian surat keterangan ini diberikan untuk dapat dipergunakan sebagaimana mestinya."),
                .signature(
                    SignatureBlock(
                        placeLines: ["Dikeluarkan di Medan", "Pada tanggal 21 November 2026"],
                        positionLines: ["KEPALA BADAN RISET DAN", "INOVASI DAERAH KOTA MEDAN,"],
                        mark: ElectronicMark(
                            url: address,
                            caption: [
                                "Ditandatangani secara elektronik.",
                                "Pindai kode QR untuk memeriksa keaslian surat ini.",
                            ]),
                        name: "Dr. RATNA DEWI HARAHAP, M.Si.",
                        nameLines: ["Pembina Utama Muda (IV/c)", "NIP 19681231 199303 1 001"])),
                .copies(label: "Tembusan:", items: ["Wali Kota Medan;", "Camat Medan Helvetia."]),
                .annex(
                    AnnexTable(
                        lines: ["Lampiran Surat Keterangan Riset", "Nomor : \(number)"], title: "DAFTAR PESERTA",
                        columns: [
                            AnnexTable.Column(label: "No.", width: 0.4), AnnexTable.Column(label: "Nama", width: 3),
                            AnnexTable.Column(label: "NIM", width: 1.5),
                        ],
                        rows: [["1", "Siti Aminah Lubis", "210501042"], ["2", "Togar Sinaga", "210501043"]])),
            ],
            footer: [
                "Dokumen elektronik dan hasil cetaknya merupakan alat bukti hukum yang sah (UU ITE Pasal 5 ayat (1))."
            ])
    }
}
