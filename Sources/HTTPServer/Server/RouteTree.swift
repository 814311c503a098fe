import HTTPTypes

/// The tree behind `Router`. It is not generic, so that it is compiled once and for its own types.
struct RouteTree: Sendable {
    enum Match {
        /// A route by its place in the order of adding.
        case found(Int, parameters: [String: String])
        case methodNotAllowed([HTTPRequest.Method])
        case notFound
    }

    private struct Node: Sendable {
        var fixed: [Substring: Int] = [:]
        var parameter: Int?
        var rest: Int?
        /// Places in `leaves`.
        var here: [Int] = []
    }

    private struct Leaf: Sendable {
        let method: HTTPRequest.Method
        let names: [String]
    }

    private var nodes = [Node()]
    private var leaves: [Leaf] = []

    /// False when the method and shape exist already.
    mutating func add(_ method: HTTPRequest.Method, _ pattern: String) -> Bool {
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
        guard !nodes[node].here.contains(where: { leaves[$0].method == method }) else { return false }
        nodes[node].here.append(leaves.count)
        leaves.append(Leaf(method: method, names: names))
        return true
    }

    private mutating func child(of node: Int, _ place: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[node][keyPath: place] { return known }
        nodes.append(Node())
        nodes[node][keyPath: place] = nodes.count - 1
        return nodes.count - 1
    }

    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        let segments = pathSegments(path)
        var captured: [Substring] = []
        var allowed: [HTTPRequest.Method] = []
        guard let index = find(method, segments[...], at: 0, &captured, &allowed) else {
            return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed.sorted { $0.rawValue < $1.rawValue })
        }
        var parameters: [String: String] = [:]
        for (name, value) in zip(leaves[index].names, captured) { parameters[name] = String(value) }
        return .found(index, parameters: parameters)
    }

    /// Every method that a path knows, HEAD beside GET included.
    func methods(_ path: String) -> [HTTPRequest.Method] {
        var captured: [Substring] = []
        var allowed: [HTTPRequest.Method] = []
        _ = find(nil, pathSegments(path)[...], at: 0, &captured, &allowed)
        return allowed
    }

    /// Depth first: the most fixed branch that knows the method wins; the methods of the others are remembered.
    /// No method at all visits every branch.
    private func find(
        _ method: HTTPRequest.Method?, _ segments: ArraySlice<Substring>, at node: Int, _ captured: inout [Substring],
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

    private func choose(_ method: HTTPRequest.Method?, _ node: Node, _ allowed: inout [HTTPRequest.Method]) -> Int? {
        if let exact = node.here.first(where: { leaves[$0].method == method }) { return exact }
        if method == .head, let get = node.here.first(where: { leaves[$0].method == .get }) { return get }
        for index in node.here {
            let known = leaves[index].method
            for method in known == .get ? [known, .head] : [known] where !allowed.contains(method) {
                allowed.append(method)
            }
        }
        return nil
    }
}
