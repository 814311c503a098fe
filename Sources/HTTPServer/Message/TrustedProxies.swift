import HTTPTypes

/// Which fields the proxies write. Only these are read: a proxy passes the other kind on as the client sent it.
public enum ForwardingFields: Sendable {
    /// `X-Forwarded-For` and `X-Forwarded-Proto`, as nginx, Apache, HAProxy and Caddy write them.
    case xForwarded
    /// `Forwarded` (RFC 7239).
    case forwarded
}

/// The proxies whose word on where a request comes from is believed.
public struct TrustedProxies: Sendable {
    private var blocks: [AddressBlock] = []
    private var trustsUnixPeers = false

    /// Trusts nobody.
    public init() {}

    /// - Parameter peers: IPv4 and IPv6 addresses and CIDR blocks; "unix" stands for every peer on a unix socket.
    /// - Throws: `ServerError` for any other text, and for a block with bits set behind its prefix.
    public init(_ peers: [String]) throws {
        for peer in peers {
            if peer == unixPeer {
                trustsUnixPeers = true
            } else if let block = AddressBlock(peer) {
                blocks.append(block)
            } else {
                throw ServerError("not an address or CIDR block: \(peer)")
            }
        }
    }

    func contains(_ address: IPAddress) -> Bool { blocks.contains { $0.contains(address) } }

    /// Whether the other end of a connection is one of them.
    func contains(peer: String) -> Bool {
        if peer == unixPeer { return trustsUnixPeers }
        guard !blocks.isEmpty, let address = IPAddress(peer) else { return false }
        return contains(address)
    }

    /// Where a request really comes from, by the fields that a trusted `peer` sent. The list of hops is read from its
    /// right end, which the nearest proxy wrote; trusted hops are skipped, and what is left of the first other one is
    /// the client's own invention. A hop that cannot be read leaves the peer as the origin.
    func origin(_ fields: HTTPFields, peer: String, kind: ForwardingFields) -> Origin {
        let direct = Origin(address: peer, scheme: "http")
        return switch kind {
        case .xForwarded: xForwardedOrigin(fields, direct)
        case .forwarded: forwardedOrigin(fields, direct) ?? direct
        }
    }

    private func xForwardedOrigin(_ fields: HTTPFields, _ direct: Origin) -> Origin {
        let hops = items(of: fields, forwardedFor)
        var chosen: (index: Int, address: String)?
        for index in hops.indices.reversed() {
            guard let address = address(ofHop: hops[index], allowsBareIPv6: true) else {
                chosen = nil
                break
            }
            chosen = (index, address.text)
            if !contains(address) { break }
        }
        // Address and scheme stand alone: a proxy may write one and pass the other on from the client.
        let schemes = items(of: fields, forwardedProto)
        var scheme: Substring?
        if schemes.count == 1 {
            scheme = schemes[0]
        } else if let chosen, schemes.count == hops.count {
            scheme = schemes[chosen.index]
        }
        return Origin(
            address: chosen?.address ?? direct.address, scheme: scheme.flatMap { knownScheme($0) } ?? direct.scheme)
    }

    private func forwardedOrigin(_ fields: HTTPFields, _ direct: Origin) -> Origin? {
        var origin: Origin?
        for value in fields[values: forwardedName].reversed() {
            guard let hops = forwardedHops(value) else { return nil }
            for hop in hops.reversed() {
                guard let address = hop.node.flatMap({ address(ofHop: $0[...], allowsBareIPv6: false) })
                else { return nil }
                let scheme = hop.scheme.flatMap { knownScheme($0[...]) } ?? direct.scheme
                origin = Origin(address: address.text, scheme: scheme)
                if !contains(address) { return origin }
            }
        }
        return origin
    }
}

/// Whom a request comes from.
struct Origin: Equatable {
    let address: String
    /// "http" or "https".
    let scheme: String
}

/// Stands for the address of a peer on a unix socket.
let unixPeer = "unix"

// Every one is a token, so the fallback is never reached.
private let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .server
private let forwardedProto = HTTPField.Name("X-Forwarded-Proto") ?? .server
private let forwardedName = HTTPField.Name("Forwarded") ?? .server

/// The items of all fields of a name, in order; empty ones stay, as they cannot be read as a hop.
private func items(of fields: HTTPFields, _ name: HTTPField.Name) -> [Substring] {
    fields[values: name].flatMap { value in
        value.utf8.split(separator: 0x2C, omittingEmptySubsequences: false).map { item in
            Substring(item.drop(while: \.isBlank)).trimmedAtEnd
        }
    }
}

extension Substring {
    fileprivate var trimmedAtEnd: Substring {
        var bytes = utf8
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return Substring(bytes)
    }
}

private func knownScheme(_ text: Substring) -> String? {
    let scheme = text.lowercased()
    return scheme == "http" || scheme == "https" ? scheme : nil
}

/// `1.2.3.4`, `1.2.3.4:80`, `[2001:db8::1]` or `[2001:db8::1]:80`; nil for `unknown` and hidden names.
private func address(ofHop hop: Substring, allowsBareIPv6: Bool) -> IPAddress? {
    if hop.hasPrefix("[") {
        guard let close = hop.firstIndex(of: "]"), isPort(hop[hop.index(after: close)...]) else { return nil }
        let inner = hop[..<close].dropFirst()
        return inner.contains(":") ? IPAddress(inner) : nil
    }
    if hop.utf8.count(where: { $0 == .colon }) == 1, let colon = hop.firstIndex(of: ":") {
        return isPort(hop[colon...]) ? IPAddress(hop[..<colon]) : nil
    }
    return allowsBareIPv6 || !hop.contains(":") ? IPAddress(hop) : nil
}

/// Nothing, `:80`, or a port that the proxy hides (`:_x`).
private func isPort(_ text: Substring) -> Bool {
    let bytes = text.utf8
    guard bytes.first == .colon else { return bytes.isEmpty }
    let port = bytes.dropFirst()
    if port.first == 0x5F { return port.allSatisfy { $0.isLetter || $0.isDigit || [0x2D, 0x2E, 0x5F].contains($0) } }
    return (1...5).contains(port.count) && port.allSatisfy(\.isDigit)
}

/// What one proxy says in `Forwarded`.
struct ForwardedHop: Equatable {
    var node: String?
    var scheme: String?
}

/// The hops of one `Forwarded` field; nil when it breaks the grammar of RFC 7239 section 4 or names a thing twice.
func forwardedHops(_ value: String) -> [ForwardedHop]? {
    var bytes = Array(value.utf8)[...]
    var hops: [ForwardedHop] = []
    var hop = ForwardedHop()
    while true {
        bytes = bytes.drop(while: \.isBlank)
        let name = bytes.prefix(while: \.isToken)
        if !name.isEmpty {
            bytes = bytes[name.endIndex...]
            guard bytes.popFirst() == 0x3D, let text = takeForwardedValue(&bytes) else { return nil }
            if name.equalsIgnoringCase("for") {
                guard hop.node == nil else { return nil }
                hop.node = text
            } else if name.equalsIgnoringCase("proto") {
                guard hop.scheme == nil else { return nil }
                hop.scheme = text
            }
        }
        bytes = bytes.drop(while: \.isBlank)
        switch bytes.popFirst() {
        case 0x3B: continue
        case 0x2C:
            hops.append(hop)
            hop = ForwardedHop()
        case nil: return hops + [hop]
        default: return nil
        }
    }
}

/// A token or a quoted string.
private func takeForwardedValue(_ bytes: inout ArraySlice<UInt8>) -> String? {
    guard bytes.first == 0x22 else {
        let token = bytes.prefix(while: \.isToken)
        bytes = bytes[token.endIndex...]
        return token.isEmpty ? nil : token.text
    }
    bytes.removeFirst()
    var text: [UInt8] = []
    while let byte = bytes.popFirst() {
        switch byte {
        case 0x22: return text[...].text
        case 0x5C:
            guard let escaped = bytes.popFirst() else { return nil }
            text.append(escaped)
        default: text.append(byte)
        }
    }
    return nil
}
