public import HTTPTypes

/// What a router found.
public enum RouteMatch<Value: Sendable>: Sendable {
    case found(value: Value, parameters: [String: String], pattern: String)
    /// The path is known, but not with this method: answer 405 with these in `Allow`.
    case methodNotAllowed([HTTPRequest.Method])
    case notFound
}

/// A table of routes, kept as a tree of path segments.
///
/// Patterns: `/permohonan/:ref/berkas/:key`; a last `*name` takes the rest of the path. A fixed segment wins over a
/// parameter, a parameter over the rest. HEAD falls back to GET.
public struct Router<Value: Sendable>: Sendable {
    /// A row of the table.
    public struct Route: Sendable {
        public let method: HTTPRequest.Method
        public let pattern: String
        public let value: Value
    }

    /// Every route in the order added.
    public private(set) var routes: [Route] = []
    private var tree = RouteTree()

    public init() {}

    /// Adds a route. Adding the same method and shape twice is a programming mistake and stops the program.
    public mutating func add(_ method: HTTPRequest.Method, _ pattern: String, _ value: Value) {
        precondition(pattern.hasPrefix("/"), "route \(pattern) must begin with /")
        precondition(tree.add(method, pattern), "\(method) \(pattern) exists already")
        routes.append(Route(method: method, pattern: pattern, value: value))
    }

    /// Finds the route for a decoded path.
    public func match(_ method: HTTPRequest.Method, _ path: String) -> RouteMatch<Value> {
        switch tree.match(method, path) {
        case .found(let index, let parameters):
            .found(value: routes[index].value, parameters: parameters, pattern: routes[index].pattern)
        case .methodNotAllowed(let methods): .methodNotAllowed(methods)
        case .notFound: .notFound
        }
    }

    /// Every method that a decoded path knows, with HEAD where there is GET, and OPTIONS, in alphabetical order; empty
    /// for an unknown path.
    public func methods(_ path: String) -> [HTTPRequest.Method] {
        guard path.hasPrefix("/") else { return [] }
        var known = tree.methods(path)
        if !known.isEmpty, !known.contains(.options) { known.append(.options) }
        return known.sorted { $0.rawValue < $1.rawValue }
    }

    /// The answer to OPTIONS: 204 with `Allow`; nil for an unknown path.
    public func options(_ path: String) -> Response? {
        let methods = methods(path)
        return methods.isEmpty ? nil : .allowing(methods)
    }
}
