import Foundation

/// How else a customer can be reached when a letter did not arrive.
enum NextChannel: Sendable, Equatable {
    /// The same address once more: what was in the way passes.
    case sameAddress(String)
    /// Another address from which the customer's side has written here.
    case otherAddress(String)
    case phone(WrittenPhone)
    case post(PostalAddress)
}

extension NextChannel {
    /// At most so many of each kind: who has more looks at the ticket.
    private static let mostOfAKind = 3

    /// What to try, the likeliest first.
    /// - Parameters:
    ///   - recipient: where the letter went.
    ///   - addresses: other addresses known here, the newest first.
    ///   - texts: what the customer wrote, without quotations, and what agents noted; the newest first.
    ///   - ours: texts of our own, whose numbers are ours.
    static func proposals(
        for failure: LetterFailure, recipient: String, addresses: [String], texts: [String], ours: [String]
    ) -> [NextChannel] {
        let others = unique(addresses, by: { $0.lowercased() }).filter { $0.lowercased() != recipient.lowercased() }
        let own = Set(ours.flatMap(WrittenPhone.find).map(\.key))
        let phones = unique(texts.flatMap(WrittenPhone.find), by: \.key).filter { !own.contains($0.key) }
        let homes = unique(texts.compactMap(PostalAddress.find), by: \.lines)
        let again = failure.mayPass ? [sameAddress(recipient)] : []
        return others.prefix(mostOfAKind).map(otherAddress) + again + phones.prefix(mostOfAKind).map(phone) + homes.prefix(1).map(post)
    }

    private static func unique<Element, Key: Hashable>(_ elements: [Element], by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return elements.filter { seen.insert(key($0)).inserted }
    }
}

extension LetterFailure {
    /// Whether the same letter to the same address may arrive another time.
    var mayPass: Bool {
        switch self {
        case .mailboxFull, .blocked, .unreachable, .greylisted, .noTLS, .relayDenied, .other: true
        case .noSuchAddress, .noSuchDomain, .tooLarge, .noAddress: false
        }
    }
}
