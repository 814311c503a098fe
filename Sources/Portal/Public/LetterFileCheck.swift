import Crypto
import Foundation
import HTTPServer
import Letters
import Pages
import Permits
import Store

/// Compares a file that a visitor sent with the issued letters. Nothing of it is kept.
enum LetterFileCheck {
    static let body = BodyPolicy.multipart(
        max: FileCheckForm.maxBytes + (64 << 10), maxFile: FileCheckForm.maxBytes, maxFiles: 1, maxFields: 4)

    /// A file costs its reading, so this is asked before it comes.
    static let limit = ClientLimit(name: "file check") { $0.fileCheck }

    @Sendable static func check(_ context: Context) throws -> Reply {
        let file = context.request.files.first { $0.name == FileCheckForm.fileName }
        guard let file, file.size > 0 else { return refusal("checkFileMissing", [:], context) }
        guard !file.isTooLarge, file.size <= FileCheckForm.maxBytes else {
            let values = [
                "actual": context.formats.fileSize(file.size),
                "limit": context.formats.fileSize(FileCheckForm.maxBytes),
            ]
            return refusal("checkFileLarge", values, context)
        }
        let result = try result(of: file.readAll(limit: FileCheckForm.maxBytes), context)
        return .page(VerificationStart(result: result, texts: context.texts))
    }

    private static func refusal(_ key: String, _ values: [String: String], _ context: Context) -> Reply {
        let fault = context.texts("problem.\(key)", values)
        return .page(VerificationStart(fileFault: fault, texts: context.texts), status: 422)
    }

    private static func result(of bytes: [UInt8], _ context: Context) throws -> FileResult {
        let hash = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        do {
            let letter = try context.store.letter(fileSHA256: hash)
            let state = letter.state(on: context.now.day)
            return FileResult(
                verdict: FileResult.panel(
                    state == .valid ? .identical : .ended, state: context.texts(state.textKey).lowercased(),
                    checkedAt: context.formats.dateTime(context.now), texts: context.texts),
                rows: try VerificationRoutes.rows(of: letter, context),
                letterPath: Link.verification(letter.token).path)
        } catch PermitError.notFound {
            let (outcome, signer) = try signature(of: bytes, context)
            return FileResult(verdict: panel(outcome, signer, context))
        }
    }

    private static func signature(of bytes: [UInt8], _ context: Context) throws -> (FileResult.Outcome, String) {
        guard FileKind(sniffing: Array(bytes.prefix(16))) == .pdf else { return (.noPDF, "") }
        // Without keys nothing may be said about signatures.
        guard let check = context.site.desk.check else { return (.different, "") }
        switch check.verdict(bytes) {
        case .signed(let signer):
            return (signer.wasRevokedBeforeSigning ? .revokedKey : .signed, signer.name)
        case .changedLater(let signer): return (.changed, signer.name)
        case .foreignSignature: return (.foreign, "")
        case .unsigned: return (.unsigned, "")
        case .notAPDF: return (.noPDF, "")
        }
    }

    private static func panel(_ outcome: FileResult.Outcome, _ signer: String, _ context: Context)
        -> VerdictPanel
    {
        // A certificate may claim any name: it is shown as typed text is.
        FileResult.panel(
            outcome, signer: String(TypedText.cleaned(signer, keepingLines: false).prefix(120)),
            checkedAt: context.formats.dateTime(context.now), texts: context.texts)
    }
}
