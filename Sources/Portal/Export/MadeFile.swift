import Glibc

/// A file made for one answer; it goes with its last reference. The server holds it open until it is sent.
final class MadeFile: Sendable {
    let path: String
    let size: Int

    init(path: String, size: Int) {
        self.path = path
        self.size = size
    }

    deinit { unlink(path) }
}
