import Crypto
import Foundation
import HTTPServer
import HTTPTypes
import Permits
import Store

/// Counts for whoever watches the portal, in the text format of Prometheus.
enum MetricsRoutes {
    static let table: [Route] = [.get("/metrics", access: .anyone, metrics)]

    @Sendable static func metrics(_ context: Context) throws -> Reply {
        guard isWatcher(context) else { throw PermitError.notFound }
        var text = MetricsText()
        if let server = context.site.metrics.current { text.add(server) }
        text.gauge(
            "suratizin_password_hashes_waiting", "Log-ins that wait for their turn to be checked.",
            Double(context.site.hasher.waitingNow))
        text.gauge(
            "suratizin_outbox_messages", "Messages that wait to be sent.", Double(try context.store.outboxDepth()))
        text.counter(
            "suratizin_database_refusals_total", "Times the database could not take a change.",
            Double(context.store.refusals))
        return .text(text.text, status: 200)
    }

    /// Compared by their hashes, so that the time taken tells nothing about the token.
    private static func isWatcher(_ context: Context) -> Bool {
        guard let token = context.site.settings.metricsToken, let given = context.request.head.fields[.authorization]
        else { return false }
        return SHA256.hash(data: Data("Bearer \(token)".utf8)) == SHA256.hash(data: Data(given.utf8))
    }
}
