/// A kelurahan with its kecamatan.
public struct Place: Codable, Equatable, Sendable {
    /// Of Kepmendagri, `12.71.01.1001`.
    public var code: String
    public var kecamatan: String
    public var kelurahan: String

    public init(code: String, kecamatan: String, kelurahan: String) {
        self.code = code
        self.kecamatan = kecamatan
        self.kelurahan = kelurahan
    }

    /// `Kelurahan Pasar Baru, Kecamatan Medan Kota`
    public var printed: String { "Kelurahan \(kelurahan), Kecamatan \(kecamatan)" }
}

/// Lists that many letter types share. They are written into each definition when it is loaded, so that a version goes
/// on meaning what it meant when a list changes.
public struct FieldLists: Equatable, Sendable {
    public var places: [Place]
    public var institutions: [String]

    public init(places: [Place], institutions: [String]) {
        self.places = places
        self.institutions = institutions
    }
}

extension LetterType {
    /// With the shared lists in the fields that name none of their own.
    public func completed(with lists: FieldLists) -> LetterType {
        var type = self
        for section in type.sections.indices {
            for index in type.sections[section].fields.indices {
                type.sections[section].fields[index].complete(with: lists)
            }
        }
        return type
    }
}

extension FieldDefinition {
    fileprivate mutating func complete(with lists: FieldLists) {
        if kind == .district, places == nil { places = lists.places }
        if kind == .institution, suggestions == nil { suggestions = lists.institutions }
        for index in (columns ?? []).indices { columns?[index].complete(with: lists) }
    }

    /// Reads the code, or a place as people write it: its printed name, or a kelurahan whose name is there once.
    func place(_ text: String) -> Place? {
        let places = places ?? []
        if let known = places.first(where: { $0.code == text }) { return known }
        let wanted = text.lowercased()
        if let known = places.first(where: { $0.printed.lowercased() == wanted }) { return known }
        let named = places.filter { $0.kelurahan.lowercased() == wanted }
        return named.count == 1 ? named.first : nil
    }
}
