import HTTPServer
import Pages
import Permits
import Store

/// Pages that anybody may read.
enum PublicRoutes {
    static let table: [Route] = [
        .get("/", access: .anyone, home),
        .get("/bantuan", access: .anyone, help),
        .get("/healthz", access: .anyone, health),
    ]

    @Sendable static func home(_ context: Context) throws -> Reply {
        let texts = context.texts
        let cards = try ServiceCatalogue(context).entries.map { $0.card(for: nil, texts: texts) }
        return .page(
            Home(
                search: CatalogueRoutes.searched(context), services: cards,
                tags: Shown.tags(texts("home.heading"), texts("home.lead"), at: .home, context)))
    }

    @Sendable static func help(_ context: Context) throws -> Reply {
        let offices = try context.store.offices(on: context.now.day)
        return .page(
            Help(
                steps: HelpStep.all(context.texts) { step in
                    context.site.statics.url("img/guide/\(context.language.rawValue)/\(step).png")
                },
                questions: HelpEntry.questions(context.texts, hasChats: !context.store.channels.isEmpty),
                words: HelpEntry.words(context.texts),
                offices: offices.map { OfficeModel($0, in: context.language) }))
    }

    /// Truly reads the database.
    @Sendable static func health(_ context: Context) throws -> Reply {
        guard context.store.isAlive() else { return .text("database does not answer\n", status: 503) }
        return .text("ok\n", status: 200)
    }
}
