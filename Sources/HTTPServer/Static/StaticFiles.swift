import CLinux
import CZlib
import Glibc
public import HTTPTypes

/// A folder of files for browsers, read once at start. Each file also has an address with a hash of its content, which
/// caches may keep for a year. Nothing is looked up on the disk by a client's path, so no path can leave the folder;
/// symbolic links in it are not followed. Style sheets and scripts go out without comments and indentation.
public struct StaticFiles: Sendable {
    private struct Asset: Sendable {
        let url: String
        let type: String
        let etag: String
        let modified: Int
        let plain: ResponseBody
        let packed: [UInt8]?
    }

    /// Larger files stay on the disk and go out with sendfile.
    private static let memoryLimit = 512 * 1024

    private let prefix: String
    /// By path below the prefix, both "css/app.css" and "css/app.<hash>.css".
    private var assets: [String: Asset] = [:]

    /// Reads every file below `directory`; names that begin with a dot are left out.
    ///
    /// - Parameter prefix: where the folder appears, e.g. "/aset".
    /// - Throws: `ServerError` when the folder or a file cannot be read.
    public init(directory: String, prefix: String = "/aset") throws {
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        try load(directory, below: "")
    }

    /// The address that may be cached for ever. Takes a name below the folder or a whole path; nil when there is no
    /// such file.
    public func url(_ name: String) -> String? { assets[relative(name) ?? name]?.url }

    /// Every file, as names below the folder.
    public var names: [String] { assets.filter { !isHashed($0.key, $0.value) }.map(\.key).sorted() }

    /// The answer for a path below the prefix; nil when the path is not there or the method is neither GET nor HEAD.
    public func respond(path: String, head: RequestHead) -> Response? {
        guard head.method == .get || head.method == .head, let name = relative(path), let asset = assets[name]
        else { return nil }
        let usesGzip = asset.packed != nil && acceptsGzip(head.fields)
        let etag = usesGzip ? asset.etag + "-gz\"" : asset.etag + "\""
        var fields: HTTPFields = [
            .contentType: asset.type, .eTag: etag, .lastModified: httpDate(asset.modified),
            .cacheControl: isHashed(name, asset)
                ? "public, max-age=31536000, immutable" : "public, max-age=300, must-revalidate",
            .xContentTypeOptions: "nosniff",
        ]
        if asset.packed != nil { fields[.vary] = "Accept-Encoding" }
        if isUnchanged(head.fields, etag: etag, modified: asset.modified) {
            fields[.contentType] = nil
            return Response(status: .notModified, fields: fields)
        }
        var response = Response(fields: fields, body: asset.plain, mayCompress: false)
        response.offersRanges = true
        if usesGzip, let packed = asset.packed {
            response.fields[.contentEncoding] = "gzip"
            response.body = .bytes(packed)
        }
        return response
    }

    /// The methods of a path below the prefix, for `Allow`; empty when there is no such file.
    public func methods(_ path: String) -> [HTTPRequest.Method] {
        relative(path).flatMap { assets[$0] } == nil ? [] : [.get, .head, .options]
    }

    private func relative(_ path: String) -> String? {
        guard path.hasPrefix(prefix + "/") else { return nil }
        return String(path.dropFirst(prefix.count + 1))
    }

    private func isHashed(_ name: String, _ asset: Asset) -> Bool { prefix + "/" + name == asset.url }

    private mutating func load(_ directory: String, below path: String) throws {
        guard let folder = opendir(directory) else { throw ServerError("open folder \(directory)", code: errno) }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            let file = directory + "/" + name
            let relative = path.isEmpty ? name : path + "/" + name
            var about = stat()
            guard lstat(file, &about) == 0 else { throw ServerError("read \(file)", code: errno) }
            switch about.st_mode & S_IFMT {
            case S_IFDIR: try load(file, below: relative)
            case S_IFREG: try add(file, relative, Int(about.st_mtim.tv_sec))
            default: continue  // links, pipes and the like are no part of a web site
            }
        }
    }

    private mutating func add(_ file: String, _ name: String, _ modified: Int) throws {
        let type = contentType(ofName: name)
        let written = try readFile(file)
        let bytes = written.count > Self.memoryLimit ? written : tightened(written, type: type)
        let hash = contentHash(bytes)
        var packed = isText(type) || type == "image/svg+xml" ? gzip(bytes, level: 9) : nil
        if let size = packed?.count, size >= bytes.count { packed = nil }
        let dot =
            name.lastIndex(of: ".").flatMap { dot in
                name.lastIndex(of: "/").map { $0 < dot } ?? true ? dot : nil
            } ?? name.endIndex
        let hashed = name[..<dot] + "." + hash + name[dot...]
        let asset = Asset(
            url: prefix + "/" + hashed, type: type, etag: "\"" + hash, modified: modified,
            plain: bytes.count > Self.memoryLimit ? .file(path: file, size: bytes.count) : .bytes(bytes),
            packed: packed)
        assets[name] = asset
        assets[String(hashed)] = asset
    }
}

/// Twenty characters from two checksums: enough to tell versions of our own files apart, not a defence against forgery.
private func contentHash(_ bytes: [UInt8]) -> String {
    var fnv: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { fnv = (fnv ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let crc = UInt64(crc32_z(0, bytes, bytes.count))
    return String(fnv, radix: 36) + String(crc, radix: 36)
}

private func readFile(_ path: String) throws -> [UInt8] {
    guard let file = OpenFile(path) else { throw ServerError("cannot read \(path)") }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: file.size) { buffer, filled in
        while filled < file.size {
            let got = pread(file.fd, buffer.baseAddress.map { $0 + filled }, file.size - filled, filled)
            guard got > 0 else {
                failed = true
                return
            }
            filled += got
        }
    }
    guard !failed else { throw ServerError("cannot read \(path)") }
    return bytes
}

private let contentTypes = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "json": "application/json", "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "ico": "image/x-icon", "woff": "font/woff", "woff2": "font/woff2", "pdf": "application/pdf",
    "xml": "application/xml", "map": "application/json",
]

/// By the name's extension; bytes without a known one are not for showing.
func contentType(ofName name: String) -> String {
    let tail = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return contentTypes[tail] ?? "application/octet-stream"
}
