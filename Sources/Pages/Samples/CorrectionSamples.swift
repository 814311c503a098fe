extension Corrections {
    public static var samples: [Corrections] {
        func explanation(_ key: String, _ value: String = "") -> FieldModel {
            FieldModel(
                .textarea(rows: 2), name: "benar.\(key)", label: "Mengapa sudah benar?", value: value,
                isRequired: false, maxLength: 1000)
        }
        func corrections(_ error: String?, isExplained: Bool) -> Corrections {
            let title = FieldModel(
                .textarea(rows: 3), name: "judul", label: "Judul penelitian",
                value: "Pengaruh Pelayanan Digital", error: error,
                remark: "Samakan dengan judul pada halaman depan proposal.", judged: "Pengaruh Pelayanan Digital")
            let card = FileFieldModel(
                name: "berkas.ktp", label: "KTP", kinds: "PDF, JPEG, atau PNG", limit: "10 MB",
                maxBytes: 10 * 1024 * 1024, accept: ".pdf,.jpg,.jpeg,.png", isRequired: true,
                remark: "Foto buram, NIK tidak terbaca.", file: isExplained ? nil : .card)
            return Corrections(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset",
                returnedAt: "Jumat, 20 November 2026 pukul 10.05 WIB",
                tasks: [
                    TaskItem(label: "Judul penelitian", reason: title.remark ?? "", path: "#f-judul"),
                    TaskItem(
                        label: "KTP", reason: card.remark ?? "", path: "#f-berkas-ktp", isDone: card.file != nil),
                ],
                fields: [
                    FieldToMend(
                        field: title, explanation: explanation("judul", isExplained ? "Judul ini sudah sama." : ""),
                        isExplained: isExplained)
                ],
                files: [
                    PaperToMend(
                        upload: card, old: .card, explanation: explanation("ktp"), isExplained: isExplained)
                ],
                action: Link.corrections("BR7K-2QMX").path,
                uploadPath: Link.upload("BR7K-2QMX", "").path, typing: .sample,
                backPath: Link.application("BR7K-2QMX").path,
                problems: ProblemSummary(fields: [title], files: [card]))
        }
        return [
            corrections(nil, isExplained: false),
            corrections("Perbaiki judul penelitian: isinya masih sama dengan yang dikembalikan.", isExplained: true),
        ]
    }
}
