import Foundation

extension Story {
    /// What one update of an incident tells.
    init?(_ incident: Incident, update id: PublicID, _ parts: [PublicID: Part]) {
        guard let index = incident.updates.firstIndex(where: { $0.id == id }) else { return nil }
        let update = incident.updates[index]
        let before = index > 0 ? incident.updates[index - 1].state : nil
        let isOver = update.state == .resolved
        let news: News =
            switch update.state {
            case _ where before == .resolved && !isOver: .reopened
            case .investigating: .investigating
            case .identified: .identified
            case .monitoring: .monitoring
            case .resolved, .postmortem: .resolved
            }
        self.init(incident, parts, news: news, update: id, text: update.text, toldAt: update.writtenAt)
        (endsAt, nextUpdateBy) = (isOver ? update.displayAt : nil, update.nextUpdateBy)
    }

    /// What was written about an incident when it was long over.
    init?(postmortemOf incident: Incident, _ parts: [PublicID: Part]) {
        guard let text = incident.postmortem, let told = incident.postmortemAt else { return nil }
        self.init(incident, parts, news: .postmortem, update: incident.id, text: text, toldAt: told)
        endsAt = incident.resolvedAt
    }

    private init(_ incident: Incident, _ parts: [PublicID: Part], news: News, update: PublicID, text: PublicText, toldAt: Date) {
        self.init(
            kind: .incident, id: incident.id, update: update, news: news, title: incident.title, text: text,
            parts: incident.components.compactMap { parts[$0] }, toldAt: toldAt, startsAt: incident.startedAt,
            impact: incident.impact.rawValue, state: incident.state.rawValue, resolvedAt: incident.resolvedAt,
            monitoringAt: incident.monitoringAt,
            updates: incident.updates.reversed().map {
                Update(
                    id: $0.id, state: $0.state.rawValue, text: $0.text, writtenAt: $0.writtenAt, changedAt: $0.changedAt,
                    displayAt: $0.displayAt)
            })
    }

    /// What one update of a maintenance tells, or a reminder of it.
    init(_ maintenance: Maintenance, news: News, update: PublicID, text: PublicText, _ parts: [PublicID: Part], toldAt: Date) {
        self.init(
            kind: .maintenance, id: maintenance.id, update: update, news: news, title: maintenance.title, text: text,
            parts: maintenance.components.compactMap { parts[$0] }, toldAt: toldAt, startsAt: maintenance.scheduledFor,
            endsAt: news == .completed ? maintenance.completedAt : maintenance.scheduledUntil, impact: "maintenance",
            state: maintenance.state.rawValue, resolvedAt: maintenance.completedAt,
            updates: maintenance.updates.reversed().map {
                Update(
                    id: $0.id, state: $0.state.rawValue, text: $0.text, writtenAt: $0.writtenAt, changedAt: $0.changedAt,
                    displayAt: $0.displayAt)
            })
    }

    /// What the news of a maintenance's update is.
    static func news(_ maintenance: Maintenance, at index: Int) -> News {
        let update = maintenance.updates[index]
        let isFirst = index == 0 || maintenance.updates[index - 1].state != update.state
        return switch update.state {
        case .scheduled: index == 0 ? .announced : .changed
        case .inProgress: isFirst ? .started : .changed
        case .verifying: isFirst ? .verifying : .changed
        case .completed: isFirst ? (maintenance.cancelledAt == nil ? .completed : .cancelled) : .changed
        }
    }
}

extension Bulletin {
    private init(_ id: String, _ kind: Kind, _ story: Story, place: Int) {
        // milliseconds, then the place among what was told in the same one
        let milliseconds = Int64((story.toldAt.timeIntervalSince1970 * 1000).rounded())
        self.init(
            id: id, kind: kind, rank: milliseconds * 1000 + Int64(min(place, 999)), story: story, toldAt: story.toldAt, expandedTo: 0)
    }

    /// What is told of an incident.
    /// - Returns: nil for what tells nobody.
    init?(_ what: Telling, of incident: Incident, _ parts: [PublicID: Story.Part]) {
        switch what {
        case .update(let update):
            guard let story = Story(incident, update: update, parts) else { return nil }
            self.init(update.text, .update, story, place: incident.updates.firstIndex { $0.id == update } ?? 0)
        case .translation(let update, let language):
            guard let story = Story(incident, update: update, parts) else { return nil }
            let place = incident.updates.firstIndex { $0.id == update } ?? 0
            self.init("\(update)/\(language.rawValue)", .translation, story, place: place)
        case .postmortem:
            guard let story = Story(postmortemOf: incident, parts) else { return nil }
            self.init("\(incident.id)/postmortem", .postmortem, story, place: 0)
        }
    }

    /// What is told of a maintenance.
    /// - Parameter now: when a reminder was due; an update knows when it was written.
    init?(_ what: MaintenanceTelling, of maintenance: Maintenance, _ parts: [PublicID: Story.Part], at now: Date) {
        switch what {
        case .update(let id):
            guard let index = maintenance.updates.firstIndex(where: { $0.id == id }) else { return nil }
            let update = maintenance.updates[index]
            let news = Story.news(maintenance, at: index)
            let story = Story(maintenance, news: news, update: id, text: update.text, parts, toldAt: update.writtenAt)
            self.init(id.text, .update, story, place: index)
        case .reminder(let lead):
            guard lead != .none, maintenance.state == .scheduled else { return nil }
            let story = Story(maintenance, news: .reminder, update: maintenance.id, text: PublicText(), parts, toldAt: now)
            // moved to another time, it is reminded of anew
            let start = Int64(maintenance.scheduledFor.timeIntervalSince1970)
            self.init("\(maintenance.id)/\(lead == .day ? "day" : "hour")/\(start)", .reminder, story, place: 0)
        }
    }
}
