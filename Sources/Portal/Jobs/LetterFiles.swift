import Letters
import Logging
import Permits
import Store

/// Files of issued letters, which were kept before their letters were.
enum LetterFiles {
    /// A letter of a release that made files after the signature gets its file when it is asked for.
    static func file(of letter: Letter, _ site: Site) throws -> StoredFile {
        if let known = letter.pdfSHA256, let size = site.vault.size(of: known) {
            return StoredFile(sha256: known, size: size)
        }
        guard letter.pdfSHA256 == nil else { throw LetterFileMissing(letter: letter.id) }
        return try site.vault.keep(site.letters.pdf(letter.document, created: letter.issuedAt.seconds))
    }

    /// A day is far longer than any request takes between keeping a file and referring to it.
    static func sweep(_ site: Site) throws {
        let count = try site.vault.sweep(
            olderThan: 86_400, now: Int(site.now().seconds), referred: { try site.store.referredFiles(among: $0) })
        if count > 0 { site.logger.notice("removed \(count) files that nothing referred to") }
    }
}

/// A signed file is gone from the vault: it cannot be made again, only restored from a backup.
struct LetterFileMissing: Error {
    let letter: Int64
}
