import Foundation

/// The time, handed in: rules and actions take `now` as a value, tests and the demo bring a clock of their own.
struct Clock: Sendable {
    /// The current time in whole milliseconds, as the database keeps it.
    var now: @Sendable () -> Date

    static let system = Clock { Date().wholeMilliseconds }
}

extension Date {
    /// The same time without what is finer than the database keeps, so that a value read back equals the value written.
    var wholeMilliseconds: Date { Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded(.down) / 1000) }
}
