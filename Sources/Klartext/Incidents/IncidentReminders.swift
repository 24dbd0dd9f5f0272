import Foundation

/// What of an incident is due, and who has to hear of it.
struct DueReminder: Sendable, Equatable {
    var owed: Owed
    var reminder: Deadline.Reminder
    var by: Date
}

extension Incident {
    /// All that somebody is to be reminded of now.
    func reminders(at now: Date) -> [DueReminder] {
        var due: [DueReminder] = []
        if let deadline = nextUpdate, let reminder = deadline.reminder(at: now) {
            due.append(DueReminder(owed: .nextUpdate, reminder: reminder, by: deadline.by))
        }
        for update in owing {
            guard let deadline = update.debt?.deadline, let reminder = deadline.reminder(at: now) else { continue }
            due.append(DueReminder(owed: .translation(update: update.id), reminder: reminder, by: deadline.by))
        }
        return due
    }

    func reminding(_ due: [DueReminder], by actor: Actor, at now: Date) -> Change<Incident> {
        var change = Change(of: self, by: actor, at: now)
        for one in due { change.happen(.reminded(one.reminder, of: one.owed)) }
        return change
    }

    /// When somebody has to be reminded next; nil when nothing is owed.
    var nextReminderAt: Date? {
        ([nextUpdate].compactMap { $0 } + owing.compactMap(\.debt?.deadline)).map(\.nextReminderAt).min()
    }

    /// Of the updates that were promised: when each was due, and whether it came by then. The one that is waited for counts from the time on
    /// at which it should have come.
    func kept(at now: Date) -> [(by: Date, isInTime: Bool)] {
        updates.enumerated().compactMap { index, update in
            guard let by = update.nextUpdateBy else { return nil }
            if index + 1 < updates.count { return (by, updates[index + 1].writtenAt <= by) }
            return state.isOpen && now > by ? (by, false) : nil
        }
    }
}
