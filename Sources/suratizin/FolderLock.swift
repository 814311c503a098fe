import Glibc

/// One server for each data folder: two would send every mail twice and clear away each other's uploads.
struct FolderLock {
    static let name = "serve.lock"
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = open("\(folder)/\(Self.name)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFault(description: "another server is running on this data folder")
        }
    }

    func release() { close(descriptor) }
}
