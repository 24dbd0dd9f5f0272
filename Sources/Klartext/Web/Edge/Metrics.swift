import NIOConcurrencyHelpers

/// What Prometheus may ask: a registry of counters, gauges and histograms, and its text (exposition format 0.0.4).
///
/// Series are made once and kept; asking for the same name and labels gives the same series.
final class Metrics: Sendable {
    private struct Family {
        var help: String
        var type: String
        var series: [Labels: any Series] = [:]
    }

    private let families = NIOLockedValueBox<[String: Family]>([:])
    /// Of one name. A label that can take any value would otherwise grow without end, here and in Prometheus.
    static let maximumSeries = 300

    /// Something that only grows. The name ends in `_total`.
    func counter(_ name: String, help: String, labels: KeyValuePairs<String, String> = [:]) -> Counter {
        series(name, help, "counter", labels) { Counter() }
    }

    /// Something that goes up and down.
    func gauge(_ name: String, help: String, labels: KeyValuePairs<String, String> = [:]) -> Gauge {
        series(name, help, "gauge", labels) { Gauge() }
    }

    /// How durations or sizes are spread. The name ends in the unit, such as `_seconds`.
    func histogram(
        _ name: String, help: String, labels: KeyValuePairs<String, String> = [:], bounds: [Double] = Histogram.durationBounds
    ) -> Histogram {
        series(name, help, "histogram", labels) { Histogram(bounds: bounds) }
    }

    /// Everything, sorted by name.
    func text() -> String {
        var out = ""
        for (name, family) in families.withLockedValue({ $0 }).sorted(by: { $0.key < $1.key }) {
            let help = Labels.escaped(family.help, quotes: false)
            out += "# HELP \(name) \(help)\n# TYPE \(name) \(family.type)\n"
            for (labels, series) in family.series.sorted(by: { $0.key.text < $1.key.text }) { out += series.text(name, labels) }
        }
        return out
    }

    private func series<Kind: Series>(
        _ name: String, _ help: String, _ type: String, _ labels: KeyValuePairs<String, String>, make: () -> Kind
    ) -> Kind {
        families.withLockedValue { families in
            var family = families[name] ?? Family(help: help, type: type)
            defer { families[name] = family }
            var labels = Labels(labels)
            if family.series[labels] == nil, family.series.count >= Self.maximumSeries { labels = labels.merged }
            // Under another type the name is taken: the new series counts, but is not shown. A programming error, not worth a crash.
            if let known = family.series[labels] { return known as? Kind ?? make() }
            let series = make()
            if family.type == type { family.series[labels] = series }
            return series
        }
    }
}

/// One line, or for a histogram several, of the text.
protocol Series: Sendable {
    func text(_ name: String, _ labels: Labels) -> String
}

/// Label names and values, already in Prometheus' notation.
struct Labels: Hashable, Sendable {
    private let pairs: [[String]]

    init(_ pairs: KeyValuePairs<String, String>) { self.pairs = pairs.map { [$0.key, Self.escaped($0.value, quotes: true)] } }

    private init(pairs: [[String]]) { self.pairs = pairs }

    /// Where series beyond the maximum are counted.
    var merged: Labels { Labels(pairs: pairs.map { [$0[0], "other"] }) }

    /// `{a="b",c="d"}`, or nothing.
    var text: String { text(adding: nil) }

    func text(adding bound: String?) -> String {
        let all = pairs.map { "\($0[0])=\"\($0[1])\"" } + (bound.map { ["le=\"\($0)\""] } ?? [])
        return all.isEmpty ? "" : "{\(all.joined(separator: ","))}"
    }

    static func escaped(_ text: String, quotes: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
}
