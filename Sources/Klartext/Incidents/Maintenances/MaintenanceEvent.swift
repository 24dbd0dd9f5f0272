import Foundation

/// What the journal may say of a maintenance. Its state is the fold of these.
enum MaintenanceEvent: ChronicleEvent {
    case announced(Announcing)
    /// We said something about it.
    case updated(Saying)
    /// It is at another time now; subscribers are told, and reminded anew.
    case moved(from: Date, until: Date, Saying)
    /// It takes longer.
    case extended(until: Date, Saying)
    /// The words of an update are others now; the old ones are kept here.
    case corrected(update: PublicID, from: PublicText, to: PublicText)
    case retitled(PublicText)
    /// It touches other components, or touches them in another way.
    case effectsSet([ComponentEffect])
    case started(at: Date, Saying)
    case verifying(at: Date, Saying)
    case completed(at: Date, Saying)
    case cancelled(Saying)
    /// Subscribers were reminded that it is near.
    case subscribersReminded(Maintenance.Lead)
    /// Whoever has to say that all is well was reminded.
    case reminded(Deadline.Reminder)
    case handedOver(to: Int64?)
    /// The next one of its series is announced; nil: this was the last one.
    case continued(with: PublicID?)

    struct Announcing: Codable, Equatable, Sendable {
        var title: PublicText
        var owner: Int64?
        var scheduledFor: Date
        var scheduledUntil: Date
        var effects: [ComponentEffect]
        var verifies: Bool
        var series: MaintenanceSeries?
    }

    struct Saying: Codable, Equatable, Sendable {
        var id: PublicID
        var text: PublicText
    }

    var name: String {
        switch self {
        case .announced: "announced"
        case .updated: "updated"
        case .moved: "moved"
        case .extended: "extended"
        case .corrected: "corrected"
        case .retitled: "retitled"
        case .effectsSet: "effectsSet"
        case .started: "started"
        case .verifying: "verifying"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .subscribersReminded: "subscribersReminded"
        case .reminded: "reminded"
        case .handedOver: "handedOver"
        case .continued: "continued"
        }
    }

    var isPublic: Bool {
        switch self {
        case .reminded, .subscribersReminded, .handedOver, .continued: false
        default: true
        }
    }

    /// What of this is told to those who asked to be told; nil for what only stands on the page.
    var telling: MaintenanceTelling? {
        switch self {
        case .updated(let saying), .moved(_, _, let saying), .extended(_, let saying), .cancelled(let saying), .started(_, let saying),
            .verifying(_, let saying), .completed(_, let saying):
            .update(saying.id)
        case .subscribersReminded(let lead): .reminder(lead)
        default: nil
        }
    }
}

/// What is told of a maintenance to subscribers.
enum MaintenanceTelling: Codable, Sendable, Equatable {
    case update(PublicID)
    case reminder(Maintenance.Lead)
}

extension Maintenance {
    init?(beginningWith event: MaintenanceEvent, id: PublicID, at now: Date) {
        guard case .announced(let announcing) = event else { return nil }
        self.init(
            id: id, title: announcing.title, state: .scheduled, owner: announcing.owner, scheduledFor: announcing.scheduledFor,
            scheduledUntil: announcing.scheduledUntil, effects: announcing.effects, verifies: announcing.verifies, announcedAt: now,
            changedAt: now, updates: [], sequence: 0, reminded: .none, series: announcing.series, hasContinued: false, events: 1)
    }

    func applying(_ event: MaintenanceEvent, at now: Date) -> Maintenance {
        var maintenance = self
        maintenance.events += 1
        switch event {
        case .subscribersReminded(let lead): maintenance.reminded = lead
        case .reminded(let reminder): maintenance.verification = verification?.reminded(reminder)
        case .handedOver(let owner): maintenance.owner = owner
        case .continued: maintenance.hasContinued = true
        default: maintenance.change(event, at: now)
        }
        return maintenance
    }

    /// What the public sees of it.
    private mutating func change(_ event: MaintenanceEvent, at now: Date) {
        changedAt = now
        switch event {
        case .updated(let saying): say(saying, at: now)
        case .moved(let start, let end, let saying):
            (scheduledFor, scheduledUntil, reminded) = (start, end, .none)
            sequence += 1
            say(saying, at: now)
        case .extended(let end, let saying):
            scheduledUntil = end
            sequence += 1
            say(saying, at: now)
        case .corrected(let update, _, let text):
            if let index = updates.firstIndex(where: { $0.id == update }) { (updates[index].text, updates[index].changedAt) = (text, now) }
        case .retitled(let title):
            self.title = title
            sequence += 1
        case .effectsSet(let effects): self.effects = effects
        case .started(let start, let saying):
            (state, startedAt) = (.inProgress, start)
            say(saying, at: now, about: start)
        case .verifying(let moment, let saying):
            (state, verification) = (.verifying, Deadline(by: moment.addingTimeInterval(Self.verificationSeconds), setAt: now))
            say(saying, at: now, about: moment)
        case .completed(let moment, let saying):
            (state, completedAt, verification) = (.completed, moment, nil)
            say(saying, at: now, about: moment)
        case .cancelled(let saying):
            (state, cancelledAt, completedAt, verification) = (.completed, now, startedAt.map { _ in now }, nil)
            sequence += 1
            say(saying, at: now)
        default: break
        }
    }

    private mutating func say(_ saying: MaintenanceEvent.Saying, at now: Date, about moment: Date? = nil) {
        updates.append(
            MaintenanceUpdate(id: saying.id, state: state, text: saying.text, writtenAt: now, changedAt: now, displayAt: moment ?? now))
    }
}
