import Foundation

/// When customers hear from us, counted in the hours in which the team of their queue is there.
struct ContactPolicy: Sendable {
    /// For queues that have no hours of their own.
    var calendar: BusinessCalendar
    /// The calendars of queues that have, by the queue's name.
    var calendars: [String: BusinessCalendar] = [:]
    /// The latest first contact, in open minutes.
    var contactMinutes: Int

    /// When somebody is there for what waits in a queue.
    func calendar(of queue: String) -> BusinessCalendar { calendars[queue] ?? calendar }

    /// By when a customer who writes now hears from us at the latest.
    func latest(after now: Date, in queue: String) -> Date { calendar(of: queue).adding(openMinutes: contactMinutes, to: now) }

    /// By when a customer hears from us whose ticket comes to another queue now; nil where the hours are the same.
    func latest(after now: Date, moving from: String, to queue: String) -> Date? {
        calendar(of: from) == calendar(of: queue) ? nil : latest(after: now, in: queue)
    }

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
    func next(afterNothingNew times: Int, in queue: String, at now: Date) -> Date {
        let minutes =
            switch times {
            case 0: contactMinutes
            case 1: min(contactMinutes, 480)
            default: min(480 * times, 1440)
            }
        return calendar(of: queue).adding(openMinutes: minutes, to: now)
    }
}
