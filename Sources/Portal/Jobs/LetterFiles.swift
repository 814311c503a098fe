import Letters
import Logging
import Permits
import Store

/// Files of issued letters. A letter's text is frozen when it is signed; its file is made from that text right after,
/// and again by the next start should the process end in between: the same bytes either way.
enum LetterFiles {
    static func file(of letter: Letter, _ site: Site) throws -> StoredFile {
        if let known = letter.pdfSHA256, let size = site.vault.size(of: known) {
            return StoredFile(sha256: known, size: size)
        }
        let file = try site.vault.keep(site.letters.pdf(letter.document, created: letter.issuedAt.seconds))
        try site.store.setFile(file, of: letter)
        return file
    }

    /// A day is far longer than any request takes between keeping a file and referring to it.
    static func sweep(_ site: Site) throws {
        let count = try site.vault.sweep(
            olderThan: 86_400, now: Int(site.now().seconds), referred: { try site.store.referredFiles(among: $0) })
        if count > 0 { site.logger.notice("removed \(count) files that nothing referred to") }
    }

    static func makeMissing(_ site: Site) throws {
        for letter in try site.store.lettersWithoutFile(limit: 100) {
            // One that cannot be made keeps no other from being made.
            do { _ = try file(of: letter, site) } catch { site.logger.error("file of letter \(letter.id): \(error)") }
        }
    }
}
