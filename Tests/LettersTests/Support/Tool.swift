import Foundation
import Synchronization

/// A program from another package that judges our output. Without it a test fails and names the package.
struct Tool {
    let name: String
    let package: String

    static let qpdf = Tool(name: "qpdf", package: "qpdf")
    static let pdffonts = Tool(name: "pdffonts", package: "poppler-utils")
    static let pdfinfo = Tool(name: "pdfinfo", package: "poppler-utils")
    static let pdftotext = Tool(name: "pdftotext", package: "poppler-utils")
    static let pdftoppm = Tool(name: "pdftoppm", package: "poppler-utils")
    static let java = Tool(name: "java", package: "default-jre-headless")
    static let zbarimg = Tool(name: "zbarimg", package: "zbar-tools")

    /// Class path of PDFBox Preflight.
    static func preflightJars() throws -> [String] {
        let packages = [
            "preflight": "libpdfbox2-java", "pdfbox2": "libpdfbox2-java", "fontbox2": "libpdfbox2-java",
            "xmpbox": "libpdfbox2-java", "commons-logging": "libcommons-logging-java",
            "javax.activation": "libactivation-java", "jaxb-api": "libjaxb-api-java",
        ]
        return try packages.sorted { $0.key < $1.key }.map { jar, package in
            let path = "/usr/share/java/\(jar).jar"
            guard FileManager.default.fileExists(atPath: path) else {
                throw Missing(description: "\(path) is missing: install the Debian package \(package)")
            }
            return path
        }
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    struct Result {
        let status: Int32
        let output: String
    }

    /// One program at a time, so that no child inherits the pipe of another.
    private static let gate = Mutex(())

    /// Status and standard output.
    func run(_ arguments: [String]) throws -> Result {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let candidates = name.hasPrefix("/") ? [name] : path.split(separator: ":").map { "\($0)/\(name)" }
        guard let program = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Missing(description: "\(name) is missing: install \(package)")
        }
        return try Self.gate.withLock { _ in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = arguments
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
        }
    }
}

/// A directory that is gone after the test. With SURATIZIN_TEST_OUTPUT set, files are kept there to be looked at.
final class Scratch {
    private let directory: URL
    private let kept: Bool

    init() throws {
        if let output = ProcessInfo.processInfo.environment["SURATIZIN_TEST_OUTPUT"] {
            directory = URL(fileURLWithPath: output)
            kept = true
        } else {
            directory = FileManager.default.temporaryDirectory.appendingPathComponent("letters-\(UUID().uuidString)")
            kept = false
        }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        if !kept { try? FileManager.default.removeItem(at: directory) }
    }

    func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    /// Path of the new file.
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let path = path(name)
        // Atomic, because tests that keep their files write the same ones side by side.
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        return path
    }
}
