import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct ComponentTests {
    private func add(_ number: UInt64, _ name: String, to all: [Component] = [], group: PublicID? = nil, isGroup: Bool = false) throws
        -> Component
    {
        let adding = ComponentEvent.Adding(
            isGroup: isGroup, group: group, name: PublicText(de: name, en: name + " (en)"), description: PublicText(), position: 0,
            isHidden: false, isShownOnlyIfDegraded: false, startDay: nil)
        return try Component.adding(adding, id: PublicID(drawn: number), among: all, by: Outage.agent, at: Outage.now).after
    }

    private func unnamed() throws -> Change<Component> {
        let adding = ComponentEvent.Adding(
            isGroup: false, group: nil, name: PublicText(de: " \u{00A0}"), description: PublicText(), position: 0, isHidden: false,
            isShownOnlyIfDegraded: false, startDay: nil)
        return try Component.adding(adding, id: PublicID(drawn: 1), among: [], by: Outage.agent, at: Outage.now)
    }

    @Test func `a new one stands behind the others at its place`() throws {
        let mail = try add(1, "Mail")
        let group = try add(2, "Webhosting", to: [mail], isGroup: true)
        let web = try add(3, "Webserver", to: [mail, group], group: group.id)
        #expect([mail, group, web].map(\.position) == [1, 2, 1])
    }

    @Test func `names are there, and cannot be taken for one another`() throws {
        let group = try add(1, "Mail", isGroup: true)
        #expect(throws: ComponentRefusal.emptyName) { try unnamed() }
        #expect(throws: ComponentRefusal.nameTaken) { try add(2, "Mail", to: [group], group: group.id) }
        let (europe, america) = (try add(3, "Europa", to: [group], isGroup: true), try add(4, "Amerika", to: [group], isGroup: true))
        let first = try add(5, "API", to: [group, europe, america], group: europe.id)
        #expect(try add(6, "API", to: [group, europe, america, first], group: america.id).group == america.id)
        #expect(throws: ComponentRefusal.nameTaken) { try add(6, "API", to: [group, europe, america, first], group: europe.id) }
    }

    @Test func `groups have one level`() throws {
        let group = try add(1, "Mail", isGroup: true)
        let single = try add(2, "Webserver", to: [group])
        #expect(throws: ComponentRefusal.groupInGroup) { try add(3, "Versand", to: [group], group: group.id, isGroup: true) }
        #expect(throws: ComponentRefusal.noSuchGroup) { try add(3, "Versand", to: [group, single], group: single.id) }
        #expect(throws: ComponentRefusal.groupInGroup) {
            try group.moving(to: group.id, among: [group, single], by: Outage.agent, at: Outage.now)
        }
        let moved = try single.moving(to: group.id, among: [group, single], by: Outage.agent, at: Outage.now).after
        #expect(moved.group == group.id)
    }

    @Test func `arranged, those whose place changes are changed and nobody else`() throws {
        let a = try add(1, "a")
        let b = try add(2, "b", to: [a])
        let c = try add(3, "c", to: [a, b])
        let changes = try Component.arranging([c.id, a.id], in: nil, among: [a, b, c], by: Outage.agent, at: Outage.now)
        #expect(changes.map(\.after.id) == [c.id, a.id, b.id])
        #expect(changes.map(\.after.position) == [1, 2, 3])
        #expect(try Component.arranging([a.id, b.id], in: nil, among: [a, b, c], by: Outage.agent, at: Outage.now).isEmpty)
        #expect(throws: ComponentRefusal.noSuchComponent) {
            try Component.arranging([a.id, a.id], in: nil, among: [a, b, c], by: Outage.agent, at: Outage.now)
        }
    }

    @Test func `retired, it keeps its name, says why, and takes no change`() throws {
        let group = try add(1, "Mail", isGroup: true)
        let single = try add(2, "Versand", to: [group], group: group.id)
        #expect(throws: ComponentRefusal.groupNotEmpty) {
            try group.retiring(because: "alt", among: [group, single], isTouched: false, by: Outage.agent, at: Outage.now)
        }
        #expect(throws: ComponentRefusal.inUse) {
            try single.retiring(because: "alt", among: [group, single], isTouched: true, by: Outage.agent, at: Outage.now)
        }
        #expect(throws: ComponentRefusal.emptyReason) {
            try single.retiring(because: " ", among: [group, single], isTouched: false, by: Outage.agent, at: Outage.now)
        }
        let change = try single.retiring(because: "ersetzt", among: [group, single], isTouched: false, by: Outage.agent, at: Outage.now)
        #expect(change.after.name.de == "Versand")
        #expect(change.events == [.retired(because: "ersetzt")])
        #expect(throws: ComponentRefusal.retired) { try change.after.hiding(true, by: Outage.agent, at: Outage.now) }
        #expect(try add(3, "Versand", to: [group, change.after], group: group.id).position == 1)
    }

    @Test func `saying the same again changes nothing`() throws {
        let one = try add(1, "Mail")
        let changes = [
            try one.renaming(to: one.name, among: [one], by: Outage.agent, at: Outage.now),
            try one.hiding(false, by: Outage.agent, at: Outage.now), try one.showingOnlyIfDegraded(false, by: Outage.agent, at: Outage.now),
            try one.counting(from: nil, by: Outage.agent, at: Outage.now),
            try one.describing(PublicText(), by: Outage.agent, at: Outage.now),
        ]
        #expect(changes.allSatisfy { $0.events.isEmpty })
        let changed = try one.hiding(true, by: Outage.agent, at: Outage.now)
        #expect(changed.after.isHidden && changed.after.events == 2)
    }
}
