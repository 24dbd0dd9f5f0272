import Foundation
import NIOConcurrencyHelpers

/// How the promises of the last twelve months were kept, for everybody: counted at most once a minute, however many ask.
final class FrontdeskKept: Sendable {
    private let tickets: Tickets
    private let counted = NIOLockedValueBox<(at: Date, months: [PublishedMonth])?>(nil)

    static let months = 12
    private static let goodForSeconds: Double = 60

    init(_ tickets: Tickets) { self.tickets = tickets }

    /// The newest first; a month in which nothing was due is among them.
    func months(at now: Date) async throws -> [PublishedMonth] {
        let known = counted.withLockedValue { $0 }
        if let known, now >= known.at, now.timeIntervalSince(known.at) < Self.goodForSeconds { return known.months }
        let moments = tickets.voices[.en].moments
        let names = PublishedMonth.names(endingWith: String(moments.localInput(now).prefix(7)), count: Self.months)
        let begins = names.compactMap { moments.date(fromLocalInput: "\($0)-01T00:00") }
        let ends = [now] + begins.dropLast()
        let months = try await tickets.database.read { db in
            try zip(names, zip(begins, ends)).map { try db.publishedMonth($0, from: $1.0, to: $1.1) }
        }
        counted.withLockedValue { $0 = (now, months) }
        return months
    }
}
