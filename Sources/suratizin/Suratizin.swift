import ArgumentParser
import Foundation

/// The program: one command for each thing that an administrator does.
@main struct Suratizin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suratizin",
        abstract: "Portal for permit letters: takes applications, has them checked and issues letters.",
        discussion: """
            Every option can also be given as an environment variable, SURATIZIN_DATA for --data and so on; \
            see the README for the whole list.
            """,
        subcommands: [
            Serve.self, Migrate.self, AccountCommand.self, Keys.self, VerifyQR.self, Demo.self, Numbers.self,
            LetterTypeCommand.self, OfficeCommand.self,
        ])
}

/// Runs a command; whatever goes wrong is one line on standard error and a failing exit code.
func orFailInOneLine(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        let line = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
        FileHandle.standardError.write(Data("suratizin: \(line)\n".utf8))
        throw ExitCode.failure
    }
}

struct CommandFault: Error, CustomStringConvertible {
    let description: String
}
