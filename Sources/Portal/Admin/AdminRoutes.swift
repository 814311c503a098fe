import HTTPServer
import Pages
import Permits
import Store

/// What an admin sees to.
enum AdminRoutes {
    static let table: [Route] = [
        .get("/admin/akun", access: .admin, accounts),
        .get("/admin/penghapusan", access: .admin, deletions),
    ]

    @Sendable static func accounts(_ context: Context) throws -> Reply {
        let texts = context.texts
        let rows = try context.store.accounts(limit: 500).map { account, unitName in
            AccountRow(
                name: account.name, mail: account.email, roles: texts(account.role.textKey), unit: unitName ?? "",
                tag: TagModel(account.state, texts: texts))
        }
        return .page(AdminAccounts(rows: rows))
    }

    @Sendable static func deletions(_ context: Context) throws -> Reply {
        let rows = try context.store.deletionRequests(limit: 500).map { request, name in
            DeletionRow(
                name: name, requested: context.formats.shortDateTime(request.requestedAt),
                due: context.formats.longDate(request.dueAt.day),
                tag: TagModel(
                    label: context.texts(request.state.textKey), tone: request.state == .waiting ? .warn : .neutral))
        }
        return .page(Deletions(rows: rows))
    }
}
