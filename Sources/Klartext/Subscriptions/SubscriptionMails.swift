import Foundation
import Mail
import NIOConcurrencyHelpers

/// The letters about a subscription itself, and what those say that tell of an incident.
struct SubscriptionMails: Sendable {
    var voices: Voices
    var links: SubscriptionLinks
    var company: String
    var zones: SubscriberZones

    /// Marks the letters of this feature among all others.
    static let kind = Letter.toStrangers

    /// Asks whoever reads mail at an address whether he wants this. Nothing else is in it: what is not asked for is advertising.
    /// - Returns: nil where there is no address (any more).
    func invitation(_ recipient: Recipient) -> NewLetter? {
        guard let address = Address(recipient.address) else { return nil }
        let subscriber = recipient.subscriber
        let wishes = subscriber.pending ?? subscriber.wishes
        let t = voices[wishes.language]
        let isKnown = subscriber.pending == nil
        let subject = t(isKnown ? .mailInviteKnownSubject : .mailInviteSubject, ["company": company])
        var blocks: [LetterBody.Block] = [.heading(t(.mailInviteHeading, ["company": company]))]
        if isKnown {
            blocks.append(.paragraph(t(.mailInviteKnown)))
            blocks.append(.link(label: t(.mailInviteKnownLink), url: links.url(subscriber)))
        } else {
            blocks.append(.paragraph(t(.mailInviteWhat, ["company": company])))
            blocks.append(.paragraph(t(.mailInviteDo)))
            blocks.append(.link(label: t(.mailInviteLink), url: links.url(subscriber)))
            blocks.append(.remark(t(.mailInviteNot)))
        }
        return NewLetter(
            conversation: nil, kind: Self.kind, language: wishes.language, recipient: address, recipientName: "", subject: subject,
            body: LetterBody(blocks: blocks), isAutomatic: true)
    }

    /// Tells the owner of a webhook that it has not answered for so long that nothing is sent there any more.
    func switchedOff(_ recipient: Recipient) -> NewLetter? {
        guard let owner = Address(recipient.ownerAddress) else { return nil }
        let language = recipient.subscriber.wishes.language
        let t = voices[language]
        let blocks: [LetterBody.Block] = [
            .heading(t(.mailHookOffSubject, ["company": company])),
            .paragraph(t(.mailHookOffText, ["url": recipient.address])),
            .link(label: t(.mailHookOffLink), url: links.base + "/subscribe"),
        ]
        return NewLetter(
            conversation: nil, kind: Self.kind, language: language, recipient: owner, recipientName: "",
            subject: t(.mailHookOffSubject, ["company": company]), body: LetterBody(blocks: blocks), isAutomatic: true)
    }
}

/// Voices in the zones of subscribers, made once for each zone.
final class SubscriberZones: Sendable {
    private let voices: Voices
    private let offsets = NIOLockedValueBox<[String: ZoneOffsets]>([:])
    /// There are fewer zones than that.
    private static let most = 1000

    init(_ voices: Voices) { self.voices = voices }

    /// Whether it is the name of a zone.
    static func isZone(_ name: String) -> Bool {
        name == "UTC" || (name.utf8.count <= 64 && name.utf8.contains(UInt8(ascii: "/")) && TimeZone(identifier: name) != nil)
    }

    /// The voice of somebody in a zone; that of the page where the zone is not known.
    func voice(_ language: Language, in zone: String) -> Voice {
        let usual = voices[language]
        guard let offsets = offsets(zone) else { return usual }
        return Voice(texts: usual.texts, moments: Moments(offsets: offsets, language: language))
    }

    private func offsets(_ zone: String) -> ZoneOffsets? {
        offsets.withLockedValue { known in
            if let offsets = known[zone] { return offsets }
            guard known.count < Self.most, let timeZone = TimeZone(identifier: zone) else { return nil }
            let offsets = ZoneOffsets(timeZone)
            known[zone] = offsets
            return offsets
        }
    }
}
