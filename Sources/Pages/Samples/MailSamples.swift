private let sampleSite = "Suratizin Kota Medan"
private let sampleName = "Siti Aminah Lubis"
private let sampleKind = "Surat Keterangan Riset"
private let sampleReference = "BR7K-2QMX"
private let sampleLink = "https://suratizin.example\(Link.application(sampleReference).path)"

extension ActivationMail {
    public static var samples: [ActivationMail] {
        [ActivationMail(siteName: sampleSite, name: sampleName, link: "https://suratizin.example/aktivasi/k7m2")]
    }
}

extension AccountActivatedMail {
    public static var samples: [AccountActivatedMail] {
        [AccountActivatedMail(siteName: sampleSite, name: sampleName, link: "https://suratizin.example/masuk")]
    }
}

extension SubmittedMail {
    public static var samples: [SubmittedMail] {
        [
            SubmittedMail(
                siteName: sampleSite, name: sampleName, reference: sampleReference, kind: sampleKind,
                expected: "Selasa, 24 November 2026",
                link: sampleLink)
        ]
    }
}

extension ReturnedMail {
    public static var samples: [ReturnedMail] {
        [
            ReturnedMail(
                siteName: sampleSite, name: sampleName, reference: sampleReference, kind: sampleKind, count: 2,
                link: sampleLink)
        ]
    }
}

extension RefusedMail {
    public static var samples: [RefusedMail] {
        [
            RefusedMail(
                siteName: sampleSite, name: sampleName, reference: sampleReference, kind: sampleKind, link: sampleLink)
        ]
    }
}

extension IssuedMail {
    public static var samples: [IssuedMail] {
        [
            IssuedMail(
                siteName: sampleSite, name: sampleName, reference: sampleReference, kind: sampleKind,
                number: "000.9/0001/BRIDA/2026",
                link: sampleLink)
        ]
    }
}
