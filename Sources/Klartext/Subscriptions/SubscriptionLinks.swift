import Crypto
import Foundation

/// The private links of subscribers: whoever holds one reads mail at the address, and may change or end what is told there.
///
/// Derived from the instance key as tickets' links are; the database holds only a digest.
struct SubscriptionLinks: Sendable {
    var seal: Seal
    /// The public base URL without a slash at its end.
    var base: String
    /// The status page without a slash at its end.
    var page: String
    /// The page's own name in the documents of its API.
    var pageID: String

    func token(_ subscriber: Subscriber) -> String {
        seal.mark("subscription link", "\(subscriber.id)/\(subscriber.linkGeneration)", bits: 128)
    }

    func path(_ subscriber: Subscriber) -> String { "/s/\(token(subscriber))" }
    func url(_ subscriber: Subscriber) -> String { base + path(subscriber) }
    /// Ends the subscription by a POST (RFC 8058); a GET shows a page with a button.
    func leaveURL(_ subscriber: Subscriber) -> String { url(subscriber) + "/leave" }
    func worksURL(_ subscriber: Subscriber, _ incident: PublicID) -> String { "\(url(subscriber))/works/\(incident)" }

    /// Where the public reads of an incident or a maintenance.
    func storyURL(_ story: Story.Kind, _ id: PublicID, _ language: Language) -> String {
        "\(page)/\(language.rawValue)/\(story == .incident ? "incidents" : "maintenances")/\(id)"
    }

    /// What the database knows of a link.
    func digest(_ token: String) -> String { Hexadecimal.text(SHA256.hash(data: Data(token.utf8))) }

    /// What a webhook's owner checks signatures with: 256 bits that nobody stores here.
    func secret(_ subscriber: Subscriber) -> String {
        seal.mark("webhook secret", "\(subscriber.id)/\(subscriber.linkGeneration)", bits: 256)
    }

    /// What a webhook has to answer to prove that its owner wants it.
    func challenge(_ subscriber: Subscriber) -> String {
        seal.mark("webhook challenge", "\(subscriber.id)/\(subscriber.linkGeneration)", bits: 128)
    }
}
