import Foundation

/// A day of the Gregorian calendar and a time of day: what a clock on the wall shows.
struct CivilTime: Sendable, Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// From seconds since 1970-01-01 00:00 on the same clock. The arithmetic of eras of 400 years, in which March begins the year,
    /// so that the leap day is the last (H. Hinnant, "chrono-compatible low-level date algorithms").
    init(secondsSinceEpoch seconds: Int) {
        let days = seconds.dividedDown(by: 86_400)
        let shifted = days + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let ofDay = seconds - days * 86_400
        (hour, minute, second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60)
    }

    /// Days since 1970-01-01.
    var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.dividedDown(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    var secondsSinceEpoch: Int { dayNumber * 86_400 + hour * 3600 + minute * 60 + second }

    /// 0 is Monday, as ISO 8601 counts; 1970-01-01 was a Thursday.
    var weekday: Int {
        let days = dayNumber + 3
        return days - days.dividedDown(by: 7) * 7
    }
}

extension Int {
    /// Division that rounds towards minus infinity, so that days before 1970 come out right.
    func dividedDown(by divisor: Int) -> Int {
        let quotient = self / divisor
        return quotient * divisor > self ? quotient - 1 : quotient
    }
}

extension Date {
    /// Whole seconds since 1970 in UTC, rounded down; held within the years 1 to 9999, for which texts are made.
    var wholeSeconds: Int {
        Int(min(max(timeIntervalSince1970.rounded(.down), -62_135_596_800), 253_402_300_799))
    }
}
