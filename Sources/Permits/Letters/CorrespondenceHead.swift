/// The head of a letter that is written to somebody (*korespondensi*): where and when at the right, then number, kind,
/// enclosures and subject, then the addressee.
public struct CorrespondenceHead: Codable, Sendable, Equatable {
    /// `Medan, 21 November 2026`
    public var placeAndDate: String
    /// `Nomor`, `Sifat`, `Lampiran`, `Hal`.
    public var rows: [LetterField]
    /// `Yth. Kepala Dinas Kesehatan Kota Medan`, one line each.
    public var addressee: [String]
    /// `di-` and the place; all but the first are set in.
    public var addresseePlace: [String]

    public init(placeAndDate: String, rows: [LetterField], addressee: [String], addresseePlace: [String]) {
        self.placeAndDate = placeAndDate
        self.rows = rows
        self.addressee = addressee
        self.addresseePlace = addresseePlace
    }
}
