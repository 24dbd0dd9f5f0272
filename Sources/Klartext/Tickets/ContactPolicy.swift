import Foundation

/// When customers hear from us, counted in the hours in which we are there.
struct ContactPolicy: Sendable {
    var calendar: BusinessCalendar
    /// The latest first contact, in open minutes.
    var contactMinutes: Int

    /// By when a customer who writes now hears from us at the latest.
    func latest(after now: Date) -> Date { calendar.adding(openMinutes: contactMinutes, to: now) }

    /// How long before the next contact its owner is told, in open minutes: half a day at most.
    var warningMinutes: Int { min(240, contactMinutes / 2) }

    /// One working day later: the same time of the next day on which somebody is there, or the end of that day's hours where that is earlier.
    func workingDay(after moment: Date) -> Date {
        let start = calendar.nextOpening(after: moment)
        let day = calendar.nextBusinessDay(after: calendar.clock.day(at: start))
        let same = calendar.clock.moment(day, minute: calendar.clock.minute(at: start))
        guard let opens = calendar.startOfBusiness(on: day), let closes = calendar.endOfBusiness(on: day) else { return same }
        return min(max(same, opens), closes)
    }

    /// When we are in touch again after there was nothing new: sooner while nobody has looked, and never more seldom than each third working day.
    /// - Parameter times: how often there had been nothing new before
    func next(afterNothingNew times: Int, at now: Date) -> Date {
        let minutes =
            switch times {
            case 0: contactMinutes
            case 1: min(contactMinutes, 480)
            default: min(480 * times, 1440)
            }
        return calendar.adding(openMinutes: minutes, to: now)
    }
}
