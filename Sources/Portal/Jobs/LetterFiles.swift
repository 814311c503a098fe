import Letters
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

    static func makeMissing(_ site: Site) throws {
        for letter in try site.store.lettersWithoutFile(limit: 100) { _ = try file(of: letter, site) }
    }
}
