import Foundation

/// A line of the inbox.
struct TicketLine: Sendable, Equatable {
    var ticket: Ticket
    var customerName: String
    var assigneeName: String?
    var hasTodo: Bool
    /// The beginning of the newest message.
    var excerpt: String
}

/// Where a page of the inbox begins: after this ticket in the order of dark time. Pages are found by key, so the thousandth is as quick as the first.
struct InboxPosition: Sendable, Equatable {
    var darkSince: Date
    var number: TicketNumber

    /// As in an address: milliseconds, then the number.
    var text: String { "\(Int64((darkSince.timeIntervalSince1970 * 1000).rounded()))-\(number.rawValue)" }

    init(darkSince: Date, number: TicketNumber) { (self.darkSince, self.number) = (darkSince, number) }

    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 2, let number = TicketNumber(rawValue: parts[1]) else { return nil }
        self.init(darkSince: Date(timeIntervalSince1970: Double(parts[0]) / 1000), number: number)
    }
}
