import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Store

/// Whether an uploaded file may be kept: the paper that was asked for, whole, and with nothing in it that acts by itself.
struct FileCheck {
    let context: Context

    /// What the file is and who has looked at it, or what its sender must do.
    func check(_ file: UploadedFile, _ requirement: Requirement) throws -> Result<FileScan, FieldProblem> {
        func refuse(_ key: String, _ values: [String: String] = [:]) -> Result<FileScan, FieldProblem> {
            // Never its name: people put theirs into it.
            context.site.logger.notice(
                "upload refused", metadata: ["request": "\(context.request.head.id)", "why": "\(key)"])
            let values = values.merging(["label": requirement.label]) { first, _ in first }
            return .failure(FieldProblem(requirement.key, key, values))
        }
        if file.isTooLarge || file.size > requirement.maxBytes {
            let values = ["limitBytes": "\(requirement.maxBytes)", "actualBytes": "\(file.size)"]
            return refuse("fileTooLarge", values)
        }
        if file.size == 0 { return refuse("fileEmpty") }
        let kinds = requirement.kinds.map { $0.rawValue.uppercased() }.joined(separator: ", ")
        do {
            let facts = try inspect(file, limit: requirement.maxBytes)
            guard requirement.kinds.contains(facts.kind) else { return refuse("fileKind", ["kinds": kinds]) }
            guard let scanner = context.site.virusScanner else { return .success(scan(facts, by: [])) }
            switch try scanner.scan(file) {
            case .clean: return .success(scan(facts, by: ["clamd"]))
            case .found(let name):
                context.site.logger.warning(
                    "clamd found \(name.prefix(100).debugDescription)",
                    metadata: ["request": "\(context.request.head.id)"])
                return refuse("fileVirus")
            case .tooLarge: return refuse("fileTooLargeToScan")
            }
        } catch let fault as FileFault {
            return refuse(fault.rawValue, ["kinds": kinds, "pixels": "50"])
        } catch let away as VirusScannerAway {
            context.site.scannerTrouble.report(away, to: context.site.logger, at: context.now)
            return refuse("fileScannerAway")
        }
    }

    private func inspect(_ file: UploadedFile, limit: Int) throws -> FileFacts {
        if let path = file.path { return try FileInspection.inspect(path: path) }
        return try FileInspection.inspect(file.readAll(limit: limit))
    }

    private func scan(_ facts: FileFacts, by others: [String]) -> FileScan {
        FileScan(
            kind: facts.kind, pages: facts.pages, width: facts.width, height: facts.height,
            scanner: Self.scanner(others), scannedAt: context.now)
    }

    /// Who looks into a file that comes now, as `FileScan.scanner` has it.
    static func scanner(_ site: Site) -> String { scanner(site.virusScanner == nil ? [] : ["clamd"]) }

    private static func scanner(_ others: [String]) -> String {
        ([FileInspection.version] + others).joined(separator: ", ")
    }
}
