import Foundation
import Storage

/// The laws of who is told of incidents.
struct SubscriptionCheck: Sendable {
    var database: Database
    var mostBreaches: Int

    /// Each subscriber's row against the fold of its journal.
    func folds() async throws -> Check.Result {
        var result = Check.Result(law: "every subscriber equals the fold of its journal", looked: 0, breaches: [])
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in
                try db.recipients(after: after, limit: 200).map { recipient in
                    let subscriber = recipient.subscriber
                    return (
                        id: subscriber.id,
                        isEqual: Subscriber.folded(subscriber.id, try db.history(ofSubscriber: subscriber.id)) == subscriber
                    )
                }
            }
            guard let newest = page.last, result.breaches.count < mostBreaches else { return result }
            result.looked += page.count
            result.breaches += page.filter { !$0.isEqual }.map { "subscriber \($0.id) differs" }
            last = newest.id
        }
    }

    /// The ledgers against the notices they count.
    func ledgers() async throws -> Check.Result {
        let (looked, breaches) = try await database.read { db in try db.wrongLedgers() }
        return Check.Result(law: "every ledger equals its notices", looked: looked, breaches: Array(breaches.prefix(mostBreaches)))
    }

    /// What waits to be sent is waited for by a job.
    func jobs() async throws -> Check.Result {
        let (looked, breaches) = try await database.read { db in try db.noticesWithoutJob() }
        return Check.Result(law: "every waiting notice has its job", looked: looked, breaches: Array(breaches.prefix(mostBreaches)))
    }
}
