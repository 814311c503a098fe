extension ChangeRow {
    static var samples: [ChangeRow] {
        let old = FileModel(name: "ktp-lama.jpg", size: "640 KB", path: Link.attachment("BR7K-2QMX", "4").path)
        let new = FileModel(
            name: "ktp.pdf", size: "1,2 MB", path: Link.attachment("BR7K-2QMX", "9").path, pages: "1 halaman")
        return [
            ChangeRow(
                label: "Judul penelitian", reason: "Tulis judul lengkapnya.", oldValue: "Pengaruh Layanan",
                newValue: "Pengaruh Pelayanan Digital"),
            ChangeRow(label: "KTP", oldFile: old, newFile: new),
            ChangeRow(label: "NIM", explanation: "NIM saya memang sembilan angka."),
        ]
    }
}

extension ApplicationStatus {
    public static var samples: [ApplicationStatus] {
        let sent = ApplicationStatus(
            reference: "BR7K-2QMX", kind: "Surat Keterangan Riset",
            summary: "Pengaruh Pelayanan Digital terhadap Kepuasan Warga di Kecamatan Medan Helvetia",
            tag: TagModel(label: "Diajukan", tone: .info), headline: "Petugas sedang memeriksa permohonan Anda",
            explanation:
                "Kami memberi kabar lewat surel kalau ada yang perlu diperbaiki atau kalau surat sudah terbit.",
            holder: "Petugas pemeriksa", dateLabel: "Perkiraan selesai", date: "Selasa, 24 November 2026",
            way: WayStep.samples, isJustSent: true,
            submitted: "Kamis, 19 November 2026 pukul 09.31 WIB", tasks: [],
            timeline: Array(TimelineItem.samples.dropFirst()), sections: SummarySection.samples(change: false),
            papers: PaperRow.samples(change: false), withdrawalPath: Link.withdrawal("BR7K-2QMX").path,
            viewsPath: Link.viewsOf("BR7K-2QMX").path, transferPath: Link.transferOffer("BR7K-2QMX").path,
            institution: "Universitas Sumatera Utara", filingPath: Link.filing("BR7K-2QMX").path)
        var measured = sent
        measured.usual = "9 dari 10 berkas dalam 90 hari terakhir selesai dalam 2 hari kerja."
        measured.place = .sample()
        var returned = sent
        returned.tag = TagModel(label: "Perlu Perbaikan", tone: .warn)
        returned.headline = "Ada yang perlu Anda perbaiki"
        returned.explanation = "Perbaiki bagian di bawah ini saja. Waktu proses berhenti selama Anda memperbaiki."
        returned.holder = "Anda"
        returned.date = "3 hari kerja setelah perbaikan dikirim"
        returned.isAsked = true
        returned.offered = "Ditawarkan kepada joko@contoh.id, sampai 27 November 2026."
        returned.conversation = .sample(isOffice: false)
        returned.isJustSent = false
        returned.changes = [
            ChangeRound(title: "Dikirim Jumat, 20 November 2026 pukul 10.15", rows: ChangeRow.samples),
            ChangeRound(
                title: "Dikirim Rabu, 18 November 2026 pukul 09.00",
                rows: [ChangeRow(label: "NIM", oldValue: "190509", newValue: "190509999")]),
        ]
        returned.changesTitle = "Lihat yang Anda perbaiki"
        returned.correctionsPath = Link.corrections("BR7K-2QMX").path
        returned.tasks = [
            TaskItem(
                label: "Judul penelitian", reason: "Samakan dengan judul pada halaman depan proposal.",
                path: Link.corrections("BR7K-2QMX").path + "#f-judul"),
            TaskItem(
                label: "KTP", reason: "Foto buram, NIK tidak terbaca.",
                path: Link.corrections("BR7K-2QMX").path + "#f-berkas-ktp"),
        ]
        returned.timeline = TimelineItem.samples
        returned.otherEvents = ListParts(
            label: "Bagian lain dari riwayat", olderPath: Link.eventsPart("BR7K-2QMX", 3).path,
            newerPath: Link.eventsPart("BR7K-2QMX", 1).path)
        var issued = sent
        issued.tag = TagModel(label: "Terbit", tone: .good)
        issued.headline = "Surat Anda sudah terbit"
        issued.explanation =
            "Unduh dan simpan suratnya. Siapa pun dapat memeriksa keasliannya lewat kode QR di surat."
        issued.holder = "Tidak ada, sudah selesai"
        issued.date = "Senin, 23 November 2026"
        issued.conversation = ConversationModel(items: [], note: "Percakapan sudah ditutup.")
        issued.anotherAction = Link.another("BR7K-2QMX").path
        issued.isJustSent = false
        issued.letter = .extendableSample
        issued.duty = .openSample
        issued.withdrawalPath = nil
        var refused = sent
        refused.tag = TagModel(label: "Ditolak", tone: .bad)
        refused.headline = "Permohonan Anda ditolak"
        refused.explanation = "Kantor tidak dapat menerbitkan surat ini. Alasannya ada di bawah."
        refused.way[1] = WayStep(label: "Pemeriksaan petugas", place: .stopped, note: "Ditolak")
        refused.isJustSent = false
        refused.refusal = "Lokasi penelitian berada di luar Kota Medan."
        refused.withdrawalPath = nil
        refused.officePapers = DocumentLink.samples
        var draft = sent
        draft.tag = TagModel(label: "Draf", tone: .neutral)
        draft.headline = "Belum dikirim"
        draft.explanation = "Lengkapi isian dan berkas, lalu kirim. Petugas belum melihat draf ini."
        draft.holder = "Anda"
        draft.submitted = nil
        draft.isJustSent = false
        draft.deletion = "Jika tidak dilanjutkan, draf ini dihapus pada 19 Desember 2026."
        draft.draftPath = Link.section("BR7K-2QMX", "penelitian").path
        draft.timeline = [TimelineItem.samples[2]]
        var withdrawn = sent
        withdrawn.isJustSent = false
        withdrawn.withdrawalPath = nil
        withdrawn.notes = [SummaryRow(label: "KTP", value: "Foto buram, NIK tidak terbaca.")]
        var expired = draft
        expired.tag = TagModel(label: "Draf dihapus", tone: .neutral)
        expired.headline = "Draf ini sudah dihapus"
        expired.explanation = "Draf ini lama tidak dilanjutkan, jadi portal menghapusnya bersama isian dan berkasnya."
        expired.way[0] = WayStep(label: "Pengisian", place: .stopped, note: "Draf dihapus")
        (expired.draftPath, expired.deletion, expired.withdrawalPath) = (nil, nil, nil)
        expired.isErased = true
        expired.servicePath = Link.service("penelitian").path
        var revoked = issued
        revoked.tag = TagModel(label: "Dicabut", tone: .bad)
        revoked.headline = "Surat Anda dicabut"
        revoked.letter = .revokedSample
        revoked.duty = .returnedSample
        var replacing = sent
        replacing.isJustSent = false
        replacing.follow = .sample
        replacing.letter = .sample
        replacing.withdrawalPath = nil
        return [sent, measured, returned, issued, refused, withdrawn, draft, expired, revoked, replacing]
    }
}

extension Withdrawal {
    public static var samples: [Withdrawal] {
        [true, false].map { isDraft in
            Withdrawal(
                reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", summary: "Pengaruh Pelayanan Digital",
                isDraft: isDraft, filed: isDraft ? nil : "Atas nama Yayasan Riset Deli, diajukan Bayu",
                reason: isDraft
                    ? nil
                    : FieldModel(
                        .textarea(rows: 3), name: reasonName, label: "Alasan membatalkan",
                        hint: "Dibaca petugas kantor.",
                        error: "Singkatkan alasan: paling banyak 500 karakter.", isRequired: false,
                        maxLength: 500),
                action: Link.withdrawal("BR7K-2QMX").path, backPath: Link.application("BR7K-2QMX").path)
        }
    }
}
