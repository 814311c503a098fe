import Foundation
import Glibc
import Synchronization

/// Speaks clamd's side of `zINSTREAM` on a unix socket, as a test wants it spoken.
final class FakeClamd: Sendable {
    enum Conduct: Sendable {
        /// Reads everything, then says this.
        case says(String)
        /// Says this and closes as soon as this many bytes have come.
        case stops(String, after: Int)
        /// Takes the connection and does nothing.
        case isSilent
        /// Closes without a word.
        case closes
    }

    let path: String
    private let listener: Int32
    private let conduct: Mutex<Conduct>
    private let streams = Mutex<[[UInt8]]>([])

    /// What was sent to be looked at, without the protocol around it.
    var received: [[UInt8]] { streams.withLock { $0 } }

    init(_ conduct: Conduct) throws {
        path = "/tmp/clamd-\(UUID().uuidString).sock"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        self.conduct = Mutex(conduct)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 8) == 0 else { throw URLError(.cannotConnectToHost) }
        let thread = Thread { [listener, weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                self?.serve(connection)
                close(connection)
            }
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    func conduct(_ conduct: Conduct) { self.conduct.withLock { $0 = conduct } }

    private func serve(_ connection: Int32) {
        switch conduct.withLock({ $0 }) {
        case .closes: return
        case .isSilent: usleep(3_000_000)
        case .stops(let answer, let count):
            _ = read(connection, count)
            _ = send(connection, Array("\(answer)\0".utf8), answer.utf8.count + 1, Int32(MSG_NOSIGNAL))
        case .says(let answer):
            guard read(connection, 10) == Array("zINSTREAM\0".utf8) else { return }
            var content: [UInt8] = []
            while let head = read(connection, 4) {
                let length = head.reduce(0) { $0 << 8 | Int($1) }
                if length == 0 { break }
                guard let piece = read(connection, length) else { return }
                content += piece
            }
            streams.withLock { $0.append(content) }
            _ = send(connection, Array("\(answer)\0".utf8), answer.utf8.count + 1, Int32(MSG_NOSIGNAL))
        }
    }

    private func read(_ connection: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress.map { $0 + filled }, count - filled, 0)
            }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }
}
