import Foundation
import Testing

@testable import Klartext

/// An incident for the tests of its rules, and names for what it touches.
enum Outage {
    /// Monday, 23 November 2026, 9:12 in Berlin.
    static let now = Date(timeIntervalSince1970: 1_795_421_520)
    static let agent = Actor.agent(3)
    static let mail = PublicID(drawn: 1)
    static let web = PublicID(drawn: 2)
    static let berlin = LocalClock(timeZone: TimeZone(identifier: "Europe/Berlin") ?? .gmt)
    static let both = PublicText(de: "Mails kommen nicht an.", en: "Mail does not arrive.")

    static func minutes(_ minutes: Double) -> Date { now.addingTimeInterval(minutes * 60) }

    static func opening(impact: Impact? = nil) -> IncidentEvent.Opening {
        .init(
            title: PublicText(de: "Störung beim Mailversand", en: "Sending mail fails"), owner: 3, startedAt: minutes(-10), impact: impact,
            isBackfilled: false)
    }

    static func update(
        _ number: UInt64, _ state: IncidentState = .investigating, _ text: PublicText = both,
        components: [PublicID: ComponentState] = [:], next: Double? = 30, at now: Date = now
    ) -> NewUpdate {
        NewUpdate(
            id: PublicID(drawn: 100 + number), state: state, text: text, components: components,
            nextUpdateBy: next.map { now.addingTimeInterval($0 * 60) })
    }

    static func opened(
        _ text: PublicText = both, state: ComponentState = .majorOutage, next: Double = 30, impact: Impact? = nil
    ) throws -> Incident {
        try Incident.opening(
            opening(impact: impact), id: PublicID(drawn: 9), saying: update(1, .investigating, text, components: [mail: state], next: next),
            by: agent, at: now
        ).after
    }
}
