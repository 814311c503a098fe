import Foundation
import Glibc
import Letters
import Permits

/// Medians of what one letter costs, and the memory of a process that makes many.
@main
enum Main {
    static func main() throws {
        let office = try Office()
        let signer = office.signer(stamped: false)
        let stamped = office.signer(stamped: true)
        let signed = try office.sign(stamped)
        let check = LetterCheck(roots: TrustedRoots(office.root), revoked: nil)
        guard case .signed = check.verdict(signed) else { throw Fault.notSigned }
        print("letter of \(signed.count / 1024) KiB; milliseconds of one core, median (99 of 100)")
        try measure("render") { _ = try office.renderer.pdf(Sample.document, created: office.now.seconds) }
        try measure("render and sign") { _ = try office.sign(signer) }
        try measure("render, sign and time-stamp") { _ = try office.sign(stamped) }
        let roster = Sample.document(people: 2580)
        let pages =
            String(decoding: try office.renderer.pdf(roster, created: office.now.seconds), as: Unicode.ASCII.self)
            .components(separatedBy: "/StructParents").count - 1
        try measure("render a roster of 2,580 people, \(pages) pages", rounds: 30) {
            _ = try office.renderer.pdf(roster, created: office.now.seconds)
        }
        try measure("check an uploaded letter") { _ = check.verdict(signed) }
        let large = signed + [UInt8](repeating: 0x20, count: 20 * 1024 * 1024)
        try measure("check a file of 20 MiB", rounds: 15) { _ = check.verdict(large) }
        let text = try office.seal.sealed(url: Sample.url, with: office.sealing)
        try measure("seal") { _ = try office.seal.sealed(url: Sample.url, with: office.sealing) }
        let sealCheck = SealCheck(PublicKeys(root: office.root, seals: [office.sealing.certificate], revoked: nil))
        try measure("check a seal and its key") { _ = try sealCheck.read(text) }
        let code = try QRCode(text)
        try measure("QR code of a seal") { _ = try QRCode(text) }
        print("sealed text: \(text.utf8.count) characters, QR version \(code.version), \(code.size) modules")
        try measure("open a key", rounds: 15) { _ = try office.stored.opened(passphrase: Office.passphrase) }
        guard CommandLine.arguments.count == 1 else { return }
        let before = residentKiB()
        for _ in 0..<10_000 { _ = try office.sign(stamped) }
        print("memory: \(before / 1024) MiB before 10,000 letters, \(residentKiB() / 1024) MiB after")
    }

    /// Only what has the program's argument in its name, when there is one.
    private static func measure(_ name: String, rounds: Int = 400, _ work: () throws -> Void) throws {
        if let wanted = CommandLine.arguments.dropFirst().first, !name.contains(wanted) { return }
        for _ in 0..<5 { try work() }
        var times: [Double] = []
        for _ in 0..<rounds {
            let start = processorTime()
            try work()
            times.append(processorTime() - start)
        }
        times.sort()
        print("\(name): \(rounded(times[rounds / 2])) (\(rounded(times[rounds * 99 / 100])))")
        fflush(nil)  // each line at once, also into a file
    }

    /// Milliseconds of a core that this thread had, so that what else runs on the machine is not measured.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func residentKiB() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024 : 0
    }
}

enum Fault: Error { case notSigned }

/// Keys made for this run.
struct Office {
    static let passphrase = "gajah duduk di pelabuhan"
    let now: Moment
    let root: OfficeCertificate
    let stored: StoredIdentity
    let signing: SigningIdentity
    let stamping: SigningIdentity
    let sealing: SigningIdentity
    let renderer: LetterRenderer
    let seal: LetterSeal

    init() throws {
        let passphrase = Self.passphrase
        let now = Moment(seconds: Int64(time(nil)))
        let authority = try CertificateAuthority(
            CertificateAuthority.makeRoot(office: "BRIDA Kota Medan", at: now, passphrase: passphrase)
                .opened(passphrase: passphrase))
        func issue(_ use: KeyUse, _ name: String) throws -> StoredIdentity {
            try authority.issue(
                use, to: KeyHolder(name: name, office: "BRIDA Kota Medan"), at: now, passphrase: passphrase)
        }
        self.now = now
        root = authority.root
        stored = try issue(.signing, "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.")
        signing = try stored.opened(passphrase: passphrase)
        stamping = try issue(.stamping, "Penanda Waktu").opened(passphrase: passphrase)
        sealing = try issue(.sealing, "Segel Surat").opened(passphrase: passphrase)
        renderer = try LetterRenderer()
        seal = LetterSeal(
            number: Sample.number, issuedOn: now.day, office: "BRIDA Kota Medan",
            maskedName: "Si** Rah******* Br. Si******", document: Sample.document)
    }

    func signer(stamped: Bool) -> OfficeSigner {
        OfficeSigner(
            signing, root: root, revoked: nil,
            stamper: stamped ? OfficeTimeStamper(stamping, root: root, revoked: nil) : nil)
    }

    func sign(_ signer: OfficeSigner) throws -> [UInt8] {
        let facts = SignatureFacts(
            name: "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.", reason: "Menerbitkan surat", location: "Medan")
        return try signer.sign(Sample.document, with: renderer, facts: facts, secret: "", at: now)
    }
}
