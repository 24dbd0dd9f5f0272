import Foundation
import Mail

/// What somebody typed who wants to be told, as it came.
struct SubscribeForm: Sendable, Equatable {
    var address = ""
    var language: Language
    var zone: String
    var scope: SubscriptionScope
    var waitsForLanguage = false
    /// Filled by machines alone.
    var trap = ""

    init(language: Language, zone: String, scope: SubscriptionScope = .everything) {
        (self.language, self.zone, self.scope) = (language, zone, scope)
    }

    /// - Parameters:
    ///   - visit: whose language holds where none was chosen.
    ///   - zone: the zone that holds where the field is empty.
    init(_ form: Form, visit: Visit, zone: String) {
        self.init(form, otherwise: Subscriber.Wishes(language: visit.language, timeZone: zone, scope: SubscriptionScope()))
    }

    /// - Parameter wishes: what holds where nothing was chosen.
    init(_ form: Form, otherwise wishes: Subscriber.Wishes) {
        address = form.trimmed("email")
        language = Language(rawValue: form.text("language")) ?? wishes.language
        let typed = form.trimmed("zone")
        zone = typed.isEmpty ? wishes.timeZone : typed
        func ids(_ name: String) -> [PublicID] {
            Array(form.values(name).compactMap { PublicID($0) }.prefix(SubscriptionScope.most))
        }
        scope = SubscriptionScope(
            everything: form.has("everything"), components: ids("component"), stories: ids("story"), without: wishes.scope.without)
        waitsForLanguage = form.has("waits")
        trap = form.text("website")
    }

    /// What is wished, where nothing is wrong with it.
    func wishes() throws -> Subscriber.Wishes {
        guard SubscriberZones.isZone(zone) else { throw SubscriptionRefusal.noSuchZone }
        guard !scope.isEmpty else { throw SubscriptionRefusal.nothingChosen }
        return Subscriber.Wishes(language: language, timeZone: zone, scope: scope, waitsForLanguage: waitsForLanguage)
    }

    func mailAddress() throws -> Address {
        guard let address = Address(address), !address.isNowhere else { throw SubscriptionRefusal.badAddress }
        return address
    }
}

/// What can be chosen just now.
struct SubscriptionBoard: Sendable, Equatable {
    /// The components that the page shows, in its order.
    var parts: [Story.Part]
    /// What is going on or announced.
    var stories: [Story.Part]
}
