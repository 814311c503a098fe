import HTTPServer
import HTTPTypes

/// One row of a route table: address, who may, which body, and what happens.
struct Route: Sendable {
    typealias Handler = @Sendable (Context) throws -> Reply

    let method: HTTPRequest.Method
    let pattern: String
    let access: Access
    let body: BodyPolicy
    let handler: Handler
    /// The form holds what somebody typed: when their session has ended meanwhile, it is kept while they log in again.
    var keepsTyping = false
    /// The form belongs to a draft: the handler saves what was typed before it shows another language.
    var savesDraft = false
    /// Answers a form of somebody who is not logged in and whose token is outdated, with everything they typed.
    var onStale: Handler?
    /// How often one client may send this, asked before the body is taken.
    var limit: ClientLimit?

    static func get(_ pattern: String, access: Access, _ handler: @escaping Handler) -> Route {
        Route(method: .get, pattern: pattern, access: access, body: .none, handler: handler)
    }

    static func post(
        _ pattern: String, access: Access, body: BodyPolicy, keepsTyping: Bool = false, savesDraft: Bool = false,
        onStale: Handler? = nil, limit: ClientLimit? = nil, _ handler: @escaping Handler
    ) -> Route {
        Route(
            method: .post, pattern: pattern, access: access, body: body, handler: handler, keepsTyping: keepsTyping,
            savesDraft: savesDraft, onStale: onStale, limit: limit)
    }
}

/// A limit for each client, whoever is logged in there.
struct ClientLimit: Sendable {
    let name: String
    let rate: @Sendable (Rates) -> Rate
}

extension BodyPolicy {
    /// What a form of a few words needs.
    static let smallForm = BodyPolicy.form(max: 16_384)
    /// Long texts, percent-encoded.
    static let longForm = BodyPolicy.form(max: 131_072)
}
