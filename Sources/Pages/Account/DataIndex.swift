public import Mustache

/// The page in a person's copy of their data that says what is in it. It is read without the portal: no links to it, no
/// styles, and addresses of files as they lie beside it.
public struct DataIndex: Page {
    public static let template = "account/data-index"

    public var name: String
    public var takenAt: String
    public var folders: [DataFolder]

    public init(name: String, takenAt: String, folders: [DataFolder]) {
        self.name = name
        self.takenAt = takenAt
        self.folders = folders
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "takenAt": takenAt
        case "folders": folders
        default: nil
        }
    }
}

/// One application in the copy.
public struct DataFolder: MustacheParent, Sendable {
    public var reference: String
    public var kind: String
    public var state: String
    public var summary: String
    public var answers: [SummaryRow]
    public var files: [DataFile]
    /// What the office found, where it said why.
    public var findings: [SummaryRow]
    public var corrections: [DataCorrection]
    public var events: [SummaryRow]

    public init(
        reference: String, kind: String, state: String, summary: String, answers: [SummaryRow], files: [DataFile],
        findings: [SummaryRow], corrections: [DataCorrection], events: [SummaryRow]
    ) {
        self.reference = reference
        self.kind = kind
        self.state = state
        self.summary = summary
        self.answers = answers
        self.files = files
        self.findings = findings
        self.corrections = corrections
        self.events = events
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "state": state
        case "summary": summary
        case "hasAnswers": !answers.isEmpty
        case "answers": answers
        case "hasFiles": !files.isEmpty
        case "files": files
        case "hasFindings": !findings.isEmpty
        case "findings": findings
        case "hasCorrections": !corrections.isEmpty
        case "corrections": corrections
        case "hasEvents": !events.isEmpty
        case "events": events
        default: nil
        }
    }
}

public struct DataFile: MustacheParent, Sendable {
    public var label: String
    public var name: String
    /// Percent-encoded, from where the page lies; nil when the file is gone.
    public var path: String?
    /// When another took its place.
    public var note: String?

    public init(label: String, name: String, path: String?, note: String? = nil) {
        self.label = label
        self.name = name
        self.path = path
        self.note = note
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "name": self.name
        case "path": path as Any
        case "note": note as Any
        default: nil
        }
    }
}

/// A part that was returned and came back.
public struct DataCorrection: MustacheParent, Sendable {
    public var label: String
    public var when: String
    public var reason: String?
    public var explanation: String?
    /// The paper that was returned, and the one in its place.
    public var old: String?
    public var new: String?

    public init(label: String, when: String, reason: String?, explanation: String?, old: String?, new: String?) {
        self.label = label
        self.when = when
        self.reason = reason
        self.explanation = explanation
        self.old = old
        self.new = new
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "when": when
        case "reason": reason as Any
        case "explanation": explanation as Any
        case "old": old as Any
        case "new": new as Any
        default: nil
        }
    }
}

extension DataIndex {
    public static var samples: [DataIndex] {
        let old = "berkas/BR7K-2QMX/11-ktp-ktp.jpg"
        let new = "berkas/BR7K-2QMX/15-ktp-ktp%20baru.pdf"
        let full = DataFolder(
            reference: "BR7K-2QMX", kind: "Surat Keterangan Riset", state: "Dibatalkan",
            summary: "Pengaruh Pelayanan Digital",
            answers: [SummaryRow(label: "Judul penelitian", value: "Pengaruh Pelayanan Digital")],
            files: [
                DataFile(label: "KTP", name: "ktp.jpg", path: old, note: "diganti pada 20 November 2026, 10:15"),
                DataFile(label: "KTP", name: "ktp baru.pdf", path: new),
                DataFile(label: "Proposal penelitian", name: "proposal.pdf", path: nil),
            ], findings: [SummaryRow(label: "KTP", value: "Foto buram, NIK tidak terbaca.")],
            corrections: [
                DataCorrection(
                    label: "KTP", when: "20 November 2026, 10:15", reason: "Foto buram.",
                    explanation: "Difoto ulang.", old: old, new: new)
            ], events: [SummaryRow(label: "17 November 2026, 09:00", value: "Permohonan dikirim")])
        let empty = DataFolder(
            reference: "C4XW-9PNT", kind: "Surat Keterangan Riset", state: "Draf", summary: "", answers: [], files: [],
            findings: [], corrections: [], events: [])
        return [
            DataIndex(name: "Siti Aminah Lubis", takenAt: "21 November 2026, 08:00", folders: [full, empty]),
            DataIndex(name: "Joko", takenAt: "21 November 2026, 08:00", folders: []),
        ]
    }
}
