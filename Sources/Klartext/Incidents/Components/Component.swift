import Foundation

/// Something the customers use and can name, or a group of such.
///
/// It has no state of its own: what it can do just now follows from the incidents and maintenances that touch it.
struct Component: Chronicle {
    static let kind = "component"

    let id: PublicID
    /// A group holds components and never another group.
    var isGroup: Bool
    /// The group it belongs to; nil at the top and for a group.
    var group: PublicID?
    var name: PublicText
    var description: PublicText
    /// From 1 on, within the page or within its group.
    var position: Int
    /// Neither shown nor counted, such as one that is being prepared.
    var isHidden: Bool
    var isShownOnlyIfDegraded: Bool
    /// The first day its availability is counted.
    var startDay: LocalDay?
    var addedAt: Date
    var changedAt: Date
    /// It is not used any more; its history stays.
    var retiredAt: Date?
    /// How many journal entries have made this state.
    var events: Int
}

/// What the journal may say of a component. Its state is the fold of these.
enum ComponentEvent: ChronicleEvent {
    case added(Adding)
    case renamed(PublicText)
    case described(PublicText)
    /// It stands elsewhere now.
    case placed(group: PublicID?, position: Int)
    case hidden
    case shown
    case shownOnlyIfDegraded(Bool)
    case startDaySet(LocalDay?)
    case retired(because: String)

    var isPublic: Bool { true }

    struct Adding: Codable, Equatable, Sendable {
        var isGroup: Bool
        var group: PublicID?
        var name: PublicText
        var description: PublicText
        var position: Int
        var isHidden: Bool
        var isShownOnlyIfDegraded: Bool
        var startDay: LocalDay?
    }

    var name: String {
        switch self {
        case .added: "added"
        case .renamed: "renamed"
        case .described: "described"
        case .placed: "placed"
        case .hidden: "hidden"
        case .shown: "shown"
        case .shownOnlyIfDegraded: "shownOnlyIfDegraded"
        case .startDaySet: "startDaySet"
        case .retired: "retired"
        }
    }
}

extension Component {
    init?(beginningWith event: ComponentEvent, id: PublicID, at now: Date) {
        guard case .added(let adding) = event else { return nil }
        self.init(
            id: id, isGroup: adding.isGroup, group: adding.group, name: adding.name, description: adding.description,
            position: adding.position, isHidden: adding.isHidden, isShownOnlyIfDegraded: adding.isShownOnlyIfDegraded,
            startDay: adding.startDay, addedAt: now, changedAt: now, retiredAt: nil, events: 1)
    }

    func applying(_ event: ComponentEvent, at now: Date) -> Component {
        var component = self
        component.events += 1
        component.changedAt = now
        switch event {
        case .added: break
        case .renamed(let name): component.name = name
        case .described(let description): component.description = description
        case .placed(let group, let position): (component.group, component.position) = (group, position)
        case .hidden: component.isHidden = true
        case .shown: component.isHidden = false
        case .shownOnlyIfDegraded(let isSo): component.isShownOnlyIfDegraded = isSo
        case .startDaySet(let day): component.startDay = day
        case .retired: component.retiredAt = now
        }
        return component
    }
}
