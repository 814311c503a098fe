public import Mustache

/// The rows of a repeated group: typed one by one, pasted from a spreadsheet or sent as a file. One form, so that
/// nothing that was typed anywhere on it is lost, whatever button is pressed.
public struct RosterForm: Page {
    public static let template = "citizen/roster-form"

    public var reference: String
    public var kind: String
    public var title: String
    /// Nil in a returned application.
    public var progress: FormProgress?
    /// What the officer wrote about a returned list.
    public var remark: String?
    public var hint: String?
    public var action: String
    public var typing: TypingModel
    public var backPath: String
    /// `497 baris`, in words.
    public var count: String
    /// Rows to mend and the row that is being changed.
    public var open: [RosterRow]
    /// `Baris yang perlu dibetulkan`
    public var openHeading: String
    /// How many more rows are to be mended than are shown.
    public var moreOpen: String?
    /// A blank one to fill in.
    public var blank: RosterRow
    /// Headings of the list.
    public var columns: [String]
    /// One page of the list.
    public var rows: [RosterLine]
    public var pager: Pager?
    /// What just happened, where it did: a row more, a row less.
    public var added: Notice?
    public var removed: Notice?
    public var paste: FieldModel
    /// Name of the file input.
    public var fileName: String
    /// Which columns of a table were not taken, in a sentence.
    public var leftOut: String?
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, title: String, progress: FormProgress?, remark: String? = nil, hint: String?,
        action: String,
        typing: TypingModel, backPath: String, count: String, open: [RosterRow], openHeading: String,
        moreOpen: String? = nil,
        blank: RosterRow,
        columns: [String], rows: [RosterLine], pager: Pager? = nil,
        paste: FieldModel, fileName: String, leftOut: String? = nil, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.title = title
        self.progress = progress
        self.remark = remark
        self.hint = hint
        self.action = action
        self.typing = typing
        self.backPath = backPath
        self.count = count
        self.open = open
        self.openHeading = openHeading
        self.moreOpen = moreOpen
        self.blank = blank
        self.columns = columns
        self.rows = rows
        self.pager = pager
        self.paste = paste
        self.fileName = fileName
        self.leftOut = leftOut
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "title": title
        case "progress": progress as Any
        case "remark": remark as Any
        case "hint": hint as Any
        case "action": action
        case "typing": typing
        case "backPath": backPath
        case "count": count
        case "open": open
        case "openHeading": openHeading
        case "hasOpen": !open.isEmpty
        case "moreOpen": moreOpen as Any
        case "blank": blank
        case "columns": columns
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "pager": pager as Any
        case "added": added as Any
        case "removed": removed as Any
        case "paste": paste
        case "fileName": fileName
        case "leftOut": leftOut as Any
        case "problems": problems as Any
        default: nil
        }
    }
}

/// Inputs for one row.
public struct RosterRow: MustacheParent, Sendable {
    public var id: String
    /// `Baris 17`
    public var legend: String
    /// The line of a file or paste as it was.
    public var source: String?
    /// What is wrong with the row as a whole.
    public var error: String?
    public var fields: [FieldModel]
    /// Name and value of the hidden input that tells which content is being changed; nil for a blank row.
    public var stampName: String?
    public var stamp: String
    /// Value of the box that removes it; nil for a blank row. No button, lest Enter in an input press it.
    public var removal: String?

    public init(
        id: String, legend: String, source: String? = nil, error: String? = nil, fields: [FieldModel],
        stampName: String? = nil, stamp: String = "", removal: String? = nil
    ) {
        self.id = id
        self.legend = legend
        self.source = source
        self.error = error
        self.fields = fields
        self.stampName = stampName
        self.stamp = stamp
        self.removal = removal
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "legend": legend
        case "source": source as Any
        case "error": error as Any
        case "fields": fields
        case "stampName": stampName as Any
        case "stamp": stamp
        case "removal": removal as Any
        default: nil
        }
    }
}

/// One row of the list.
public struct RosterLine: MustacheParent, Sendable {
    public var number: String
    public var name: String
    public var cells: [RosterCell]
    public var isFaulty: Bool
    public var editPath: String
    public var removal: String

    public init(
        number: String, name: String, cells: [RosterCell], isFaulty: Bool, editPath: String, removal: String
    ) {
        self.number = number
        self.name = name
        self.cells = cells
        self.isFaulty = isFaulty
        self.editPath = editPath
        self.removal = removal
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "name": self.name
        case "cells": cells
        case "isFaulty": isFaulty
        case "editPath": editPath
        case "removal": removal
        default: nil
        }
    }
}

public struct RosterCell: MustacheParent, Sendable {
    public var label: String
    public var value: String

    public init(label: String, value: String) {
        self.label = label
        self.value = value
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "value": value
        default: nil
        }
    }
}
