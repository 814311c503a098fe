import Foundation
import Glibc
import Permits
import Store

/// Somebody's data as one archive: `data.json`, and under `berkas/` the files that it names.
enum DataExport {
    static func make(of viewer: Viewer, at now: Moment, _ site: Site) throws -> MadeFile {
        var data = try site.store.personalData(of: viewer, at: now)
        // The vault clears this folder when it is opened, should a crash leave a file.
        let path = "\(site.vault.directory)/new/\(UUID().uuidString)"
        do {
            var archive = try ZipWriter(path: path, now: now)
            for index in data.applications.indices { try add(&data.applications[index], to: &archive, site) }
            try archive.add("data.json", bytes: data.json())
            return MadeFile(path: path, size: try archive.finish())
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func add(
        _ application: inout PersonalData.File, to archive: inout ZipWriter, _ site: Site
    ) throws {
        let folder = "berkas/\(application.reference)"
        for index in application.papers.indices {
            let paper = application.papers[index]
            guard site.vault.size(of: paper.sha256) != nil else { continue }
            // The number tells a mended paper from the one before it.
            let name = "\(folder)/\(paper.id)-\(paper.requirement)-\(safe(paper.filename))"
            try archive.add(name, contentsOf: site.vault.path(of: paper.sha256))
            application.papers[index].path = name
        }
        for index in application.letters.indices {
            let letter = application.letters[index]
            guard let sha256 = letter.sha256, site.vault.size(of: sha256) != nil else { continue }
            let name = "\(folder)/surat-\(safe(letter.number)).pdf"
            try archive.add(name, contentsOf: site.vault.path(of: sha256))
            application.letters[index].path = name
        }
        for index in application.reports.indices {
            let report = application.reports[index]
            guard site.vault.size(of: report.sha256) != nil else { continue }
            let name = "\(folder)/laporan-\(report.id)-\(safe(report.filename))"
            try archive.add(name, contentsOf: site.vault.path(of: report.sha256))
            application.reports[index].path = name
        }
        for message in application.conversation.indices {
            for index in application.conversation[message].files.indices {
                let file = application.conversation[message].files[index]
                guard site.vault.size(of: file.sha256) != nil else { continue }
                let name = "\(folder)/pesan-\(file.id)-\(safe(file.filename))"
                try archive.add(name, contentsOf: site.vault.path(of: file.sha256))
                application.conversation[message].files[index].path = name
            }
        }
    }

    /// No folder of its own, whatever it was called.
    private static func safe(_ name: String) -> String {
        String(name.map { $0 == "/" || $0 == "\\" || $0 == ":" ? "-" : $0 })
    }
}
