public import Mustache

/// One step of an application's way from the form to the letter.
public struct WayStep: MustacheParent, Sendable {
    public enum Place: Sendable, Equatable {
        case done, here, ahead, stopped
    }

    public var label: String
    public var isDone: Bool
    public var isHere: Bool
    /// Where the way ended without a letter.
    public var isStopped: Bool
    /// Said of the step where the application is, or was stopped.
    public var note: String?

    public init(label: String, place: Place, note: String? = nil) {
        self.label = label
        isDone = place == .done
        isHere = place == .here
        isStopped = place == .stopped
        self.note = note
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "isDone": isDone
        case "isHere": isHere
        case "isStopped": isStopped
        case "note": note as Any
        default: nil
        }
    }

    static let samples = [
        WayStep(label: "Pengisian", place: .done), WayStep(label: "Pemeriksaan petugas", place: .here, note: "Di sini"),
        WayStep(label: "Tanda tangan pejabat", place: .ahead), WayStep(label: "Surat terbit", place: .ahead),
    ]
}
