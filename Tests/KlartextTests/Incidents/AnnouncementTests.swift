import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct AnnouncementTests {
    private let title = PublicText(de: "Neue Rechnungen", en: "New invoices")

    private func published(until: Date?) throws -> Announcement {
        try Announcement.publishing(title, Outage.both, until: until, id: PublicID(drawn: 5), by: Outage.agent, at: Outage.now).after
    }

    @Test func `it leaves the page at its time`() throws {
        let one = try published(until: Outage.minutes(60))
        #expect(one.isShown(at: Outage.minutes(59)))
        #expect(!one.isShown(at: Outage.minutes(60)))
        #expect(try one.limiting(until: nil, by: Outage.agent, at: Outage.now).after.isShown(at: Outage.minutes(600)))
        #expect(throws: AnnouncementRefusal.badEnd) { try published(until: Outage.now) }
    }

    @Test func `taken back, it says why in the journal and takes no change`() throws {
        let one = try published(until: nil)
        #expect(throws: AnnouncementRefusal.emptyReason) { try one.withdrawing(because: "", by: Outage.agent, at: Outage.now) }
        let change = try one.withdrawing(because: "falsch", by: Outage.agent, at: Outage.now)
        #expect(!change.after.isShown(at: Outage.now))
        #expect(throws: AnnouncementRefusal.withdrawn) {
            try change.after.rewording(title, Outage.both, by: Outage.agent, at: Outage.now)
        }
    }
}
