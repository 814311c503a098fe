/// Builds the text that Prometheus reads (exposition format 0.0.4).
public struct MetricsText: Sendable {
    /// One number of a metric, told from the others by its labels.
    public struct Sample: Sendable {
        let labels: [(name: String, value: String)]
        let value: Double

        public init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
            self.labels = labels.map { (name: $0.key, value: $0.value) }
            self.value = value
        }

        fileprivate init(_ value: Double, _ labels: KeyValuePairs<String, String>, le bound: String) {
            self.labels = labels.map { (name: $0.key, value: $0.value) } + [(name: "le", value: bound)]
            self.value = value
        }
    }

    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public private(set) var text = ""

    public init() {}

    /// A number that only grows; by custom its name ends in `_total`.
    public mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) {
        add(name, help, "counter", samples)
    }

    public mutating func counter(_ name: String, _ help: String, _ value: Double) {
        counter(name, help, [Sample(value)])
    }

    /// A number that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        add(name, help, "gauge", samples)
    }

    public mutating func gauge(_ name: String, _ help: String, _ value: Double) { gauge(name, help, [Sample(value)]) }

    /// Histograms of one thing, told apart by their labels.
    public mutating func histogram(
        _ name: String, _ help: String,
        _ histograms: [(histogram: MetricHistogram, labels: KeyValuePairs<String, String>)]
    ) {
        let name = Self.name(name)
        begin(name, help, "histogram")
        for (histogram, labels) in histograms {
            var count = 0
            for (bound, more) in zip(histogram.bounds + [.infinity], histogram.counts) {
                count += more
                line(name + "_bucket", Sample(Double(count), labels, le: Self.number(bound)))
            }
            line(name + "_sum", Sample(histogram.sum, labels))
            line(name + "_count", Sample(Double(count), labels))
        }
    }

    /// Everything that a server counts.
    public mutating func add(_ metrics: ServerMetrics) {
        gauge("http_connections_open", "Connections open now.", Double(metrics.openConnections))
        counter("http_connections_accepted_total", "Connections taken.", Double(metrics.acceptedConnections))
        counter(
            "http_connections_shed_total", "Connections told 503 because of a limit.", Double(metrics.shedConnections))
        counter(
            "http_requests_total", "Answered requests by route and status.",
            metrics.requests.map {
                Sample(Double($0.count), ["route": $0.route, "status": "\($0.status)"])
            })
        histogram(
            "http_request_duration_seconds", "From the end of a head to the last byte of its answer, by route.",
            metrics.latencies.map { ($0.histogram, ["route": $0.route]) })
        counter("http_received_bytes_total", "Bytes read from clients.", Double(metrics.receivedBytes))
        counter("http_sent_bytes_total", "Bytes sent to clients.", Double(metrics.sentBytes))
        gauge("http_temporary_bytes", "Bytes that request bodies hold on disk.", Double(metrics.temporaryBytes))
    }

    private mutating func add(_ name: String, _ help: String, _ type: String, _ samples: [Sample]) {
        let name = Self.name(name)
        begin(name, help, type)
        for sample in samples { line(name, sample) }
    }

    private mutating func begin(_ name: String, _ help: String, _ type: String) {
        text += "# HELP \(name) \(Self.escaped(help, quote: false))\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ sample: Sample) {
        text += name
        if !sample.labels.isEmpty {
            let labels = sample.labels.map { "\(Self.name($0.name))=\"\(Self.escaped($0.value, quote: true))\"" }
            text += "{" + labels.joined(separator: ",") + "}"
        }
        text += " \(Self.number(sample.value))\n"
    }

    /// A name with `_` for whatever a name may not hold.
    private static func name(_ text: String) -> String {
        let name = String(
            decoding: text.utf8.map { $0.isLetter || $0.isDigit || $0 == 0x5F || $0 == .colon ? $0 : 0x5F },
            as: UTF8.self)
        return name.utf8.first.map { $0.isDigit } ?? true ? "_" + name : name
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quote: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int(exactly: value).map { String($0) } ?? String(value)
    }
}
