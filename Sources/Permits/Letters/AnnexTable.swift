/// A list that belongs to a letter and begins on a page of its own; its head row stands again on each further page.
public struct AnnexTable: Codable, Sendable, Equatable {
    public struct Column: Codable, Sendable, Equatable {
        public var label: String
        /// Share of the text's width, in relation to the other columns.
        public var width: Double

        public init(label: String, width: Double) {
            self.label = label
            self.width = width
        }
    }

    /// Which letter it belongs to: `Lampiran Surat Keterangan Riset`, `Nomor : ...`, `Tanggal : ...`.
    public var lines: [String]
    public var title: String
    public var columns: [Column]
    /// A cell for each column.
    public var rows: [[String]]

    public init(lines: [String], title: String, columns: [Column], rows: [[String]]) {
        self.lines = lines
        self.title = title
        self.columns = columns
        self.rows = rows
    }
}
