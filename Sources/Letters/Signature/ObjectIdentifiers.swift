import SwiftASN1

extension ASN1ObjectIdentifier {
    /// Cryptographic message syntax (RFC 5652).
    enum CMS {
        static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
        static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
        static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 3]
        static let messageDigest: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 4]
        /// RFC 5035.
        static let signingCertificateV2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 47]
        /// RFC 3161, appendix A.
        static let timeStampToken: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 14]
        static let timeStampInfo: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 1, 4]
    }

    enum Algorithm {
        static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
        static let sha384: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 2]
        static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]
        static let ecdsaSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 2]
        static let ecdsaSHA384: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 3]
        static let ecdsaSHA512: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 4]
        static let rsa: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 1]
        static let rsaSHA256: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 11]
        static let rsaSHA384: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 12]
        static let rsaSHA512: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 13]
        /// RFC 8018 and RFC 7914.
        static let pbes2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 5, 13]
        static let scrypt: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11591, 4, 11]
        static let aes256CBC: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 1, 42]
    }

    /// Subject attributes, extensions and uses of certificates (RFC 5280).
    enum Certificates {
        static let serialNumber: ASN1ObjectIdentifier = [2, 5, 4, 5]
        static let title: ASN1ObjectIdentifier = [2, 5, 4, 12]
        static let subjectKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 14]
        static let keyUsage: ASN1ObjectIdentifier = [2, 5, 29, 15]
        static let basicConstraints: ASN1ObjectIdentifier = [2, 5, 29, 19]
        static let listNumber: ASN1ObjectIdentifier = [2, 5, 29, 20]
        static let revocationReason: ASN1ObjectIdentifier = [2, 5, 29, 21]
        static let authorityKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 35]
        static let extendedKeyUsage: ASN1ObjectIdentifier = [2, 5, 29, 37]
        /// RFC 9336.
        static let documentSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 36]
    }

    /// Policy of the office's own time stamps: the clock of its server, nothing more. Arc 2.25 needs no registration.
    static let officeTimeStampPolicy: ASN1ObjectIdentifier = [2, 25, 7_203_685_477_580_921_361]
}
