import Foundation

/// A maintenance that comes again and again: the next one is announced as soon as one is over.
extension Maintenance {
    /// Whether it is over and nobody has looked yet for the next one of its series.
    var isToContinue: Bool { isOver && !hasContinued && series != nil }

    /// When the next one of the series is, if there is one; slots that have passed meanwhile are left out.
    /// - Parameter clock: the page's: what is at three in the morning stays at three when the clock changes.
    func nextSlot(after now: Date, in clock: LocalClock) -> Date? {
        guard isToContinue, let series, let rule = try? Recurrence(series.rule) else { return nil }
        let slot = rule.next(after: max(series.slot, now), from: series.firstAt, in: clock)
        return slot.flatMap { $0 <= now.addingTimeInterval(Self.furthestSeconds) ? $0 : nil }
    }

    /// The next one, as long as this one was announced to be, touching the same components.
    func following(at slot: Date) -> MaintenanceEvent.Announcing {
        MaintenanceEvent.Announcing(
            title: title, owner: owner, scheduledFor: slot,
            scheduledUntil: slot.addingTimeInterval(scheduledUntil.timeIntervalSince(scheduledFor)), effects: effects, verifies: verifies,
            series: series.map { MaintenanceSeries(rule: $0.rule, firstAt: $0.firstAt, slot: slot) })
    }

    /// What the first update said, for the next one to say again.
    var firstWords: PublicText { updates.first?.text ?? title }

    /// - Parameter next: nil where this was the last one.
    func continuing(with next: PublicID?, by actor: Actor, at now: Date) -> Change<Maintenance> {
        var change = Change(of: self, by: actor, at: now)
        change.happen(.continued(with: next))
        return change
    }
}
