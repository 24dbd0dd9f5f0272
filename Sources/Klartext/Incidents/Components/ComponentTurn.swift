import Foundation

/// A component going from one state to another, as an incident or a maintenance tells it.
struct ComponentTurn: Codable, Sendable, Equatable {
    var component: PublicID
    var from: ComponentState
    var to: ComponentState
}

/// The same at its moment.
struct ComponentMoment: Codable, Sendable, Equatable {
    var component: PublicID
    /// When it was so for the users, which may be before it was written.
    var at: Date
    var from: ComponentState
    var to: ComponentState
    /// The update that told it; nil for a state that changed without a word.
    var update: PublicID?
}

/// How long a component was in a state, by the word of one incident or maintenance.
struct ComponentSpan: Sendable, Equatable {
    var component: PublicID
    var state: ComponentState
    var from: Date
    /// nil while it lasts.
    var until: Date?
    /// Who says so.
    var incident: PublicID?
}

extension [ComponentMoment] {
    /// The components concerned, in the order in which they came.
    var components: [PublicID] {
        reduce(into: []) { found, moment in if !found.contains(moment.component) { found.append(moment.component) } }
    }

    /// What the last word on a component is.
    func state(of component: PublicID) -> ComponentState {
        last { $0.component == component }?.to ?? .operational
    }

    /// What changes when components are to have these states now; what is so already is left out.
    func turning(to states: [PublicID: ComponentState]) -> [ComponentTurn] {
        states.sorted { $0.key < $1.key }.compactMap { component, state in
            let before = self.state(of: component)
            return before == state && components.contains(component) ? nil : ComponentTurn(component: component, from: before, to: state)
        }
    }

    /// How long each component was in each state but operational. A moment that lies before the one told before it counts from that one on:
    /// what was said last is true.
    func spans(of incident: PublicID?) -> [ComponentSpan] {
        components.flatMap { component -> [ComponentSpan] in
            let own = filter { $0.component == component }
            var (spans, latest): ([ComponentSpan], Date) = ([], .distantPast)
            for moment in own {
                latest = Swift.max(latest, moment.at)
                if let open = spans.indices.last, spans[open].until == nil { spans[open].until = latest }
                if moment.to != .operational {
                    spans.append(ComponentSpan(component: component, state: moment.to, from: latest, until: nil, incident: incident))
                }
            }
            return spans
        }
    }
}
