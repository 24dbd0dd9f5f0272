import Foundation

extension StatusPublishing {
    /// Components and groups as they stand on the page: each group before its components, without what is hidden or retired.
    var shown: [Component] {
        let used = record.components.filter { $0.retiredAt == nil && !$0.isHidden }
        func standing(in group: PublicID?) -> [Component] {
            used.filter { $0.group == group }.sorted { ($0.position, $0.id) < ($1.position, $1.id) }
        }
        return standing(in: nil).flatMap { top in top.isGroup ? [top] + standing(in: top.id) : [top] }
    }

    func published(_ shown: [Component]) -> [PublishedComponent] {
        let spans = Dictionary(
            grouping: record.incidents.flatMap { $0.moments.spans(of: $0.id) } + record.maintenances.flatMap(\.spans), by: \.component)
        let states = Dictionary(
            uniqueKeysWithValues: shown.filter { !$0.isGroup }.map { ($0.id, Availability.state(spans[$0.id] ?? [], at: now)) })
        return shown.map { component in
            let members = shown.filter { $0.group == component.id }
            var published = PublishedComponent(
                id: component.id.text, name: component.name, description: component.description,
                state: component.isGroup
                    ? members.compactMap { states[$0.id] }.max() ?? .operational : states[component.id] ?? .operational,
                isGroup: component.isGroup, group: component.group?.text, position: component.position,
                isShownOnlyIfDegraded: component.isShownOnlyIfDegraded, startDay: nil, createdAt: component.addedAt,
                updatedAt: component.changedAt, days: [])
            if !component.isGroup { count(&published, component, spans[component.id] ?? []) }
            return published
        }
    }

    /// Its days, and when its state changed last.
    private func count(_ published: inout PublishedComponent, _ component: Component, _ spans: [ComponentSpan]) {
        // what was there before it was added here is not known, unless somebody says from when on it counts
        let first = component.startDay ?? wall.day(at: component.addedAt)
        published.startDay = first.description
        published.days = Availability.days(spans, from: first, to: now, in: wall).map(PublishedDay.init)
        let turns = spans.flatMap { [$0.from, $0.until].compactMap { $0 } }.filter { $0 <= now }
        published.updatedAt = max(component.changedAt, turns.max() ?? component.changedAt)
    }
}

extension PublishedDay {
    fileprivate init(_ day: ComponentDay) {
        self.init(
            day: day.day.description, seconds: day.seconds, partialSeconds: day.partialSeconds, majorSeconds: day.majorSeconds,
            degradedSeconds: day.degradedSeconds, maintenanceSeconds: day.maintenanceSeconds, incidents: day.incidents.map(\.text))
    }
}
