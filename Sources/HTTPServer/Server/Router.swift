public import HTTPTypes

/// What a router found.
public enum RouteMatch<Value: Sendable>: Sendable {
    case found(value: Value, parameters: [String: String], pattern: String)
    /// The path is known, but not with this method: answer 405 with these in `Allow`.
    case methodNotAllowed([HTTPRequest.Method])
    case notFound
}

/// A table of routes as a tree of path segments.
///
/// Patterns: `/permohonan/:ref/berkas/:key`; a last `*name` takes the rest of the path. A fixed segment wins over a
/// parameter, a parameter over the rest. HEAD falls back to GET.
public struct Router<Value: Sendable>: Sendable {
    /// A row of the table.
    public struct Route: Sendable {
        public let method: HTTPRequest.Method
        public let pattern: String
        public let value: Value
        let names: [String]
    }

    /// Every route in the order added.
    public private(set) var routes: [Route] = []
    private var nodes = [Node()]

    private struct Node: Sendable {
        var fixed: [Substring: Int] = [:]
        var parameter: Int?
        var rest: Int?
        /// Indices into `routes`.
        var here: [Int] = []
    }

    public init() {}

    /// Adds a route. Adding the same method and shape twice is a programming mistake and stops the program.
    public mutating func add(_ method: HTTPRequest.Method, _ pattern: String, _ value: Value) {
        precondition(pattern.hasPrefix("/"), "route \(pattern) must begin with /")
        var node = 0
        var names: [String] = []
        for segment in pathSegments(pattern) {
            switch segment.first {
            case ":":
                names.append(String(segment.dropFirst()))
                node = child(of: node, \.parameter)
            case "*":
                names.append(String(segment.dropFirst()))
                node = child(of: node, \.rest)
            default:
                if let known = nodes[node].fixed[segment] {
                    node = known
                } else {
                    nodes.append(Node())
                    nodes[node].fixed[segment] = nodes.count - 1
                    node = nodes.count - 1
                }
            }
        }
        precondition(!nodes[node].here.contains { routes[$0].method == method }, "\(method) \(pattern) exists already")
        nodes[node].here.append(routes.count)
        routes.append(Route(method: method, pattern: pattern, value: value, names: names))
    }

    private mutating func child(of node: Int, _ place: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[node][keyPath: place] { return known }
        nodes.append(Node())
        nodes[node][keyPath: place] = nodes.count - 1
        return nodes.count - 1
    }

    /// Finds the route for a decoded path.
    public func match(_ method: HTTPRequest.Method, _ path: String) -> RouteMatch<Value> {
        let segments = pathSegments(path)
        var captured: [Substring] = []
        var allowed: [HTTPRequest.Method] = []
        guard let index = find(method, segments[...], at: 0, &captured, &allowed) else {
            return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed.sorted { $0.rawValue < $1.rawValue })
        }
        let route = routes[index]
        var parameters: [String: String] = [:]
        for (name, value) in zip(route.names, captured) { parameters[name] = String(value) }
        return .found(value: route.value, parameters: parameters, pattern: route.pattern)
    }

    /// Depth first: the most fixed branch that knows the method wins; the methods of the others are remembered.
    private func find(
        _ method: HTTPRequest.Method, _ segments: ArraySlice<Substring>, at node: Int, _ captured: inout [Substring],
        _ allowed: inout [HTTPRequest.Method]
    ) -> Int? {
        guard let segment = segments.first else { return choose(method, nodes[node], &allowed) }
        if let next = nodes[node].fixed[segment],
            let found = find(method, segments.dropFirst(), at: next, &captured, &allowed)
        {
            return found
        }
        if let next = nodes[node].parameter, !segment.isEmpty {
            captured.append(segment)
            if let found = find(method, segments.dropFirst(), at: next, &captured, &allowed) { return found }
            captured.removeLast()
        }
        if let next = nodes[node].rest, let found = choose(method, nodes[next], &allowed) {
            captured.append(Substring(segments.joined(separator: "/")))
            return found
        }
        return nil
    }

    private func choose(_ method: HTTPRequest.Method, _ node: Node, _ allowed: inout [HTTPRequest.Method]) -> Int? {
        if let exact = node.here.first(where: { routes[$0].method == method }) { return exact }
        if method == .head, let get = node.here.first(where: { routes[$0].method == .get }) { return get }
        for index in node.here {
            let known = routes[index].method
            for method in known == .get ? [known, .head] : [known] where !allowed.contains(method) {
                allowed.append(method)
            }
        }
        return nil
    }
}
