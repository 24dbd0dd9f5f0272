import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MetricsTests {
    @Test func `the text is what Prometheus reads`() {
        let metrics = Metrics()
        metrics.counter("mails_total", help: "Mails\nreceived.", labels: ["outcome": "fi\"led\\"]).add(2)
        metrics.counter("mails_total", help: "Mails\nreceived.", labels: ["outcome": "held"]).add()
        metrics.gauge("open_tickets", help: "Now.").set(1.5)
        metrics.gauge("open_tickets", help: "Now.").add(1)
        let histogram = metrics.histogram("wait_seconds", help: "Wait.", labels: ["q": "a"], bounds: [0.1, 1])
        for value in [0.1, 0.5, 7] { histogram.record(value) }
        histogram.record(.milliseconds(400))
        #expect(
            metrics.text() == #"""
                # HELP mails_total Mails\nreceived.
                # TYPE mails_total counter
                mails_total{outcome="fi\"led\\"} 2
                mails_total{outcome="held"} 1
                # HELP open_tickets Now.
                # TYPE open_tickets gauge
                open_tickets 2.5
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{q="a",le="0.1"} 1
                wait_seconds_bucket{q="a",le="1"} 3
                wait_seconds_bucket{q="a",le="+Inf"} 4
                wait_seconds_sum{q="a"} 8
                wait_seconds_count{q="a"} 4

                """#)
    }

    @Test func `labels without end are counted together`() {
        let metrics = Metrics()
        for number in 0..<1000 { metrics.counter("x_total", help: "X.", labels: ["id": "\(number)"]).add() }
        let lines = metrics.text().split(separator: "\n")
        #expect(lines.count == 2 + Metrics.maximumSeries + 1)
        #expect(lines.contains("x_total{id=\"other\"} 700"))
    }

    @Test func `a counter never falls`() {
        let counter = Metrics().counter("x_total", help: "X.")
        counter.add(-5)
        #expect(counter.count == 0)
    }

    @Test func `a name has one type`() {
        let metrics = Metrics()
        metrics.counter("x", help: "X.").add(3)
        metrics.gauge("x", help: "X.").set(9)
        #expect(metrics.text().hasSuffix("x 3\n"))
    }
}
