extension PublicKeysPage {
    public static var samples: [PublicKeysPage] {
        let print = "4F1A 09C2 77B0 3DE8 5A61 90CC 1D2E 8F34 4F1A 09C2 77B0 3DE8 5A61 90CC 1D2E 8F34"
        let root = PublicCertificate(
            use: "Sertifikat akar", office: "Pemerintah Kota Medan", valid: "1 November 2026 sampai 1 November 2046",
            tag: TagModel(label: "Berlaku", tone: .good), fingerprint: print)
        var seal = root
        seal.use = "Segel kode QR"
        seal.tag = TagModel(label: "Dicabut 2 Desember 2026: kunci mungkin bocor", tone: .bad)
        return [
            PublicKeysPage(
                files: ["public-keys.pem", "root.pem", "revoked.crl.pem"].map {
                    PublicKeyFile(name: $0, path: Link.publicKeyFile($0).path, text: "Semua dalam satu berkas.")
                }, certificates: [root, seal], backPath: Link.verificationStart.path),
            PublicKeysPage(files: [], certificates: [], backPath: Link.verificationStart.path),
        ]
    }
}
