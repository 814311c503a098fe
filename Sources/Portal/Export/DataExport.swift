import Foundation
import Glibc
import Pages
import Permits
import Store

/// Somebody's data as one archive: `data.json` for programs, a page that people read, and under `berkas/` the files that
/// both name.
enum DataExport {
    /// - Parameter language: Of the page.
    static func make(of viewer: Viewer, in language: Language = .standard, at now: Moment, _ site: Site) throws
        -> MadeFile
    {
        var data = try site.store.personalData(of: viewer, at: now)
        // The vault clears this folder when it is opened, should a crash leave a file.
        let path = "\(site.vault.directory)/new/\(UUID().uuidString)"
        do {
            var archive = try ZipWriter(path: path, now: now)
            for index in data.applications.indices { try add(&data.applications[index], to: &archive, site) }
            for index in data.elsewhere.indices {
                let folder = "berkas/\(data.elsewhere[index].reference)"
                try add(&data.elsewhere[index].papers, in: folder, to: &archive, site)
                try add(&data.elsewhere[index].conversation, in: folder, to: &archive, site)
            }
            for index in data.notSent.indices {
                let folder = "berkas/\(data.notSent[index].reference)"
                try add(&data.notSent[index].files, as: "belum-terkirim", in: folder, to: &archive, site)
            }
            try archive.add("data.json", bytes: data.json())
            let texts = site.renderers[language].texts
            let guide = Array(DataGuide(data: data, site: site, texts: texts).html.utf8)
            try archive.add(texts("dataGuide.filename"), bytes: guide)
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
        try add(&application.papers, in: folder, to: &archive, site)
        for index in application.letters.indices {
            let letter = application.letters[index]
            guard let sha256 = letter.sha256 else { continue }
            application.letters[index].path = try add(
                sha256, as: "\(folder)/surat-\(safe(letter.number)).pdf", to: &archive, site)
        }
        for index in application.reports.indices {
            let report = application.reports[index]
            application.reports[index].path = try add(
                report.sha256, as: "\(folder)/laporan-\(report.id)-\(safe(report.filename))", to: &archive, site)
        }
        try add(&application.conversation, in: folder, to: &archive, site)
        let papers = application.papers
        func path(_ id: Int64?) -> String? { papers.first { $0.id == id }?.path }
        for index in application.corrections.indices {
            application.corrections[index].oldPath = path(application.corrections[index].oldPaper)
            application.corrections[index].newPath = path(application.corrections[index].newPaper)
        }
    }

    private static func add(
        _ papers: inout [PersonalData.Paper], in folder: String, to archive: inout ZipWriter, _ site: Site
    ) throws {
        for index in papers.indices {
            let paper = papers[index]
            // The number tells a mended paper from the one before it.
            let name = "\(folder)/\(paper.id)-\(paper.requirement)-\(safe(paper.filename))"
            papers[index].path = try add(paper.sha256, as: name, to: &archive, site)
        }
    }

    private static func add(
        _ conversation: inout [PersonalData.Said], in folder: String, to archive: inout ZipWriter, _ site: Site
    ) throws {
        for message in conversation.indices {
            try add(&conversation[message].files, as: "pesan", in: folder, to: &archive, site)
        }
    }

    private static func add(
        _ files: inout [PersonalData.Said.File], as kind: String, in folder: String, to archive: inout ZipWriter,
        _ site: Site
    ) throws {
        for index in files.indices {
            let file = files[index]
            files[index].path = try add(
                file.sha256, as: "\(folder)/\(kind)-\(file.id)-\(safe(file.filename))", to: &archive, site)
        }
    }

    /// - Returns: Its name in the archive; nil when the file is gone.
    private static func add(_ sha256: String, as name: String, to archive: inout ZipWriter, _ site: Site) throws
        -> String?
    {
        guard site.vault.size(of: sha256) != nil else { return nil }
        try archive.add(name, contentsOf: site.vault.path(of: sha256))
        return name
    }

    /// No folder of its own, and a name that every system can unpack, whatever it was called (Windows takes none of these
    /// characters, and no dot or blank at the end).
    private static func safe(_ name: String) -> String {
        var safe = name.map { character in
            let isControl = character.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
            return isControl || "/\\:<>\"|?*".contains(character) ? "-" : character
        }
        while let last = safe.last, last == "." || last == " " { safe.removeLast() }
        return String(safe)
    }
}
