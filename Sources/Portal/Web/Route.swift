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

    static func get(_ pattern: String, access: Access, _ handler: @escaping Handler) -> Route {
        Route(method: .get, pattern: pattern, access: access, body: .none, handler: handler)
    }

    static func post(_ pattern: String, access: Access, body: BodyPolicy, _ handler: @escaping Handler) -> Route {
        Route(method: .post, pattern: pattern, access: access, body: body, handler: handler)
    }
}

extension BodyPolicy {
    /// What a form of a few words needs.
    static let smallForm = BodyPolicy.form(max: 16_384)
    /// Long texts, percent-encoded.
    static let longForm = BodyPolicy.form(max: 131_072)
}
