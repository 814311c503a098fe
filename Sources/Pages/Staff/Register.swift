public import Mustache

/// The register of outgoing letters, one series and year at a time.
public struct Register: Page {
    public static let template = "staff/register"

    public var office: String
    public var heading: String
    public var parts: [QueueTab]
    public var rows: [RegisterRow]
    public var pager: Pager?

    public init(
        office: String, heading: String, parts: [QueueTab], rows: [RegisterRow], pager: Pager? = nil
    ) {
        self.office = office
        self.heading = heading
        self.parts = parts
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "office": office
        case "heading": heading
        case "parts": parts
        case "rows": rows
        case "pager": pager as Any
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

public struct RegisterRow: MustacheParent, Sendable {
    public var number: String
    public var numberText: String
    public var path: String
    /// Of the letter's PDF.
    public var filePath: String
    public var date: String
    public var holder: String
    public var kind: String
    public var subject: String
    public var signatory: String
    public var tag: TagModel
    public var note: String

    public init(
        number: String, numberText: String, path: String, filePath: String, date: String, holder: String, kind: String,
        subject: String, signatory: String, tag: TagModel, note: String
    ) {
        self.number = number
        self.numberText = numberText
        self.path = path
        self.filePath = filePath
        self.date = date
        self.holder = holder
        self.kind = kind
        self.subject = subject
        self.signatory = signatory
        self.tag = tag
        self.note = note
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "numberText": numberText
        case "path": path
        case "filePath": filePath
        case "date": date
        case "holder": holder
        case "kind": kind
        case "subject": subject
        case "signatory": signatory
        case "tag": tag
        case "note": note
        default: nil
        }
    }
}

/// Reports that holders owe the office.
public struct Reports: Page {
    public static let template = "staff/reports"

    public var heading: String
    public var tabs: [QueueTab]
    public var rows: [ReportRow]
    public var pager: Pager?

    public init(
        heading: String, tabs: [QueueTab], rows: [ReportRow], pager: Pager? = nil
    ) {
        self.heading = heading
        self.tabs = tabs
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "heading": heading
        case "tabs": tabs
        case "rows": rows
        case "pager": pager as Any
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

public struct ReportRow: MustacheParent, Sendable {
    public var number: String
    public var path: String
    public var holder: String
    public var kind: String
    public var subject: String
    public var due: String
    /// When it was given; nil when it was not.
    public var given: String?
    public var tag: TagModel

    public init(
        number: String, path: String, holder: String, kind: String, subject: String, due: String, given: String? = nil,
        tag: TagModel
    ) {
        self.number = number
        self.path = path
        self.holder = holder
        self.kind = kind
        self.subject = subject
        self.due = due
        self.given = given
        self.tag = tag
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "path": path
        case "holder": holder
        case "kind": kind
        case "subject": subject
        case "due": due
        case "given": given as Any
        case "tag": tag
        default: nil
        }
    }
}

/// Groups of the list of reports; the raw value is the `tab` of the address.
public enum ReportGroup: String, Sendable, CaseIterable {
    case given = "diterima"
    case overdue = "terlambat"
    case upcoming = "ditunggu"
    case confirmed = "selesai"

    public var textKey: String { "reports.tab.\(self)" }
}
