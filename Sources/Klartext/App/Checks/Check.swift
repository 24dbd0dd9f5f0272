import Crypto
import Foundation
import Storage

/// `klartext check`: proves that what is stored is whole. One line for each law, and what breaks it.
struct Check: Sendable {
    var database: Database
    var files: FileStore

    init(database: Database, files: FileStore) { (self.database, self.files) = (database, files) }
    init(desk: Desk) { self.init(database: desk.database, files: desk.files) }

    struct Result: Sendable {
        var law: String
        var looked: Int
        /// At most ten, in words.
        var breaches: [String]

        var line: String {
            breaches.isEmpty ? "ok    \(law) (\(looked))" : "FAIL  \(law) (\(looked)): " + breaches.joined(separator: "; ")
        }
    }

    private static let mostBreaches = 10

    func run() async throws -> [Result] {
        var results: [Result] = []
        results.append(try await law("the database is sound") { try $0.soundness() })
        results.append(try await JournalCheck(database: database, mostBreaches: Self.mostBreaches).lines())
        results.append(try await JournalCheck(database: database, mostBreaches: Self.mostBreaches).chains())
        results.append(try await ledger())
        results.append(try await law("each day's mails stand in the ledger") { try $0.wrongLedger() })
        results.append(try await law("every open ticket has a next contact") { try $0.openTicketsWithoutNextContact() })
        results.append(try await law("every confirmation is sent or explained") { try $0.ticketsWithoutConfirmation() })
        results.append(try await law("every filed mail stands on a ticket") { try $0.filedMailsWithoutMessage() })
        results.append(try await law("every waiting letter has its job") { try $0.lettersWithoutJob() })
        results.append(try await law("every waiting mail has its job") { try $0.mailsWithoutJob() })
        results.append(try await law("the counters equal what they count") { try $0.wrongCounters() })
        results.append(try await law("every message, note and customer can be found") { try $0.unsearchable() })
        results.append(try await filledForms())
        results.append(try await folds())
        results.append(try await promises())
        results += try await ChronicleCheck(database: database, mostBreaches: Self.mostBreaches).run()
        results.append(try await CallCheck(database: database, mostBreaches: Self.mostBreaches).run())
        let subscriptions = SubscriptionCheck(database: database, mostBreaches: Self.mostBreaches)
        results += [try await subscriptions.folds(), try await subscriptions.ledgers(), try await subscriptions.jobs()]
        results.append(try await ReceiptCheck(database: database, mostBreaches: Self.mostBreaches).run())
        results.append(try await mails())
        results.append(try await digests())
        return results
    }

    private func ledger() async throws -> Result {
        let ledger = try await database.read { db in try (states: db.inboxLedger(), all: db.mailsReceived()) }
        let parts: [InboxEntry.State] = [.filed, .held, .machine, .refused, .received]
        let sum = parts.reduce(0) { $0 + (ledger.states[$1] ?? 0) }
        let words = parts.map { "\(ledger.states[$0] ?? 0) \($0 == .received ? "waiting" : $0.rawValue)" }.joined(separator: " + ")
        return Result(
            law: "received = \(words)", looked: ledger.all,
            breaches: sum == ledger.all ? [] : ["received \(ledger.all), accounted for \(sum)"])
    }

    private func law(_ law: String, _ look: @escaping @Sendable (Snapshot) throws -> (looked: Int, breaches: [String])) async throws
        -> Result
    {
        let (looked, breaches) = try await database.read(look)
        return Result(law: law, looked: looked, breaches: Array(breaches.prefix(Self.mostBreaches)))
    }

    /// What each form asked for against what the journal says of it, and the other way round.
    private func filledForms() async throws -> Result {
        var result = Result(law: "what forms asked for is as it was given", looked: 0, breaches: [])
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in try db.filledForms(after: after, limit: 200) }
            guard let newest = page.last, result.breaches.count < Self.mostBreaches else { break }
            result.looked += page.count
            result.breaches += page.filter { !$0.isEqual }.map { "message \($0.message) differs" }
            last = newest.line
        }
        let messages = try await database.read { db in try db.messagesWithFields() }
        if messages > result.looked { result.breaches.append("\(messages - result.looked) messages have values that no form gave") }
        return result
    }

    /// Each ticket's row against the fold of its journal.
    private func folds() async throws -> Result {
        var result = Result(law: "every ticket equals the fold of its journal", looked: 0, breaches: [])
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in
                try db.tickets(after: after, limit: 200).map { ticket in
                    let folded = Ticket.folded(try db.history(of: ticket.number).map { ($0.event, $0.actor, $0.at) })
                    return (number: ticket.number, isEqual: folded == ticket)
                }
            }
            guard let newest = page.last, result.breaches.count < Self.mostBreaches else { return result }
            result.looked += page.count
            result.breaches += page.filter { !$0.isEqual }.map { "#\($0.number) differs" }
            last = newest.number.rawValue
        }
    }

    /// Each promise's row against the fold of its journal.
    private func promises() async throws -> Result {
        var result = Result(law: "every promise equals the fold of its journal", looked: 0, breaches: [])
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in
                try db.promises(after: after, limit: 200).map { promise in
                    let folded = Promise.folded(promise.id, try db.history(ofPromise: promise.id).map { ($0.event, $0.at) })
                    return (id: promise.id, isEqual: folded == promise)
                }
            }
            guard let newest = page.last, result.breaches.count < Self.mostBreaches else { return result }
            result.looked += page.count
            result.breaches += page.filter { !$0.isEqual }.map { "promise \($0.id) differs" }
            last = newest.id
        }
    }

    /// Each mail kept in the database against its digest.
    private func mails() async throws -> Result {
        var result = Result(law: "every mail is what its digest says", looked: 0, breaches: [])
        var last = ""
        while true {
            let after = last
            let page = try await database.read { db in
                try db.rawMails(after: after, limit: 200).map {
                    (digest: $0.digest, isIntact: Hexadecimal.text(SHA256.hash(data: $0.raw)) == $0.digest)
                }
            }
            guard let newest = page.last, result.breaches.count < Self.mostBreaches else { return result }
            result.looked += page.count
            result.breaches += page.filter { !$0.isIntact }.map { "\($0.digest.prefix(12)) differs" }
            last = newest.digest
        }
    }

    /// Each stored file against its digest.
    private func digests() async throws -> Result {
        var result = Result(law: "every file is what its digest says", looked: 0, breaches: [])
        var last = ""
        while true {
            let after = last
            let page = try await database.read { db in try db.fileDigests(after: after, limit: 500) }
            guard let newest = page.last, result.breaches.count < Self.mostBreaches else { return result }
            for digest in page {
                do { try await files.verify(digest) } catch { result.breaches.append("\(digest.prefix(12)): \(error)") }
            }
            result.looked += page.count
            last = newest
        }
    }
}
