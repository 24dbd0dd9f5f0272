import Foundation

/// What the clock makes of a maintenance, and what is said of it then.
enum MaintenanceStep: Sendable, Equatable, CaseIterable {
    case start, verify, complete
}

extension Maintenance {
    /// What is due by the clock, if anything; asked again after each step, since a maintenance may begin and end while nobody looks.
    func step(at now: Date) -> MaintenanceStep? {
        switch state {
        case .scheduled: now >= scheduledFor ? .start : nil
        case .inProgress: now >= scheduledUntil ? (verifies ? .verify : .complete) : nil
        case .verifying, .completed: nil
        }
    }

    /// Takes a step at the time that was announced, however late we look: the work was done by then.
    func taking(_ step: MaintenanceStep, _ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) -> Change<Maintenance> {
        var change = Change(of: self, by: actor, at: now)
        switch step {
        case .start: change.happen(.started(at: scheduledFor, saying))
        case .verify: change.happen(.verifying(at: scheduledUntil, saying))
        case .complete: change.happen(.completed(at: scheduledUntil, saying))
        }
        return change
    }

    /// Which reminder subscribers are to have now. Who was told of it less than the lead ago has just read it and is not reminded.
    func subscribersReminder(at now: Date) -> Lead? {
        guard state == .scheduled, now < scheduledFor else { return nil }
        let due = Lead.allCases.last { lead in lead.seconds.map { now >= scheduledFor.addingTimeInterval(-$0) } ?? true } ?? .none
        guard due > reminded, let seconds = due.seconds else { return nil }
        let told = updates.last?.writtenAt ?? announcedAt
        return told <= scheduledFor.addingTimeInterval(-seconds) ? due : nil
    }

    func remindingSubscribers(_ lead: Lead, by actor: Actor, at now: Date) -> Change<Maintenance> {
        var change = Change(of: self, by: actor, at: now)
        change.happen(.subscribersReminded(lead))
        return change
    }

    /// Who has to be reminded that nobody has said yet that all is well.
    func reminder(at now: Date) -> Deadline.Reminder? { verification?.reminder(at: now) }

    func reminding(_ reminder: Deadline.Reminder, by actor: Actor, at now: Date) -> Change<Maintenance> {
        var change = Change(of: self, by: actor, at: now)
        change.happen(.reminded(reminder))
        return change
    }

    /// When the clock next makes something of it; nil when it is over.
    var nextStepAt: Date? {
        switch state {
        case .scheduled:
            let reminders = Lead.allCases.filter { $0 > reminded }.compactMap(\.seconds).map { scheduledFor.addingTimeInterval(-$0) }
            return (reminders + [scheduledFor]).min()
        case .inProgress: return scheduledUntil
        case .verifying: return verification?.nextReminderAt
        case .completed: return nil
        }
    }
}
