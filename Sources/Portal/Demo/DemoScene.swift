import Foundation
import Letters
import Permits
import Store

/// What the applications of a crowd are made of, read once.
struct DemoScene: Sendable {
    /// Shared by all its applications: a definition is large to copy.
    final class Kind: Sendable {
        let row: Int64
        let unit: UnitID
        let type: LetterType
        let office: Office
        let verifier: Viewer
        let signatory: Viewer
        let title: SignatoryTitle

        init(
            _ published: PublishedLetterType, office: Office, verifier: Viewer, signatory: Viewer,
            title: SignatoryTitle
        ) {
            row = published.id
            unit = published.unit
            type = published.type
            self.office = office
            self.verifier = verifier
            self.signatory = signatory
            self.title = title
        }
    }

    /// What is asked for most stands in it more than once.
    let kinds: [Kind]
    let calendar: WorkingCalendar
    let texts: OfficeLetters
    /// By label of the paper. Everybody gives the same: a file of its own for each would only fill the disk.
    let papers: [String: StoredFile]
    let scans: [(file: StoredFile, scan: FileScan)]
    let people: [Account]
    /// Institution of some of them, by index.
    let memberships: [Int: InstitutionID]
    let institutions: [(id: InstitutionID, profile: InstitutionProfile, members: [AccountID])]
    let workingDays: [Day]
    let start: Moment
    let now: Moment
    let baseURL: String
    let seed: UInt64

    /// Who may apply; the others wait for their activation.
    var applicants: ArraySlice<Account> { people.prefix(people.count - max(1, people.count / 200)) }

    init(_ site: Site, count: Int, seed: UInt64) throws {
        self.seed = seed
        now = site.now()
        baseURL = site.settings.baseURL
        texts = site.officeLetters
        calendar = try site.store.calendar()
        start = Moment(try Self.start(site, count: count), hour: 7)
        var days: [Day] = []
        var day = start.day
        while day <= now.day {
            if calendar.isWorkingDay(day) { days.append(day) }
            day = day.adding(days: 1)
        }
        workingDays = days
        let types = try site.store.publishedLetterTypes(at: now)
        let known = try types.compactMap { try Self.kind($0, site) }
        let withDuty = known.filter { $0.type.duty != nil }
        kinds = known + withDuty + withDuty
        guard !known.isEmpty, !days.isEmpty else { throw PermitError.notFound }
        (papers, scans) = try Self.papers(of: known.map(\.type), site)
        people = Self.people(max(12, count / 100), seed: seed, since: start, now: now)
        (institutions, memberships) = try Self.institutions(max(1, count / 5000), of: people)
    }

    /// Years for many, weeks for few: there is always something to do.
    private static func start(_ site: Site, count: Int) throws -> Day {
        let today = site.now().day
        let wanted = today.adding(days: -max(60, min(1780, count / 15)))
        let firstOffice = try site.store.offices(on: today).map(\.validFrom).max() ?? wanted
        return max(wanted, firstOffice)
    }

    private static func kind(_ published: PublishedLetterType, _ site: Site) throws -> Kind? {
        let staff = try DemoWorld.people.compactMap { try site.store.credentials(email: $0.email)?.account }
            .filter { $0.unit == published.unit }
        guard let verifier = staff.first(where: { $0.role == .verifier }),
            let signatory = staff.first(where: { $0.role == .signatory }),
            let title = try site.store.signatoryTitle(signatory.id, on: site.now().day)
        else { return nil }
        return Kind(
            published, office: try site.store.office(published.unit, on: site.now().day), verifier: Viewer(verifier),
            signatory: Viewer(signatory), title: title)
    }

    private static func papers(of types: [LetterType], _ site: Site) throws
        -> (papers: [String: StoredFile], scans: [(file: StoredFile, scan: FileScan)])
    {
        var papers: [String: StoredFile] = [:]
        var scans: [(file: StoredFile, scan: FileScan)] = []
        let labels = types.flatMap { $0.papers.map(\.label) + ($0.duty.map { [$0.label] } ?? []) }
        for label in Set(labels).sorted() {
            let (file, scan) = try DemoWorld.keptPaper(label, about: "Berkas bersama untuk semua pemohon", site)
            papers[label] = file
            scans.append((file, scan))
        }
        return (papers, scans)
    }

    private static func people(_ count: Int, seed: UInt64, since start: Moment, now: Moment) -> [Account] {
        let waiting = max(1, count / 200)
        return (0..<count).map { index in
            var random = DemoRandom(seed: seed, stream: -1 - index)
            let name = DemoPeople.name(&random)
            let isWaiting = index >= count - waiting
            let registered =
                isWaiting
                ? now.adding(seconds: -Int64(random.int(600...160_000)))
                : start.adding(seconds: -Int64(86_400 + index * 60))
            return Account(
                id: AccountID(firstAccount + Int64(index)), name: name, email: DemoPeople.email(name, index),
                phone: DemoPeople.phone(index), identity: .nik(DemoPeople.nik(&random)),
                state: isWaiting ? .pending : .active,
                role: .citizen, unit: nil, registeredAt: registered)
        }
    }

    /// Leaves room for those that were there before.
    private static let firstAccount: Int64 = 1001

    private static func institutions(_ count: Int, of people: [Account]) throws
        -> ([(id: InstitutionID, profile: InstitutionProfile, members: [AccountID])], [Int: InstitutionID])
    {
        var memberships: [Int: InstitutionID] = [:]
        let institutions = try (0..<count).map { index in
            let id = InstitutionID(Int64(index + 1))
            let profile = try InstitutionProfile(
                name: "Fakultas Contoh \(index + 1)", kind: InstitutionProfile.Kind.campus.rawValue,
                address: "Jalan Contoh Nomor \(index + 1), Medan", head: people[index % people.count].name)
            let members = (0..<3).map { $0 * count + index }.filter { $0 < people.count / 2 }
            for member in members { memberships[member] = id }
            return (id: id, profile: profile, members: members.map { people[$0].id })
        }
        return (institutions, memberships)
    }
}
