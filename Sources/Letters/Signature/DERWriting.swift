import SwiftASN1

/// DER of what the closure writes.
func der(_ write: (inout DER.Serializer) throws -> Void) rethrows -> [UInt8] {
    var serializer = DER.Serializer()
    try write(&serializer)
    return serializer.serializedBytes
}

extension DER.Serializer {
    mutating func sequence(_ write: (inout DER.Serializer) throws -> Void) rethrows {
        try appendConstructedNode(identifier: .sequence, write)
    }

    mutating func set(_ write: (inout DER.Serializer) throws -> Void) rethrows {
        try appendConstructedNode(identifier: .set, write)
    }

    /// Context-specific constructed tag, around one explicit value or in place of SEQUENCE or SET.
    mutating func tagged(_ number: UInt, _ write: (inout DER.Serializer) throws -> Void) rethrows {
        try appendConstructedNode(identifier: ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific), write)
    }

    mutating func octets(_ bytes: some Sequence<UInt8>) {
        appendPrimitiveNode(identifier: .octetString) { $0.append(contentsOf: bytes) }
    }

    /// A non-negative integer, big-endian.
    mutating func unsigned(_ bytes: some Collection<UInt8>) {
        let digits = bytes.drop { $0 == 0 }
        appendPrimitiveNode(identifier: .integer) { output in
            if digits.first.map({ $0 >= 0x80 }) ?? true { output.append(0) }
            output.append(contentsOf: digits)
        }
    }

    /// An algorithm without parameters.
    mutating func algorithm(_ identifier: ASN1ObjectIdentifier) throws {
        try sequence { try $0.serialize(identifier) }
    }

    /// SET OF in the order that DER asks for (X.690, 11.6).
    mutating func sortedSet(_ elements: [[UInt8]], identifier: ASN1Identifier = .set) {
        let sorted = elements.sorted { $0.lexicographicallyPrecedes($1) }
        appendConstructedNode(identifier: identifier) { set in
            for element in sorted { set.serializeRawBytes(element) }
        }
    }
}

extension ASN1Node {
    /// Children of a constructed value with this identifier; throws for anything else.
    func children(_ expected: ASN1Identifier = .sequence) throws -> [ASN1Node] {
        guard identifier == expected, case .constructed(let nodes) = content else { throw DERFault.unexpected }
        return Array(nodes)
    }

    func primitive(_ expected: ASN1Identifier) throws -> ArraySlice<UInt8> {
        guard identifier == expected, case .primitive(let bytes) = content else { throw DERFault.unexpected }
        return bytes
    }

    func object() throws -> ASN1ObjectIdentifier { try ASN1ObjectIdentifier(derEncoded: self) }

    /// Of a context-specific tag with this number.
    func isTagged(_ number: UInt) -> Bool {
        identifier == ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}

enum DERFault: Error { case unexpected }

extension Array {
    /// The element, or an error where there is none: for lists of nodes from files that anybody may have written.
    func at(_ index: Int) throws -> Element {
        guard indices.contains(index) else { throw DERFault.unexpected }
        return self[index]
    }
}
