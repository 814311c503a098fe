import ArgumentParser
import Store

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to date and load start data; serve does this by itself.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try orFailInOneLine {
            let wiring = try Wiring(Configuration(options))
            let applied = try wiring.migrate()
            print(applied.isEmpty ? "nothing to do" : "applied \(applied.joined(separator: ", "))")
            try wiring.store.close()
        }
    }
}
