import NIOConcurrencyHelpers

/// Counts up.
final class Counter: Series {
    private let value = NIOLockedValueBox(0)

    func add(_ amount: Int = 1) { value.withLockedValue { $0 += max(0, amount) } }

    var count: Int { value.withLockedValue { $0 } }

    func text(_ name: String, _ labels: Labels) -> String { "\(name)\(labels.text) \(count)\n" }
}

/// Goes up and down.
final class Gauge: Series {
    private let value = NIOLockedValueBox(0.0)

    func set(_ level: Double) { value.withLockedValue { $0 = level } }

    func add(_ amount: Double) { value.withLockedValue { $0 += amount } }

    var level: Double { value.withLockedValue { $0 } }

    func text(_ name: String, _ labels: Labels) -> String { "\(name)\(labels.text) \(number(level))\n" }
}

/// Sorts values into buckets.
final class Histogram: Series {
    private struct State {
        var buckets: [Int]
        var sum = 0.0
    }

    /// Upper bounds, ascending; everything above the last is counted too.
    let bounds: [Double]
    private let state: NIOLockedValueBox<State>

    /// Seconds: from a page out of memory to a page nobody waits for.
    static let durationBounds = [0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    init(bounds: [Double]) {
        self.bounds = bounds
        state = NIOLockedValueBox(State(buckets: [Int](repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLockedValue {
            $0.buckets[bucket] += 1
            $0.sum += value
        }
    }

    func record(_ duration: Duration) { record(duration / .seconds(1)) }

    func text(_ name: String, _ labels: Labels) -> String {
        let state = state.withLockedValue { $0 }
        var (out, count) = ("", 0)
        for (index, bucket) in state.buckets.enumerated() {
            count += bucket
            let bound = index < bounds.count ? number(bounds[index]) : "+Inf"
            out += "\(name)_bucket\(labels.text(adding: bound)) \(count)\n"
        }
        return out + "\(name)_sum\(labels.text) \(number(state.sum))\n\(name)_count\(labels.text) \(count)\n"
    }
}

/// Whole numbers without ".0", as people read them; Prometheus takes both.
private func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
}
