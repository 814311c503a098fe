/// Who the menu is for. Somebody may be several.
public enum Audience: Sendable, CaseIterable {
    case visitor, citizen, officer, admin
    /// Who activates accounts.
    case registrar
}

extension Frame {
    /// The menu, shortest first; `current` is the address of the page or of the part it belongs to.
    public static func navigation(for audiences: Set<Audience>, current: Link?, texts: Texts) -> [NavItem] {
        func item(_ key: String, _ link: Link) -> NavItem {
            NavItem(label: texts("nav.\(key)"), path: link.path, isCurrent: link == current)
        }
        var items: [NavItem] = []
        if audiences.contains(.officer) {
            items += [item("queue", .queue), item("register", .register), item("reports", .reports)]
        }
        if audiences.contains(.registrar) { items.append(item("activations", .activations)) }
        if audiences.contains(.admin) { items.append(item("accounts", .adminAccounts)) }
        items.append(item("services", .services))
        if audiences.contains(.visitor) { items.append(item("tracking", .tracking)) }
        if audiences.contains(.admin) { items.append(item("deletions", .deletions)) }
        if audiences.contains(.citizen) { items.append(item("applications", .applications)) }
        return items
    }
}
