import Foundation

/// The clock on the wall in one time zone: which day and minute it shows at a moment, and at which moment it shows a day and minute.
///
/// Twice a year that is no simple question. What the clock never shows, in spring, is the moment of the jump; what it shows twice, in
/// autumn, is the first or the second, as the caller asks.
struct LocalClock: Sendable, Equatable {
    let timeZone: TimeZone

    /// Which of two moments is meant where the clock shows the same time twice.
    enum Occurrence: Sendable { case first, last }

    func day(at moment: Date) -> LocalDay { LocalDay(number: civil(moment).dayNumber) }

    /// Minutes since midnight by the clock, 0 to 1439.
    func minute(at moment: Date) -> Int {
        let civil = civil(moment)
        return civil.hour * 60 + civil.minute
    }

    /// When the clock shows a day's minute.
    /// - Parameter minute: 0 to 1440; 1440 is the next day's midnight.
    func moment(_ day: LocalDay, minute: Int, _ occurrence: Occurrence = .first) -> Date {
        Date(timeIntervalSince1970: Double(seconds(day, minute: minute, occurrence)))
    }

    /// The same in seconds since 1970.
    func seconds(_ day: LocalDay, minute: Int, _ occurrence: Occurrence = .first) -> Int {
        let local = day.number * 86_400 + minute * 60
        let (before, after) = (offset(local - 86_400), offset(local + 86_400))
        guard before != after else { return local - before }
        let matches = [local - before, local - after].filter { $0 + offset($0) == local }
        let match = occurrence == .first ? matches.min() : matches.max()
        return match ?? jump(between: local - max(before, after), and: local - min(before, after))
    }

    private func civil(_ moment: Date) -> CivilTime {
        let seconds = moment.wholeSeconds
        return CivilTime(secondsSinceEpoch: seconds + offset(seconds))
    }

    /// Seconds to add to UTC.
    private func offset(_ seconds: Int) -> Int { timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) }

    /// The moment between two at which the offset changes, by halving.
    private func jump(between early: Int, and late: Int) -> Int {
        var (low, high) = (early - 1, late + 1)
        let old = offset(low)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(middle) == old { low = middle } else { high = middle }
        }
        return high
    }
}
