import Foundation
import Testing

/// The table of `README.md`: who may know whom. An import outside it makes a layer know too much.
@Suite struct ImportTests {
    static let allowed: [String: Set<String>] = [
        "Permits": ["Foundation"],
        "HTTPServer": ["Glibc", "Synchronization", "CLinux", "CZlib", "HTTPTypes", "Logging"],
        "Store": ["Permits", "GRDB", "Crypto", "Logging", "Foundation", "Glibc", "Synchronization", "Dispatch"],
        "Letters": ["Permits", "CZlib", "Crypto", "CryptoExtras", "X509", "SwiftASN1", "Foundation", "Glibc"],
        "Pages": ["Permits", "Mustache", "Foundation"],
        "Portal": [
            "Permits", "HTTPServer", "Store", "Letters", "Pages", "Crypto", "CryptoExtras", "HTTPTypes", "Logging",
            "Foundation", "Glibc", "Synchronization", "Dispatch", "FoundationNetworking",
        ],
        "suratizin": [
            "Portal", "Store", "HTTPServer", "Letters", "Pages", "Permits", "ArgumentParser", "Logging", "Foundation",
            "Glibc",
        ],
    ]

    @Test(arguments: Self.allowed.keys.sorted())
    func importsStayInTheTable(target: String) throws {
        let files = try swiftFiles(in: "\(root)/Sources/\(target)")
        #expect(!files.isEmpty)
        for file in files {
            for line in try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline) {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 2, !line.hasPrefix(" "),
                    !line.hasPrefix("//")
                else { continue }
                let module =
                    words[index + 1] == "struct" || words[index + 1] == "func" ? words[index + 2] : words[index + 1]
                let name = String(module.prefix { $0 != "." })
                #expect(Self.allowed[target]?.contains(name) == true, "\(file): \(line)")
            }
        }
    }

    /// Only what talks to other services' servers knows how to.
    @Test func onlyServicesAreReachedOutTo() throws {
        let outgoing = try swiftFiles(in: "\(root)/Sources").filter {
            try String(contentsOfFile: $0, encoding: .utf8).contains("import FoundationNetworking")
        }
        #expect(!outgoing.isEmpty)
        for file in outgoing {
            #expect(file.contains("/Portal/Signing/") || file.contains("/Portal/Services/"), "\(file)")
        }
    }

    /// `@unchecked Sendable` may stand in one file, and what stops the process nowhere.
    @Test func dangerousWordsStayOut() throws {
        var unchecked: Set<String> = []
        for file in try swiftFiles(in: "\(root)/Sources") {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            if text.contains("@unchecked Sendable") { unchecked.insert(file) }
            for word in ["try!", "as!", "fatalError("] { #expect(!text.contains(" \(word)"), "\(file): \(word)") }
        }
        #expect(unchecked.count <= 1, "\(unchecked)")
    }

    /// No type, column or template knows a field of the shipped letter type.
    @Test func noCodeNamesALetterTypesFields() throws {
        let file = URL(fileURLWithPath: "\(root)/migrations/start/letter-types/penelitian.json")
        let definition = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let sections = try #require(definition["sections"] as? [[String: Any]])
        let fields = sections.flatMap { $0["fields"] as? [[String: Any]] ?? [] }.compactMap { $0["key"] as? String }
        #expect(fields.count > 8)
        // `nama`, `nik` and `paspor` are also inputs of the sign-up form, `alamat` is one of the form that checks a letter.
        let names = fields.filter { !["nama", "nik", "paspor", "alamat"].contains($0) }
        let sources = try swiftFiles(in: "\(root)/Sources").filter { !$0.contains("/Samples/") }
        for path in sources + (try files(in: "\(root)/Templates", ending: ".mustache")) + [
            "\(root)/migrations/0001_first.sql"
        ] {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for name in names { #expect(!text.contains("\"\(name)\""), "\(path) names \(name)") }
        }
    }

    private func swiftFiles(in folder: String) throws -> [String] { try files(in: folder, ending: ".swift") }

    private func files(in folder: String, ending: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.map {
            "\(folder)/\($0)"
        }
    }
}
