import HTTPServer
import Pages
import Permits
import Store

/// What an admin sees to.
enum AdminRoutes {
    static let table: [Route] = [
        .get("/admin/akun", access: .admin, accounts)
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
}
