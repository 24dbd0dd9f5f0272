import Storage

/// Proves that what the public is told is what the journal says: each row against the fold of its journal.
struct ChronicleCheck: Sendable {
    var database: Database
    var mostBreaches: Int

    func run() async throws -> [Check.Result] {
        [
            try await law("every component equals the fold of its journal") { db, after in
                after.isEmpty ? try db.components() : []
            },
            try await law("every incident equals the fold of its journal") { db, after in try db.incidents(after: after, limit: 100) },
            try await law("every maintenance equals the fold of its journal") { db, after in try db.maintenances(after: after, limit: 100)
            },
            try await law("every announcement equals the fold of its journal") { db, after in
                after.isEmpty ? try db.announcements() : []
            },
        ]
    }

    /// - Parameter page: some after an id, in the order of their ids; none at the end.
    private func law<Subject: Chronicle>(_ law: String, _ page: @escaping @Sendable (Snapshot, String) throws -> [Subject]) async throws
        -> Check.Result
    {
        var result = Check.Result(law: law, looked: 0, breaches: [])
        var last = ""
        while true {
            let after = last
            let looked = try await database.read { db in
                try page(db, after).map { subject in
                    (id: subject.id, isEqual: Subject.folded(subject.id, try db.history(Subject.self, subject.id)) == subject)
                }
            }
            guard let newest = looked.last, result.breaches.count < mostBreaches else { return result }
            result.looked += looked.count
            result.breaches += looked.filter { !$0.isEqual }.map { "\(Subject.kind) \($0.id) differs" }
            last = newest.id.text
        }
    }
}
