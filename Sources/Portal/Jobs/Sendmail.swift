import Dispatch
import Foundation
import Glibc

/// Hands mails to a program that sends them, such as msmtp or postfix's sendmail: `PROGRAM -i -f FROM -- TO`, with the
/// mail on its standard input. It has taken the mail when it ends with 0.
public struct Sendmail: MailSender {
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    let path: String
    let timeout: Double

    /// - Parameter timeout: In seconds; a program that takes longer is ended.
    /// - Returns: Nil when nothing can be run there.
    public init?(path: String, timeout: Double = 60) {
        guard path.hasPrefix("/"), access(path, X_OK) == 0 else { return nil }
        self.path = path
        self.timeout = timeout
    }

    public func send(_ mail: Mail) throws {
        // Files without a name: neither side waits for the other to read, and nothing is left of the mail.
        let input = try file(holding: Array(mail.text.replacingOccurrences(of: "\r\n", with: "\n").utf8))
        let output = try file(holding: [])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-i", "-f", mail.from, "--", mail.to]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { throw Fault(description: "\(path) cannot be run") }
        guard ended.wait(timeout: .now() + timeout) == .success else {
            process.terminate()
            if ended.wait(timeout: .now() + 2) != .success {
                kill(process.processIdentifier, SIGKILL)
                _ = ended.wait(timeout: .now() + 2)
            }
            throw Fault(description: "no end within \(Int(timeout)) s")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let what = process.terminationReason == .exit ? "exit" : "signal"
            throw Fault(description: "\(what) \(process.terminationStatus): \(firstLine(of: output))")
        }
    }

    private func file(holding bytes: [UInt8]) throws -> FileHandle {
        var name = Array("\(NSTemporaryDirectory())/suratizin-mail-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw Fault(description: "mkstemp: \(String(cString: strerror(errno)))") }
        unlink(name)
        // Only the program gets it, by the number that it has there.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(bytes))
        try handle.seek(toOffset: 0)
        return handle
    }

    private func firstLine(of output: FileHandle) -> String {
        var bytes = [UInt8](repeating: 0, count: 1000)
        let count = max(0, pread(output.fileDescriptor, &bytes, bytes.count, 0))
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        return String(text.split(whereSeparator: \.isNewline).first?.prefix(200) ?? "")
    }
}
