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
        let paging = Paging(context)
        let accounts = try context.store.accounts(limit: paging.limit, offset: paging.offset)
        let rows = accounts.prefix(paging.length).map { account, unitName in
            AccountRow(
                name: account.name, mail: account.email, roles: texts(account.role.textKey), unit: unitName ?? "",
                tag: TagModel(account.state, texts: texts))
        }
        let pager = paging.pager(hasMore: accounts.count > paging.length) { .accountsPage($0) }
        return .page(AdminAccounts(rows: rows, pager: pager))
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
