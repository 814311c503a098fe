/// Limits of pictures.
enum Picture {
    /// Pixels. Phones with 50-megapixel cameras stay just below.
    static let maxPixels = 50_000_000
    /// Bytes of a PNG's rows, unpacked: 50 megapixels of four bytes, with something to spare.
    static let maxRowBytes = 256 << 20

    static func checkSize(_ width: Int, _ height: Int) throws(FileFault) {
        guard width > 0, height > 0 else { throw .damaged }
        guard width.multipliedReportingOverflow(by: height).overflow == false, width * height <= maxPixels else {
            throw .tooManyPixels
        }
    }
}
