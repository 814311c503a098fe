import Crypto
import CryptoExtras
import Foundation
import SwiftASN1

/// A P-256 private key under a passphrase: PKCS #8 EncryptedPrivateKeyInfo (RFC 5958) with PBES2 (RFC 8018), scrypt
/// (RFC 7914) and AES-256-CBC. `openssl pkey -in x.key.pem` opens it.
public struct EncryptedKey: Sendable, Equatable {
    private let bytes: [UInt8]

    public static let minimumPassphraseBytes = 10
    private static let maximumPassphraseBytes = 1024
    private static let pemType = "ENCRYPTED PRIVATE KEY"

    /// What a file may ask of us.
    private static let maximumRounds = 1 << 17
    private static let maximumBlockSize = 16
    private static let maximumParallelism = 16

    /// Reads PEM; throws `SigningError.keyDamaged`. The passphrase is asked only when the key is opened.
    public init(pem: String) throws(SigningError) {
        do {
            let document = try PEMDocument(pemString: pem)
            guard document.discriminator == Self.pemType else { throw SigningError.keyDamaged }
            bytes = document.derBytes
            _ = try Parameters(bytes)
        } catch {
            throw .keyDamaged
        }
    }

    public var pem: String { PEMDocument(type: Self.pemType, derBytes: bytes).pemString + "\n" }

    /// Throws `SigningError.weakPassphrase` or `.cannotSign`.
    init(_ key: P256.Signing.PrivateKey, passphrase: String, cost: KeyCost) throws(SigningError) {
        let length = passphrase.utf8.count
        guard (Self.minimumPassphraseBytes...Self.maximumPassphraseBytes).contains(length) else {
            throw .weakPassphrase
        }
        do {
            let salt = randomBytes(16)
            let vector = randomBytes(16)
            let secret = try KDF.Scrypt.deriveKey(
                from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: cost.rounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism)
            let encrypted = try AES._CBC.encrypt(
                Array(key.derRepresentation), using: secret, iv: AES._CBC.IV(ivBytes: vector))
            bytes = try Self.encode(salt: salt, cost: cost, vector: vector, encrypted: Array(encrypted))
        } catch {
            throw .cannotSign
        }
    }

    private static func encode(
        salt: [UInt8], cost: KeyCost, vector: [UInt8], encrypted: [UInt8]
    ) throws -> [UInt8] {
        try der { coder in
            try coder.sequence { info in
                try info.sequence { scheme in
                    try scheme.serialize(ASN1ObjectIdentifier.Algorithm.pbes2)
                    try scheme.sequence { parameters in
                        try parameters.sequence { derivation in
                            try derivation.serialize(ASN1ObjectIdentifier.Algorithm.scrypt)
                            try derivation.sequence { values in
                                values.octets(salt)
                                try values.serialize(cost.rounds)
                                try values.serialize(cost.blockSize)
                                try values.serialize(cost.parallelism)
                                try values.serialize(32)
                            }
                        }
                        try parameters.sequence { cipher in
                            try cipher.serialize(ASN1ObjectIdentifier.Algorithm.aes256CBC)
                            cipher.octets(vector)
                        }
                    }
                }
                info.octets(encrypted)
            }
        }
    }

    func opened(passphrase: String) throws(SigningError) -> P256.Signing.PrivateKey {
        guard passphrase.utf8.count <= Self.maximumPassphraseBytes else { throw .wrongPassphrase }
        let parameters: Parameters
        let secret: SymmetricKey
        do {
            parameters = try Parameters(bytes)
            secret = try KDF.Scrypt.deriveKey(
                from: Array(passphrase.utf8), salt: parameters.salt, outputByteCount: 32, rounds: parameters.rounds,
                blockSize: parameters.blockSize, parallelism: parameters.parallelism)
        } catch {
            throw .keyDamaged
        }
        do {
            let vector = try AES._CBC.IV(ivBytes: parameters.vector)
            let plain = try AES._CBC.decrypt(parameters.encrypted, using: secret, iv: vector)
            return try P256.Signing.PrivateKey(derRepresentation: plain)
        } catch {
            // CBC tells a wrong key by its padding, and one time in 256 only by what comes out.
            throw .wrongPassphrase
        }
    }

    private struct Parameters {
        let salt: [UInt8]
        let rounds: Int
        let blockSize: Int
        let parallelism: Int
        let vector: [UInt8]
        let encrypted: [UInt8]

        init(_ bytes: [UInt8]) throws {
            let info = try DER.parse(bytes).children()
            let scheme = try info.at(0).children()
            let parts = try scheme.at(1).children()
            let derivation = try parts.at(0).children()
            let values = try derivation.at(1).children()
            let cipher = try parts.at(1).children()
            guard try scheme.at(0).object() == .Algorithm.pbes2, try derivation.at(0).object() == .Algorithm.scrypt,
                try cipher.at(0).object() == .Algorithm.aes256CBC
            else { throw SigningError.keyDamaged }
            salt = try Array(values.at(0).primitive(.octetString))
            rounds = try Int(derEncoded: values.at(1))
            blockSize = try Int(derEncoded: values.at(2))
            parallelism = try Int(derEncoded: values.at(3))
            vector = try Array(cipher.at(1).primitive(.octetString))
            encrypted = try Array(info.at(1).primitive(.octetString))
            guard (2...EncryptedKey.maximumRounds).contains(rounds), rounds & (rounds - 1) == 0,
                (1...EncryptedKey.maximumBlockSize).contains(blockSize),
                (1...EncryptedKey.maximumParallelism).contains(parallelism), vector.count == 16,
                try values.count == 4 || Int(derEncoded: values.at(4)) == 32, !encrypted.isEmpty,
                encrypted.count % 16 == 0, encrypted.count < 4096
            else { throw SigningError.keyDamaged }
        }
    }
}

/// What guessing one passphrase costs (RFC 7914).
public struct KeyCost: Sendable {
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    /// 16 MiB and five passes, some 0.1 s. OpenSSL refuses keys of 32 MiB and above (its SCRYPT_MAX_MEM).
    public static let standard = KeyCost(rounds: 1 << 14, blockSize: 8, parallelism: 5)
    /// For keys whose passphrase everybody knows: demonstrations and tests.
    public static let quick = KeyCost(rounds: 1 << 10, blockSize: 8, parallelism: 1)
}

/// From the system's generator.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// Number of a certificate or a time stamp: 126 random bits, always 16 bytes and positive (`pdfsig` stumbles over 20
/// bytes with the top bit set).
func randomSerial() -> [UInt8] {
    var bytes = randomBytes(16)
    bytes[0] = bytes[0] & 0x3F | 0x40
    return bytes
}
