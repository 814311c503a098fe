public import Mustache

/// A state in one or two words with a colour that never carries the meaning alone.
public struct TagModel: MustacheParent, Equatable, Sendable {
    public var label: String
    public var tone: Tone

    public init(label: String, tone: Tone) {
        self.label = label
        self.tone = tone
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "tone": tone.rawValue
        default: nil
        }
    }
}

/// One event in plain words; the newest comes first.
public struct TimelineItem: MustacheParent, Sendable {
    /// `Permohonan diterima kantor`
    public var text: String
    /// As people read it, with time zone.
    public var when: String
    /// ISO 8601 for the `datetime` attribute.
    public var machineWhen: String
    public var who: String?
    /// A reason or a message, lines kept.
    public var note: String?
    /// The note is the office's own words.
    public var isIndonesian: Bool
    public var isLatest: Bool

    public init(
        text: String, when: String, machineWhen: String, who: String? = nil, note: String? = nil,
        isIndonesian: Bool = false, isLatest: Bool = false
    ) {
        self.text = text
        self.when = when
        self.machineWhen = machineWhen
        self.who = who
        self.note = note
        self.isIndonesian = isIndonesian
        self.isLatest = isLatest
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "when": when
        case "machineWhen": machineWhen
        case "who": who as Any
        case "note": note as Any
        case "isIndonesian": isIndonesian
        case "isLatest": isLatest
        default: nil
        }
    }
}

/// Where the reader stands in a form of several pages.
public struct FormProgress: MustacheParent, Sendable {
    /// Counted from one.
    public var current: Int
    /// Nil while it depends on answers that are still to come.
    public var total: Int?
    public var steps: [ProgressStep]

    public init(current: Int, total: Int?, steps: [ProgressStep]) {
        self.current = current
        self.total = total
        self.steps = steps
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "current": current
        case "total": total as Any
        case "steps": steps
        default: nil
        }
    }
}

public struct ProgressStep: MustacheParent, Sendable {
    public var label: String
    /// Nil where the step cannot be opened yet.
    public var path: String?
    public var isDone: Bool
    public var isCurrent: Bool

    public init(label: String, path: String? = nil, isDone: Bool, isCurrent: Bool) {
        self.label = label
        self.path = path
        self.isDone = isDone
        self.isCurrent = isCurrent
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "path": path as Any
        case "isDone": isDone
        case "isCurrent": isCurrent
        default: nil
        }
    }
}

/// One line of a list of things to mend, linked to the place.
public struct TaskItem: MustacheParent, Sendable {
    public var label: String
    public var reason: String
    public var path: String
    /// There is something new in its place already.
    public var isDone: Bool

    public init(label: String, reason: String, path: String, isDone: Bool = false) {
        self.label = label
        self.reason = reason
        self.path = path
        self.isDone = isDone
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "reason": reason
        case "path": path
        case "isDone": isDone
        default: nil
        }
    }
}
