import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// What machines ask: is it alive, can it work, what has it done.
struct HealthRoutes: Sendable {
    var database: Database
    var metrics: Metrics

    func add(to router: Router<WebContext>) {
        router.get("/healthz") { _, _ in Response.text("alive\n") }
        router.get("/readyz") { _, _ in await ready() }
        router.get("/metrics") { _, _ in try await figures() }
    }

    /// Ready is who can write: a process whose disk is full is alive, but must get no requests.
    private func ready() async -> Response {
        do {
            _ = try await database.write { tx in try tx.counters() }
            return .text("ready\n")
        } catch {
            return .text("not ready: \(error)\n", status: .serviceUnavailable)
        }
    }

    private func figures() async throws -> Response {
        let (counters, waiting, ledger, processes) = try await database.read { db in
            try (db.counters(), db.waitingJobs(), db.inboxLedger(), db.processes().map(\.process))
        }
        var text = metrics.text()
        func gauge(_ name: String, _ help: String, _ samples: [(label: String, value: Int)]) {
            text += "# HELP klartext_\(name) \(help)\n# TYPE klartext_\(name) gauge\n"
            for sample in samples { text += "klartext_\(name)\(sample.label) \(sample.value)\n" }
        }
        gauge("tickets_open", "Open tickets.", [("", counters["open", default: 0])])
        gauge(
            "tickets_by_turn", "Open tickets by whose turn it is.",
            ["us", "customer", "thirdParty"].map { ("{turn=\"\($0)\"}", counters[$0, default: 0]) })
        gauge("todos_open", "Things an agent has to look at.", [("", counters["todos", default: 0])])
        gauge("letters_failed", "Letters that did not arrive and were not looked at.", [("", counters["failed letters", default: 0])])
        gauge("mailboxes_failing", "Mailboxes that cannot be fetched from.", [("", counters[MailFolder.counter, default: 0])])
        gauge("jobs_waiting", "Promised jobs not done yet.", [("", waiting)])
        gauge("jobs_dead", "Jobs given up.", [("", counters["dead jobs", default: 0])])
        gauge(
            "mails", "Received mails by what became of them.",
            [InboxEntry.State.received, .filed, .held, .machine, .refused].map { ("{state=\"\($0.rawValue)\"}", ledger[$0, default: 0]) })
        gauge(
            "processes", "Processes that live, by what they do.",
            ProcessRole.allCases.map(\.rawValue).map { role in ("{role=\"\(role)\"}", processes.count { $0.roles.contains(role) }) })
        let statistics = database.statistics
        gauge("database_commits", "Transactions committed since the start.", [("", statistics.commits)])
        gauge("database_units", "Units of work committed since the start; many share a commit.", [("", statistics.units)])
        return Response.text(text)
    }
}
