import Foundation

/// What somebody wants to be told of.
struct SubscriptionScope: Codable, Sendable, Equatable {
    /// All incidents and maintenances.
    var everything = false
    /// What touches one of these components.
    var components: [PublicID] = []
    /// These incidents or maintenances, whatever they touch.
    var stories: [PublicID] = []
    /// No more of these, though the rest would ask for it.
    var without: [PublicID] = []

    static let everything = SubscriptionScope(everything: true)
    /// More of one kind are forgotten, the oldest first: no list grows for ever.
    static let most = 200

    var isEmpty: Bool { !everything && components.isEmpty && stories.isEmpty }

    /// Whether an incident or maintenance that touches these components is told.
    func wants(_ story: PublicID, touching touched: [PublicID]) -> Bool {
        if without.contains(story) { return false }
        return everything || stories.contains(story) || touched.contains(where: components.contains)
    }

    /// Whether all that the other asks for is asked for here.
    func covers(_ other: SubscriptionScope) -> Bool {
        guard !other.stories.contains(where: without.contains) else { return false }
        if everything { return true }
        return !other.everything && other.components.allSatisfy(components.contains) && other.stories.allSatisfy(stories.contains)
    }

    /// Both together; what the other asks for by name is not left out any more.
    func joined(with other: SubscriptionScope) -> SubscriptionScope {
        SubscriptionScope(
            everything: everything || other.everything, components: Self.joined(components, other.components),
            stories: Self.joined(stories, other.stories), without: without.filter { !other.stories.contains($0) })
    }

    /// The same without one incident or maintenance.
    func leaving(_ story: PublicID) -> SubscriptionScope {
        var scope = self
        scope.stories.removeAll { $0 == story }
        scope.without = Self.joined(without.filter { $0 != story }, [story])
        return scope
    }

    private static func joined(_ some: [PublicID], _ others: [PublicID]) -> [PublicID] {
        Array((some + others.filter { !some.contains($0) }).suffix(most))
    }
}
