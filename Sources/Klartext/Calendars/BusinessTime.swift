import Foundation

/// Reckoning with the time in which somebody is there.
extension BusinessCalendar {
    /// How far a reckoning goes: a hundred years. What would end later ends there.
    static let mostDays = 36_525

    /// A time in which somebody is there, from its first moment to the one when the door is closed, in milliseconds since 1970.
    typealias Span = Range<Int>

    func isOpen(at moment: Date) -> Bool {
        let time = moment.milliseconds
        return spans(on: clock.day(at: moment)).contains { $0.contains(time) }
    }

    /// The moment itself when somebody is there, else when somebody is next.
    func nextOpening(after moment: Date) -> Date {
        let time = moment.milliseconds
        for span in spans(from: moment) where span.upperBound > time { return Date(milliseconds: max(time, span.lowerBound)) }
        return moment
    }

    /// The moment by which somebody has been there for so many minutes more.
    ///
    /// Nothing to add gives the moment itself, even at night. A time that ends when the door closes ends then, not at the next opening.
    /// - Parameter openMinutes: none when negative.
    func adding(openMinutes: Int, to moment: Date) -> Date {
        var left = min(max(openMinutes, 0), Self.mostDays * 1440) * 60_000
        guard left > 0 else { return moment }
        var time = moment.milliseconds
        for span in spans(from: moment) where span.upperBound > time {
            time = max(time, span.lowerBound)
            if span.upperBound - time >= left { return Date(milliseconds: time + left) }
            left -= span.upperBound - time
            time = span.upperBound
        }
        return Date(milliseconds: time)
    }

    /// For how many whole minutes somebody was there between two moments; 0 when the second does not come after the first.
    func openMinutes(from start: Date, to end: Date) -> Int {
        let (first, last) = (start.milliseconds, end.milliseconds)
        guard first < last else { return 0 }
        var sum = 0
        for span in spans(from: start) {
            if span.lowerBound >= last { break }
            sum += max(0, min(span.upperBound, last) - max(span.lowerBound, first))
        }
        return sum / 60_000
    }

    /// When the door is closed for the last time on a day; nil when nobody is there.
    func endOfBusiness(on day: LocalDay) -> Date? { spans(on: day).last.map { Date(milliseconds: $0.upperBound) } }

    /// When the first is there on a day; nil when nobody is.
    func startOfBusiness(on day: LocalDay) -> Date? { spans(on: day).first.map { Date(milliseconds: $0.lowerBound) } }

    func isBusinessDay(_ day: LocalDay) -> Bool { !spans(on: day).isEmpty }

    /// The first day behind this one on which somebody is there.
    func nextBusinessDay(after day: LocalDay) -> LocalDay { businessDay(after: day, count: 1) }

    /// The nth day behind this one on which somebody is there: "within two working days".
    /// - Parameter count: at least 1 is counted.
    func businessDay(after day: LocalDay, count: Int) -> LocalDay {
        var (left, next) = (max(count, 1), day)
        for _ in 0..<Self.mostDays where left > 0 {
            next = next.adding(days: 1)
            if isBusinessDay(next) { left -= 1 }
        }
        return next
    }

    /// The times of a day in which somebody is there, in order and apart from one another.
    ///
    /// In spring a time loses the hour that is skipped; in autumn one that begins or ends in the doubled hour lasts from the first to the
    /// second.
    func spans(on day: LocalDay) -> [Span] {
        var spans: [Span] = []
        for hours in hours(on: day) {
            let opens = clock.seconds(day, minute: hours.opens) * 1000
            // Midnight at the end is where the next day begins.
            let closes = clock.seconds(day, minute: hours.closes, hours.closes == 1440 ? .first : .last) * 1000
            guard opens < closes else { continue }
            if let last = spans.last, opens <= last.upperBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, closes)
            } else {
                spans.append(opens..<closes)
            }
        }
        return spans
    }

    /// The times from a moment's day on, one day after the other, for ``mostDays``.
    private func spans(from moment: Date) -> some Sequence<Span> {
        let first = clock.day(at: moment)
        return (0..<Self.mostDays).lazy.flatMap { spans(on: first.adding(days: $0)) }
    }
}

extension Date {
    /// Whole milliseconds since 1970, to the nearest as in the database, within the years 1 to 9999.
    var milliseconds: Int { Int((min(max(timeIntervalSince1970, -62_135_596_800), 253_402_300_799) * 1000).rounded()) }

    init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
