import Storage

/// Proves the calls: each one's row is the fold of its journal.
struct CallCheck: Sendable {
    var database: Database
    var mostBreaches: Int

    func run() async throws -> Check.Result {
        var result = Check.Result(law: "every call equals the fold of its journal", looked: 0, breaches: [])
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in
                try db.calls(after: after, limit: 200).map { call in
                    (id: call.id, isEqual: Call.folded(call.id, try db.history(ofCall: call.id)) == call)
                }
            }
            guard let newest = page.last, result.breaches.count < mostBreaches else { return result }
            result.looked += page.count
            result.breaches += page.filter { !$0.isEqual }.map { "call \($0.id) differs" }
            last = newest.id
        }
    }
}
