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
        var part = corrections(nil, isExplained: true)
        (part.part, part.held) = ("Bagian 2 dari 4", "judul berkas.ktp")
        let roster = FieldModel(
            .line, name: "peserta", label: "Peserta KKN", error: "Betulkan dahulu baris 3.",
            remark: "NIM peserta nomor 3 keliru.", judged: "52 orang")
        part.fields.append(FieldToMend(field: roster, listed: "52 baris, 1 perlu dibetulkan"))
        return [
            part, corrections(nil, isExplained: false),
            corrections("Perbaiki judul penelitian: isinya masih sama dengan yang dikembalikan.", isExplained: true),
        ]
    }
}

extension CorrectionList {
    public static var samples: [CorrectionList] {
        func task(_ label: String, _ key: String, isDone: Bool) -> TaskItem {
            let path = "\(Link.correctionPart("BR7K-2QMX", key).path)#\(FieldModel.identifier(key))"
            return TaskItem(label: label, reason: "", path: path, isDone: isDone)
        }
        func list(done: Int, problems: ProblemSummary? = nil) -> CorrectionList {
            let isAll = done == 2
            return CorrectionList(
                reference: "BR7K-2QMX", kind: "Surat Keterangan KKN",
                returnedAt: "Jumat, 20 November 2026 pukul 10.05 WIB", progress: "\(done) dari 2 selesai.",
                groups: [
                    CorrectionGroup(title: "Bagian 1 dari 2", tasks: [task("Tema KKN", "tema", isDone: true)]),
                    CorrectionGroup(title: "Bagian 2 dari 2", tasks: [task("KTP", "ktp", isDone: isAll)]),
                ],
                nextPath: isAll ? nil : Link.correctionPart("BR7K-2QMX", "ktp").path,
                action: Link.corrections("BR7K-2QMX").path, backPath: Link.application("BR7K-2QMX").path,
                problems: problems)
        }
        let target = "\(Link.correctionPart("BR7K-2QMX", "ktp").path)#f-ktp"
        return [
            list(done: 1), list(done: 2),
            list(done: 1, problems: ProblemSummary(items: [ProblemItem(text: "Unggah KTP.", target: target)])),
        ]
    }
}
