import Foundation

/// Easter Sunday of the western churches, on which a third of the holidays hang.
///
/// The Gregorian computus without exceptions, as an unnamed correspondent gave it to *Nature* (20 April 1876, p. 487) and as Jean Meeus
/// prints it, *Astronomical Algorithms*, 2nd edition, chapter 8. Valid for every year of the Gregorian calendar.
enum Easter {
    /// - Parameter year: 1583 to 9999; outside of these Easter was not, or is not, reckoned so.
    static func sunday(in year: Int) -> LocalDay? {
        guard (1583...9999).contains(year) else { return nil }
        let (century, ofCentury) = (year / 100, year % 100)
        // How old the moon is at the beginning of the year: the cycle of 19 years, corrected for dropped leap days and the moon's drift.
        let golden = year % 19
        let drift = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - drift + 15) % 30
        // From the full moon on to the Sunday.
        let toSunday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
        // The two late full moons that the reform moved, so that the limits stay 22 March and 25 April.
        let correction = (golden + 11 * epact + 22 * toSunday) / 451
        let sum = epact + toSunday - 7 * correction + 114
        return LocalDay(year: year, month: sum / 31, day: sum % 31 + 1)
    }
}
