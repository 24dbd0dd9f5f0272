import Foundation

/// When something comes again, by a rule of RFC 5545, section 3.3.10.
///
/// Understood are FREQ=DAILY, WEEKLY and MONTHLY with INTERVAL, BYDAY, BYMONTHDAY, COUNT, UNTIL and WKST=MO. All else is refused rather than
/// read in another way than a calendar program would. Times are those of a clock on the wall: what is at three in the morning stays there when
/// the clock changes. What the clock skips in spring is as much later, what it shows twice in autumn is the first (3.3.5).
struct Recurrence: Sendable, Equatable {
    enum Frequency: String, Sendable, CaseIterable { case daily = "DAILY", weekly = "WEEKLY", monthly = "MONTHLY" }

    /// "MO", "1MO" the first Monday of the month, "-1FR" the last Friday.
    struct Day: Sendable, Equatable {
        var ordinal: Int?
        var weekday: Weekday
    }

    enum Until: Sendable, Equatable {
        /// The day itself is still in it.
        case day(LocalDay)
        case moment(Date)
    }

    var frequency: Frequency
    var interval = 1
    var days: [Day] = []
    /// From 1 on, or from -1, the month's last day, back.
    var monthDays: [Int] = []
    var count: Int?
    var until: Until?

    /// What does not come within so many days does not come: the first Monday that is a 31st never does.
    private static let furthestDays = 40 * 366
    static let mostInterval = 366

    /// The first time after a moment.
    /// - Parameters:
    ///   - start: the first one, from which the others are reckoned; it is one of them and counts in COUNT whether the rule fits it or not.
    ///   - clock: of the place where it is.
    /// - Returns: nil when there is none.
    func next(after moment: Date, from start: Date, in clock: LocalClock) -> Date? {
        if moment < start { return start }
        let (first, minute) = (clock.day(at: start), clock.minute(at: start))
        let furthest = clock.day(at: moment).adding(days: Self.furthestDays)
        var (seen, period) = (1, 0)
        while day(ofPeriod: period, from: first) <= furthest {
            for day in daysOfPeriod(period, from: first) where day > first {
                seen += 1
                if let count, seen > count { return nil }
                let time = clock.occurrence(on: day, minute: minute)
                if isPast(time, day) { return nil }
                if time > moment { return time }
            }
            if day(ofPeriod: period, from: first) == .last { return nil }
            period += 1
        }
        return nil
    }

    private func isPast(_ time: Date, _ day: LocalDay) -> Bool {
        switch until {
        case .day(let last): day > last
        case .moment(let last): time > last
        case nil: false
        }
    }

    /// Where a period begins: a day, the Monday of a week, the first of a month.
    private func day(ofPeriod period: Int, from first: LocalDay) -> LocalDay {
        switch frequency {
        case .daily: first.adding(days: period * interval)
        case .weekly: first.weekStart.adding(days: 7 * period * interval)
        case .monthly: first.adding(days: 1 - first.day).adding(months: period * interval)
        }
    }

    /// The days of a period, in order.
    private func daysOfPeriod(_ period: Int, from first: LocalDay) -> [LocalDay] {
        let start = day(ofPeriod: period, from: first)
        switch frequency {
        case .daily: return [start].filter { fits($0) && isMonthDay($0) }
        case .weekly:
            let weekdays = days.isEmpty ? [first.weekday] : days.map(\.weekday)
            return (0..<7).map { start.adding(days: $0) }.filter { weekdays.contains($0.weekday) }
        case .monthly:
            let month = (0..<start.lastOfMonth.day).map { start.adding(days: $0) }
            if days.isEmpty, monthDays.isEmpty { return month.filter { $0.day == first.day } }
            return month.filter { fits($0) && isMonthDay($0) }
        }
    }

    private func fits(_ day: LocalDay) -> Bool {
        days.isEmpty
            || days.contains { wanted in
                guard wanted.weekday == day.weekday else { return false }
                guard let ordinal = wanted.ordinal else { return true }
                return ordinal > 0 ? (day.day - 1) / 7 + 1 == ordinal : (day.lastOfMonth.day - day.day) / 7 + 1 == -ordinal
            }
    }

    private func isMonthDay(_ day: LocalDay) -> Bool {
        monthDays.isEmpty || monthDays.contains { $0 > 0 ? $0 == day.day : day.lastOfMonth.day + 1 + $0 == day.day }
    }
}

extension LocalClock {
    /// The moment of an appointment: what the clock skips is as much after the jump as it was to be after the last minute before it.
    func occurrence(on day: LocalDay, minute: Int) -> Date {
        let moment = moment(day, minute: minute)
        let shown = self.minute(at: moment)
        guard shown != minute, self.day(at: moment) == day else { return moment }
        let lastBefore = self.minute(at: moment.addingTimeInterval(-1))
        return moment.addingTimeInterval(Double(minute - lastBefore - 1) * 60)
    }
}
