import Permits
import Store
import Testing

@Suite struct FileScanTests {
    @Test func isKeptWithItsFileAndNotWithoutIt() throws {
        let world = try World()
        let reference = try world.filledDraft()
        let file = try world.vault.keep(Array("foto".utf8))
        let scan = FileScan(
            kind: .jpeg, width: 640, height: 400, scanner: "structure/1, clamd", detail: "-", scannedAt: World.now)
        #expect(try world.store.scan(of: file.sha256) == nil)
        // What is refused leaves nothing behind.
        #expect(throws: PermitError.notFound) {
            try world.store.attach(
                file, scanned: scan, named: "k.jpg", for: "ktp", to: reference, by: world.joko, at: World.now)
        }
        #expect(try world.store.scan(of: file.sha256) == nil)
        try world.store.attach(
            file, scanned: scan, named: "k.jpg", for: "ktp", to: reference, by: world.siti, at: World.now)
        #expect(try world.store.scan(of: file.sha256) == scan)
        let attachment = try world.store.application(reference, visibleTo: world.siti).attachment(for: "ktp")
        #expect(attachment?.kind == .jpeg)
    }

    /// The same file again, seen by newer rules.
    @Test func theLastScanCounts() throws {
        let world = try World()
        let reference = try world.filledDraft()
        let file = try world.vault.keep(Array("%PDF-ktp".utf8))
        #expect(try world.store.scan(of: file.sha256) == World.scan)
        let scan = FileScan(
            kind: .pdf, pages: 3, scanner: "structure/2", scannedAt: Moment(seconds: World.now.seconds + 9))
        try world.store.attach(
            file, scanned: scan, named: "p.pdf", for: "proposal", to: reference, by: world.siti, at: World.now)
        #expect(try world.store.scan(of: file.sha256) == scan)
    }
}
