import Foundation

/// Why something cannot be done to a component.
enum ComponentRefusal: Error, Equatable, Sendable {
    case emptyName
    case tooLong
    /// Another one at the same place is called so, or a group is called like a component: readers could not tell them apart.
    case nameTaken
    /// It names a group that is none, or is not used any more.
    case noSuchGroup
    /// A group cannot stand in a group.
    case groupInGroup
    case noSuchComponent
    case retired
    /// Components stand in the group still.
    case groupNotEmpty
    /// An open incident or a maintenance that is not over concerns it.
    case inUse
    case emptyReason
}

extension Component {
    static let mostNameBytes = 200
    static let mostDescriptionBytes = 1000

    /// A new component or group, behind all others at its place.
    /// - Parameter all: those there are.
    static func adding(_ adding: ComponentEvent.Adding, id: PublicID, among all: [Component], by actor: Actor, at now: Date) throws
        -> Change<Component>
    {
        var adding = adding
        let others = all.filter { $0.retiredAt == nil }
        try check(adding.name, adding.description)
        try check(adding.name, isFreeAmong: others.filter { $0.isReadBeside(isGroup: adding.isGroup, in: adding.group) })
        if let group = adding.group {
            guard !adding.isGroup else { throw ComponentRefusal.groupInGroup }
            guard others.contains(where: { $0.id == group && $0.isGroup }) else { throw ComponentRefusal.noSuchGroup }
        }
        adding.position = (others.filter { $0.group == adding.group }.map(\.position).max() ?? 0) + 1
        guard let change = Change<Component>(beginningWith: .added(adding), id: id, by: actor, at: now) else {
            throw ComponentRefusal.noSuchComponent
        }
        return change
    }

    func renaming(to name: PublicText, among all: [Component], by actor: Actor, at now: Date) throws -> Change<Component> {
        try Self.check(name, description)
        let others = all.filter { $0.id != id && $0.retiredAt == nil }
        try Self.check(name, isFreeAmong: others.filter { $0.isReadBeside(isGroup: isGroup, in: group) })
        return try changing(name == self.name ? nil : .renamed(name), by: actor, at: now)
    }

    func describing(_ description: PublicText, by actor: Actor, at now: Date) throws -> Change<Component> {
        try Self.check(name, description)
        return try changing(description == self.description ? nil : .described(description), by: actor, at: now)
    }

    func hiding(_ isHidden: Bool, by actor: Actor, at now: Date) throws -> Change<Component> {
        try changing(isHidden == self.isHidden ? nil : isHidden ? .hidden : .shown, by: actor, at: now)
    }

    func showingOnlyIfDegraded(_ isSo: Bool, by actor: Actor, at now: Date) throws -> Change<Component> {
        try changing(isSo == isShownOnlyIfDegraded ? nil : .shownOnlyIfDegraded(isSo), by: actor, at: now)
    }

    func counting(from day: LocalDay?, by actor: Actor, at now: Date) throws -> Change<Component> {
        try changing(day == startDay ? nil : .startDaySet(day), by: actor, at: now)
    }

    /// It is taken off the page; its name and history are kept, so that what was told stays readable.
    /// - Parameter isTouched: whether an open incident or a maintenance that is not over concerns it.
    func retiring(because reason: String, among all: [Component], isTouched: Bool, by actor: Actor, at now: Date) throws
        -> Change<Component>
    {
        guard !reason.isBlank else { throw ComponentRefusal.emptyReason }
        guard !all.contains(where: { $0.group == id && $0.retiredAt == nil }) else { throw ComponentRefusal.groupNotEmpty }
        guard !isTouched else { throw ComponentRefusal.inUse }
        return try changing(.retired(because: reason), by: actor, at: now)
    }

    /// Puts those of one place into an order; who is not named stands behind, as before.
    /// - Returns: one change for each whose position is another now.
    static func arranging(_ order: [PublicID], in group: PublicID?, among all: [Component], by actor: Actor, at now: Date) throws
        -> [Change<Component>]
    {
        let place = all.filter { $0.group == group && $0.retiredAt == nil }.sorted { $0.position < $1.position }
        let named = try order.map { id in
            guard let component = place.first(where: { $0.id == id }) else { throw ComponentRefusal.noSuchComponent }
            return component
        }
        guard Set(order).count == order.count else { throw ComponentRefusal.noSuchComponent }
        let arranged = named + place.filter { !order.contains($0.id) }
        return try arranged.enumerated().compactMap { index, component in
            guard component.position != index + 1 else { return nil }
            return try component.changing(.placed(group: group, position: index + 1), by: actor, at: now)
        }
    }

    /// Puts it into another group, or to the top, behind all others there.
    func moving(to group: PublicID?, among all: [Component], by actor: Actor, at now: Date) throws -> Change<Component> {
        let others = all.filter { $0.id != id && $0.retiredAt == nil }
        if let group {
            guard !isGroup else { throw ComponentRefusal.groupInGroup }
            guard others.contains(where: { $0.id == group && $0.isGroup }) else { throw ComponentRefusal.noSuchGroup }
        }
        let last = others.filter { $0.group == group }.map(\.position).max() ?? 0
        return try changing(group == self.group ? nil : .placed(group: group, position: last + 1), by: actor, at: now)
    }

    /// Whether the same name would be taken for this one: at the same place, and wherever one of the two is a group.
    private func isReadBeside(isGroup: Bool, in group: PublicID?) -> Bool { self.isGroup || isGroup || self.group == group }

    private func changing(_ event: ComponentEvent?, by actor: Actor, at now: Date) throws -> Change<Component> {
        guard retiredAt == nil else { throw ComponentRefusal.retired }
        var change = Change(of: self, by: actor, at: now)
        if let event { change.happen(event) }
        return change
    }

    private static func check(_ name: PublicText, _ description: PublicText) throws {
        guard name.missing.count < Language.allCases.count else { throw ComponentRefusal.emptyName }
        guard name.isWithin(bytes: mostNameBytes), description.isWithin(bytes: mostDescriptionBytes) else {
            throw ComponentRefusal.tooLong
        }
    }

    private static func check(_ name: PublicText, isFreeAmong others: [Component]) throws {
        for language in Language.allCases where others.contains(where: { $0.name.read(in: language) == name.read(in: language) }) {
            throw ComponentRefusal.nameTaken
        }
    }
}

extension PublicText {
    /// Whether neither language has more than so many bytes of UTF-8.
    func isWithin(bytes: Int) -> Bool { de.utf8.count <= bytes && en.utf8.count <= bytes }

    /// Whether it is said in one language at least.
    var isSaid: Bool { missing.count < Language.allCases.count }
}
