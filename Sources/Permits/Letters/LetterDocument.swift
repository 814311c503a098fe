/// A letter as a value: the page that the signatory reads and the PDF that is issued are both made from it,
/// so that what was read is what is printed. All texts are final, in the order of the page, without markup.
public struct LetterDocument: Codable, Sendable, Equatable {
    /// BCP 47 tag of the texts, `id` for Indonesian.
    public var language: String
    /// Document title for metadata and window titles, such as `Surat Keterangan Riset 000.9/0001/BRIDA/2026`.
    public var title: String
    /// Name of the issuing office, for metadata.
    public var issuer: String
    public var blocks: [LetterBlock]
    /// Small lines at the foot of every page.
    public var footer: [String]

    public init(language: String, title: String, issuer: String, blocks: [LetterBlock], footer: [String]) {
        self.language = language
        self.title = title
        self.issuer = issuer
        self.blocks = blocks
        self.footer = footer
    }
}

public enum LetterBlock: Codable, Sendable, Equatable {
    /// First page only: government over office (size 3:4, office bold), address lines, thick-thin double rule.
    case letterhead(Letterhead)
    /// Centred, capitals, bold, underlined, with `NOMOR : ...` below.
    case title(text: String, number: String)
    /// In the place of a title: place and date, number and subject, addressee.
    case correspondence(CorrespondenceHead)
    case paragraph(String)
    /// Centred line between paragraphs, such as `MEMBERI KETERANGAN KEPADA`.
    case heading(String)
    /// Numbered list, after a label in the left column where there is one (`Dasar`, `Menimbang`).
    case numbered(label: String?, items: [String])
    /// Two columns, `label : value`.
    case fields([LetterField])
    case signature(SignatureBlock)
    /// `Tembusan`, numbered, lower left.
    case copies(label: String, items: [String])
    /// A roster on pages of its own.
    case annex(AnnexTable)
}

public struct Letterhead: Codable, Sendable, Equatable {
    public var government: String
    public var office: String
    public var lines: [String]

    public init(government: String, office: String, lines: [String]) {
        self.government = government
        self.office = office
        self.lines = lines
    }
}

public struct LetterField: Codable, Sendable, Equatable {
    public var label: String
    public var value: String
    public var bold: Bool

    public init(label: String, value: String, bold: Bool = false) {
        self.label = label
        self.value = value
        self.bold = bold
    }
}

/// Who signs, where and when. It is never split over pages and never stands alone on one.
public struct SignatureBlock: Codable, Sendable, Equatable {
    /// `Dikeluarkan di Medan`, `Pada tanggal 21 November 2026`.
    public var placeLines: [String]
    /// `KEPALA BADAN RISET DAN INOVASI DAERAH`, one line each.
    public var positionLines: [String]
    public var mark: ElectronicMark
    /// With degrees, printed bold.
    public var name: String
    /// Rank and NIP, one line each.
    public var nameLines: [String]

    public init(
        placeLines: [String], positionLines: [String], mark: ElectronicMark, name: String, nameLines: [String]
    ) {
        self.placeLines = placeLines
        self.positionLines = positionLines
        self.mark = mark
        self.name = name
        self.nameLines = nameLines
    }
}

/// QR code and what stands beside it.
public struct ElectronicMark: Codable, Sendable, Equatable {
    /// Absolute address that the QR code carries; nil before signing, when an empty frame is drawn instead.
    public var url: String?
    public var caption: [String]

    public init(url: String?, caption: [String]) {
        self.url = url
        self.caption = caption
    }
}
