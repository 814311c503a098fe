/// What clients are counted by: an IPv4 address, or the /64 of an IPv6 address, since whoever has one has all of it.
/// Anything else stands for itself.
func clientNetwork(_ address: String) -> String {
    guard address.utf8.contains(.colon), let known = IPAddress(address) else { return address }
    return known.isIPv4 ? known.text : "\(known.network.text)/64"
}
