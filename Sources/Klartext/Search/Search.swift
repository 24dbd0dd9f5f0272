import Foundation
import Storage

/// What can be looked for, and how the index is filled. START HERE.
///
/// A text becomes words by our own rules (`SearchText`), which both engines hold in an index of their own; a query becomes words that the
/// vocabulary has (`SearchTermsSQL`), and only those are asked for. So both engines find the same.
struct Search: Sendable {
    var database: Database
    var clock: Clock
    var index: SearchIndex

    /// A page of what was found.
    struct Results: Sendable {
        var match: SearchMatch
        /// At most `mostCustomers`, the longest known first.
        var customers: [Int64] = []
        /// One document for each ticket, its newest, newest first.
        var tickets: [Snapshot.Found] = []
        /// Where the next page begins, if there is one.
        var next: Int64?
        /// Not everything is in the index yet.
        var isIndexing = false
    }

    static let mostCustomers = 5
    /// Documents read at once.
    private static let batch = 200
    /// Documents looked through for one page. Only phrases, and tickets with hundreds of messages, ever need so many.
    private static let mostDocuments = 2_000

    /// A page of tickets, and on the first one the customers, that hold all words of a query.
    /// - Parameters:
    ///   - before: the `next` of the page before.
    ///   - limit: how many tickets make a page.
    func find(_ query: SearchQuery, before: Int64? = nil, limit: Int, in db: Snapshot) throws -> Results {
        var results = Results(match: try db.match(query), isIndexing: try db.isIndexing())
        try addTickets(to: &results, before: before, limit: limit, in: db)
        if before == nil {
            let found = try db.documents(matching: results.match, in: Int64.min..<0, limit: Self.mostCustomers)
            results.customers = found.map { -$0.document.id }
        }
        return results
    }

    private func addTickets(to results: inout Results, before: Int64?, limit: Int, in db: Snapshot) throws {
        var (below, looked, shown) = (before ?? .max, 0, Set<Int64>())
        while looked < Self.mostDocuments {
            let found = try db.documents(matching: results.match, in: 1..<below, limit: Self.batch)
            // what stood on an earlier page, with a newer document
            let earlier = try before.map { try db.tickets(among: found.compactMap(\.ticket), matching: results.match, in: $0..<Int64.max) }
            for one in try Self.holding(phrasesOf: results.match, found, in: db) {
                guard let ticket = one.ticket, !shown.contains(ticket), earlier?.contains(ticket) != true else { continue }
                if results.tickets.count == limit {
                    results.next = results.tickets.last?.document.id
                    return
                }
                shown.insert(ticket)
                results.tickets.append(one)
            }
            looked += found.count
            guard found.count == Self.batch, let last = found.last else { return }
            below = last.document.id
        }
        results.next = below
    }

    private static func holding(phrasesOf match: SearchMatch, _ found: [Snapshot.Found], in db: Snapshot) throws -> [Snapshot.Found] {
        guard !match.phrases.isEmpty else { return found }
        let documents = try db.documents(found.map(\.document), mostBody: SearchDocument.mostBody)
        return found.filter { one in documents[one.document.id].map { match.holdsPhrases($0.texts) } ?? false }
    }
}

extension Search {
    /// Documents written in one transaction: a few hundredths of a second in which nobody else writes.
    private static let documentsAtOnce = 200
    /// Transactions of one job; then the lane is free for others, and the rest is promised anew.
    private static let transactionsOfJob = 50

    /// Does a part of what was promised, and promises the rest.
    func fill(_ job: Job) async throws -> JobOutcome {
        var task = try job.decoded(as: IndexDocuments.self)
        for _ in 0..<Self.transactionsOfJob {
            guard let written = try await fill(task) else { return .finished }
            task.below = written.last
        }
        let (rest, now) = (task, clock.now())
        try await database.write { tx in try tx.promise(rest, at: now, now: now) }
        return .finished
    }

    /// Writes all documents anew.
    /// - Parameter progress: is told how many have been written so far.
    /// - Returns: how many there are.
    @discardableResult func reindex(_ progress: (Int) -> Void = { _ in }) async throws -> Int {
        var (task, count) = (IndexDocuments(), 0)
        while let written = try await fill(task) {
            task.below = written.last
            count += written.count
            progress(count)
        }
        return count
    }

    /// - Returns: how many documents were written and the last of them; nil when nothing is left.
    private func fill(_ task: IndexDocuments) async throws -> (count: Int, last: Int64)? {
        let index = index
        return try await database.write { tx in
            let names = try tx.documentNames(of: task.customer, below: task.below, limit: Self.documentsAtOnce)
            try index.add(names, in: tx)
            return names.last.map { (names.count, $0.id) }
        }
    }
}

extension Snapshot {
    /// Documents of any kind, by id.
    func documents(_ names: [SearchDocument.Name], mostBody: Int) throws -> [Int64: SearchDocument] {
        func ids(_ kind: SearchDocument.Kind) -> [Int64] { names.filter { $0.kind == kind }.map(\.id) }
        let all = try documents(ofMessages: ids(.message), mostBody: mostBody) + documents(ofNotes: ids(.note), mostBody: mostBody)
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    }
}
