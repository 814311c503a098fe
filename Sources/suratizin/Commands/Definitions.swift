import ArgumentParser
import Foundation
import Permits
import Store

/// Offices and letter types are data; these commands take them in and give them out while the portal serves.
struct LetterTypeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letter-type", abstract: "Kinds of letters: list, export and publish versions.",
        subcommands: [LetterTypeList.self, LetterTypeExport.self, LetterTypePublish.self])
}

struct LetterTypeList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every version of every kind of letter.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try withStore(options) { wiring in
            for known in try wiring.store.letterTypeVersions() {
                print("\(known.slug) \(known.version) (\(known.office), from \(known.from.day.iso)): \(known.name)")
            }
        }
    }
}

struct LetterTypeExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a kind of letter as JSON, to be changed and published again.")

    @OptionGroup var options: CommonOptions
    @Argument(help: "Its name in addresses, such as penelitian.") var slug: String
    @Option(help: "Version; the newest without it.") var version: Int?

    func run() throws {
        try withStore(options) { wiring in
            do {
                try printJSON(wiring.store.letterType(slug: slug, version: version))
            } catch PermitError.notFound {
                throw CommandFault(description: "there is no such letter type; 'letter-type list' tells what there is")
            }
        }
    }
}

struct LetterTypePublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish a new kind of letter, or the next version of one.",
        discussion: """
            Files that were begun keep their version. A translation may stand beside the file, in en/NAME.json. \
            Of several files all are published, or none.
            """)

    @OptionGroup var options: CommonOptions
    @Argument(help: "Definitions as JSON.") var files: [String]
    @Option(help: "First day on which files are begun with it, 2027-01-01; at once without it.") var from: String?

    func run() throws {
        try withStore(options) { wiring in
            let now = Wiring.now()
            guard let first = from.map({ Day(iso: $0) }) ?? now.day, first >= now.day else {
                throw CommandFault(description: "--from must be a day like 2027-01-01, and not a past one")
            }
            let lists = try FieldLists(directory: "\(wiring.configuration.root)/migrations/start")
            let types = try files.map { try StartData.letterType(file: $0, completedWith: lists) }
            try wiring.store.publish(types, from: first == now.day ? now : Moment(first))
            for type in types { print("published \(type.slug) \(type.version) from \(first.iso): \(type.name)") }
        }
    }
}

struct OfficeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office", abstract: "Offices: list, export and publish how they present themselves.",
        subcommands: [OfficeList.self, OfficeExport.self, OfficePublish.self])
}

struct OfficeList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the offices as they are today.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try withStore(options) { wiring in
            for office in try wiring.store.offices(on: Wiring.now().day) {
                print("\(office.code) (\(office.numberCode), from \(office.validFrom.iso)): \(office.name)")
            }
        }
    }
}

struct OfficeExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print an office as JSON, to be changed and published again.")

    @OptionGroup var options: CommonOptions
    @Argument(help: "Its code, such as brida-medan.") var code: String

    func run() throws {
        try withStore(options) { wiring in
            guard let office = try wiring.store.offices(on: Wiring.now().day).first(where: { $0.code == code }) else {
                throw CommandFault(description: "there is no such office; 'office list' tells what there is")
            }
            try printJSON(office)
        }
    }
}

struct OfficePublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish an office, or how it presents itself from its validFrom on.")

    @OptionGroup var options: CommonOptions
    @Argument(help: "The office as JSON; a translation may stand beside it, in en/CODE.json.") var file: String

    func run() throws {
        try withStore(options) { wiring in
            let office = try StartData.office(file: file)
            try wiring.store.publish(office)
            print("published \(office.code) from \(office.validFrom.iso): \(office.name)")
            if office.reach.phone == nil, office.reach.email == nil {
                print("note: it has neither a telephone nor an e-mail address; people can only come to its counter")
            }
        }
    }
}

private func withStore(_ options: CommonOptions, _ work: (Wiring) throws -> Void) throws {
    try orFailInOneLine {
        let wiring = try Wiring(Configuration(options))
        try wiring.migrate()
        try work(wiring)
        try wiring.store.close()
    }
}

private func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
