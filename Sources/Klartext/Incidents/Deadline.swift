import Foundation

/// By when the public was told that something would be said, and who of us has been reminded of it.
///
/// The owner is reminded shortly before. From the time itself on everybody on duty is, again and again until it is said: a page that is late
/// says so to everybody who reads it.
struct Deadline: Codable, Sendable, Equatable {
    var by: Date
    /// When the time was named.
    var setAt: Date
    var isOwnerReminded = false
    /// How often everybody has been alarmed since it is late.
    var alarms = 0

    enum Reminder: Codable, Sendable, Equatable {
        case owner
        /// For the first time, the second time and so on.
        case everybody(alarm: Int)
    }

    static let ownerLeadSeconds: Double = 5 * 60
    static let alarmEverySeconds: Double = 15 * 60

    /// When the owner is reminded: five minutes before, or when half of the time is over where there was less than ten.
    var ownerReminderAt: Date { by.addingTimeInterval(-min(Self.ownerLeadSeconds, by.timeIntervalSince(setAt) / 2)) }

    /// Who is to be reminded now, if anybody who has not been. Alarms that fell due while nobody looked are one.
    func reminder(at now: Date) -> Reminder? {
        guard now >= by else { return now >= ownerReminderAt && !isOwnerReminded ? .owner : nil }
        // the quotient is held: a clock that is centuries wrong must not trap
        let due = Int(min(now.timeIntervalSince(by) / Self.alarmEverySeconds, 1e9)) + 1
        return due > alarms ? .everybody(alarm: due) : nil
    }

    /// When ``reminder(at:)`` next has something to say.
    var nextReminderAt: Date {
        if !isOwnerReminded, alarms == 0 { return ownerReminderAt }
        return by.addingTimeInterval(Double(alarms) * Self.alarmEverySeconds)
    }

    func reminded(_ reminder: Reminder) -> Deadline {
        var deadline = self
        deadline.isOwnerReminded = true
        if case .everybody(let alarm) = reminder { deadline.alarms = alarm }
        return deadline
    }

    /// By how many minutes something said at a moment is late, begun minutes counting whole; nil when it is in time.
    func minutesLate(at moment: Date) -> Int? {
        moment > by ? Int(min((moment.timeIntervalSince(by) / 60).rounded(.up), 1e9)) : nil
    }
}
