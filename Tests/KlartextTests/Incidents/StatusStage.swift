import Foundation
import Mail
import NIOConcurrencyHelpers
import Testing

@testable import Klartext

/// A desk with two components in a group and one beside it, and somebody who sees to it.
struct StatusStage: Sendable {
    let test: TestDesk
    let ayse: Agent
    let group: PublicID
    let mail: PublicID
    let web: PublicID
    let shop: PublicID

    var incidents: Incidents { test.desk.incidents }
    var actor: Actor { .agent(ayse.id) }
    var now: Date { test.desk.clock.now() }

    init(_ test: TestDesk) async throws {
        self.test = test
        ayse = try await test.addAgent()
        group = try await Self.add("Hosting", to: test, isGroup: true)
        web = try await Self.add("Webserver", to: test, in: group)
        mail = try await Self.add("Mail", to: test, in: group)
        shop = try await Self.add("Shop", to: test)
    }

    static func add(_ name: String, to test: TestDesk, in group: PublicID? = nil, isGroup: Bool = false) async throws -> PublicID {
        let adding = ComponentEvent.Adding(
            isGroup: isGroup, group: group, name: PublicText(de: name, en: "The " + name), description: PublicText(), position: 0,
            isHidden: false, isShownOnlyIfDegraded: false, startDay: nil)
        return try await test.desk.incidents.addComponent(adding, by: .system("test")).id
    }

    static func with(_ body: (StatusStage) async throws -> Void) async throws {
        try await TestDesk.with { test in
            try await body(try await StatusStage(test))
            try await test.expectWhole()
        }
    }

    func new(
        _ state: IncidentState = .investigating, _ text: PublicText = Outage.both, _ components: [PublicID: ComponentState] = [:],
        next: Double? = 30
    ) -> NewUpdate {
        NewUpdate(
            id: Incidents.draw(), state: state, text: text, components: components,
            nextUpdateBy: next.map { now.addingTimeInterval($0 * 60) })
    }

    func opening(owner: Int64? = nil, startedMinutesAgo: Double = 10) -> IncidentEvent.Opening {
        .init(
            title: PublicText(de: "Mails kommen nicht an", en: "Mail does not arrive"), owner: owner,
            startedAt: now.addingTimeInterval(-startedMinutesAgo * 60), impact: nil, isBackfilled: false)
    }

    @discardableResult func open(_ text: PublicText = Outage.both, state: ComponentState = .majorOutage, next: Double = 30) async throws
        -> Incident
    {
        try await incidents.open(opening(owner: ayse.id), saying: new(.investigating, text, [mail: state], next: next), by: actor)
    }

    /// The version of the page that is promised.
    func version() async throws -> Int64 { try await test.desk.database.read { db in try db.pageVersion() }?.version ?? 0 }

    /// Mails that have left since a count, by recipient.
    func sent(since count: Int) async throws -> [String: [String]] {
        try await test.drain()
        var texts: [String: [String]] = [:]
        for one in test.carrier.sent.dropFirst(count) {
            texts[one.envelope.to.first ?? "", default: []].append(try Email(parsing: one.bytes).text)
        }
        return texts
    }
}
