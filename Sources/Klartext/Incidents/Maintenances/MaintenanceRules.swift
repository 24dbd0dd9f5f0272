import Foundation

/// Why something cannot be done to a maintenance.
enum MaintenanceRefusal: Error, Equatable, Sendable {
    case emptyTitle
    case emptyText
    case tooLong
    case noComponents
    case noSuchComponent
    /// It begins in the past, or more than two years ahead.
    case badStart
    /// It ends before it begins, or takes longer than a week.
    case badEnd
    /// It has begun already.
    case started
    /// It is completed or cancelled.
    case over
    case notStarted
    case noSuchUpdate
    case noSuchMaintenance
    case badRecurrence(RecurrenceRefusal)
}

extension Maintenance {
    static let longestSeconds: Double = 7 * 86_400
    static let furthestSeconds: Double = 731 * 86_400
    /// From its announced end on somebody has so long to say that all is well, before everybody is alarmed.
    static let verificationSeconds: Double = 30 * 60

    /// A new maintenance with its first word. Every component is one of those that exist, which the caller makes sure of.
    static func announcing(
        _ announcing: MaintenanceEvent.Announcing, id: PublicID, saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date
    ) throws -> Change<Maintenance> {
        guard announcing.title.isSaid else { throw MaintenanceRefusal.emptyTitle }
        guard announcing.title.isWithin(bytes: Incident.mostTitleBytes) else { throw MaintenanceRefusal.tooLong }
        guard !announcing.effects.isEmpty else { throw MaintenanceRefusal.noComponents }
        try check(announcing.scheduledFor, announcing.scheduledUntil, at: now)
        try check(saying)
        if let series = announcing.series {
            do { _ = try Recurrence(series.rule) } catch { throw MaintenanceRefusal.badRecurrence(error) }
        }
        guard var change = Change<Maintenance>(beginningWith: .announced(announcing), id: id, by: actor, at: now) else {
            throw MaintenanceRefusal.noSuchMaintenance
        }
        change.happen(.updated(saying))
        return change
    }

    /// We say something about it, before it or during it.
    func updating(_ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        try changing(saying, .updated(saying), by: actor, at: now)
    }

    /// It is to be at another time; only what has not begun can be moved.
    func moving(to start: Date, until end: Date, _ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws
        -> Change<Maintenance>
    {
        guard state == .scheduled || isOver else { throw MaintenanceRefusal.started }
        try Self.check(start, end, at: now)
        return try changing(saying, .moved(from: start, until: end, saying), by: actor, at: now)
    }

    /// It ends later, or sooner, than was said.
    func extending(until end: Date, _ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard end > now, end > scheduledFor, end <= scheduledFor.addingTimeInterval(Self.longestSeconds) else {
            throw MaintenanceRefusal.badEnd
        }
        guard state == .scheduled || state == .inProgress || isOver else { throw MaintenanceRefusal.over }
        return try changing(saying, .extended(until: end, saying), by: actor, at: now)
    }

    /// It will not be, or not go on; the words say why.
    func cancelling(_ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        try changing(saying, .cancelled(saying), by: actor, at: now)
    }

    /// Somebody begins earlier than announced.
    func starting(_ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard state == .scheduled || isOver else { throw MaintenanceRefusal.started }
        return try changing(saying, .started(at: now, saying), by: actor, at: now)
    }

    /// All is well.
    func completing(_ saying: MaintenanceEvent.Saying, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard state != .scheduled else { throw MaintenanceRefusal.notStarted }
        return try changing(saying, .completed(at: now, saying), by: actor, at: now)
    }

    func retitling(to title: PublicText, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard title.isSaid else { throw MaintenanceRefusal.emptyTitle }
        guard title.isWithin(bytes: Incident.mostTitleBytes) else { throw MaintenanceRefusal.tooLong }
        var change = Change(of: self, by: actor, at: now)
        if title != self.title { change.happen(.retitled(title)) }
        return change
    }

    /// Other words for an update, or the same in the other language as well; nobody is told.
    func correcting(_ update: PublicID, to text: PublicText, by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard let old = updates.first(where: { $0.id == update }) else { throw MaintenanceRefusal.noSuchUpdate }
        try Self.check(MaintenanceEvent.Saying(id: update, text: text))
        guard Language.allCases.allSatisfy({ text.has($0) || !old.text.has($0) }) else { throw MaintenanceRefusal.emptyText }
        var change = Change(of: self, by: actor, at: now)
        if text != old.text { change.happen(.corrected(update: update, from: old.text, to: text)) }
        return change
    }

    func touching(_ effects: [ComponentEffect], by actor: Actor, at now: Date) throws -> Change<Maintenance> {
        guard !isOver else { throw MaintenanceRefusal.over }
        guard !effects.isEmpty else { throw MaintenanceRefusal.noComponents }
        var change = Change(of: self, by: actor, at: now)
        if effects != self.effects { change.happen(.effectsSet(effects)) }
        return change
    }

    private func changing(_ saying: MaintenanceEvent.Saying, _ event: MaintenanceEvent, by actor: Actor, at now: Date) throws
        -> Change<Maintenance>
    {
        guard !isOver else { throw MaintenanceRefusal.over }
        try Self.check(saying)
        var change = Change(of: self, by: actor, at: now)
        change.happen(event)
        return change
    }

    private static func check(_ saying: MaintenanceEvent.Saying) throws {
        guard saying.text.isSaid else { throw MaintenanceRefusal.emptyText }
        guard saying.text.isWithin(bytes: Incident.mostTextBytes) else { throw MaintenanceRefusal.tooLong }
    }

    private static func check(_ start: Date, _ end: Date, at now: Date) throws {
        guard start > now, start <= now.addingTimeInterval(furthestSeconds) else { throw MaintenanceRefusal.badStart }
        guard end > start, end <= start.addingTimeInterval(longestSeconds) else { throw MaintenanceRefusal.badEnd }
    }
}
