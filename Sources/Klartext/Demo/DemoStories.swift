import Foundation

/// The five stories Klartext exists for, as they go here: each a request that somebody else left in the dark.
struct DemoStories: Sendable {
    let stage: DemoStage

    func tell() async throws {
        try await DemoStatusPage(stage: stage).tell()
        try await forgottenCustomer()
        try await cardThatOrderedLicences()
        try await missingLetter()
        try await silentParcelCarrier()
        try await fullMailbox()
        try await strangersNumber()
        try await heldMail()
        try await bankThatWasDown()
        try await stage.work()
    }

    /// Story 1: a parcel vanishes, and this time there is a number, a receipt, and somebody who asks again.
    private func silentParcelCarrier() async throws {
        let number = try await stage.form(
            DemoCast.tom, "Parcel 00340434161094042557 vanished on 12 November",
            """
            Hello,

            I sent the rented router back to you on 10 November. Since the 12th the tracking has shown nothing. Has it reached you?

            The posting receipt is attached.

            Kind regards
            Tom O’Leary
            """, kind: "lost-parcel",
            typed: [
                "tracking": "00340434161094042557", "direction": "from-customer", "posted": "10 November 2026", "value": "€249.00",
            ], files: [("posting-receipt.txt", "text/plain", "Posted 10 November 2026, 09:41, branch 5521, parcel 00340434161094042557")])
        stage.pass(hours: 1.5)
        try await stage.note(
            DemoCast.jonas, number,
            "Lager gefragt: nicht angekommen. Nachforschung NF-88213 beim Paketdienst gestellt, Frau Lorenz, Durchwahl 4412.")
        stage.pass(minutes: 20)
        try await stage.answer(
            DemoCast.jonas, number,
            """
            Hello Mr O’Leary,

            your router has not reached us yet. I asked the carrier to search for it today; they have five working days for that.

            Important: with your posting receipt you have returned the router in time. We charge you nothing.
            """, then: .turn(.thirdParty(name: "Paketdienst"), nextContactAt: stage.inHours(48)),
            promising: [
                DemoPromise(channel: .parcel, text: "The search for your parcel has a result", thirdParty: "Paketdienst", hours: 120),
                DemoPromise(channel: .mail, text: "We ask the carrier again and tell you what they say", hours: 48),
            ])
        stage.pass(minutes: 25)
        try await stage.mail(
            DemoCast.tom, "", "Thank you, that is a relief. Do you need the weight from the receipt as well?\n\nTom", answering: number)
    }

    /// Story 2: the bank that was down; here somebody answers before anybody asks twice.
    private func bankThatWasDown() async throws {
        let number = try await stage.form(
            DemoCast.nora, "Webmail shows an error page since this morning",
            "Hi,\n\nsince about eight o’clock webmail only shows \"service unavailable\". Is it me or is it you? I need the invoice in there today.\n\nNora"
        )
        stage.pass(minutes: 6)
        try await stage.answer(
            DemoCast.friederike, number,
            "Hi Nora,\n\nit is us, not you: a storage server failed at 07:52. No mail is lost. I write again at noon, also if it is still broken by then.",
            then: .turn(.us, nextContactAt: stage.inHours(3)),
            promising: [DemoPromise(channel: .mail, text: "I write again, also if it is still broken", hours: 3)])
        stage.pass(minutes: 9)
        _ = try await stage.form(
            DemoCast.marlene, "Webmail geht nicht",
            "Guten Morgen, ich komme seit heute früh nicht an meine Mails. Ist das bekannt?\n\nM. Vogt")
        stage.pass(minutes: 12)
    }

    /// Story 3: the missing letter, found by somebody who looked.
    private func missingLetter() async throws {
        let number = try await stage.form(
            DemoCast.lukasz, "Domain mühlenbäckerei.example: TXT-Eintrag fehlt",
            "Hallo,\n\nich soll für den Newsletter-Dienst einen TXT-Eintrag setzen. Im Kundenbereich steht nur „notwendige Einträge existieren nicht“.\n\nŁukasz Nowak",
            kind: "domain",
            typed: [
                "domain": "mühlenbäckerei.example", "matter": "record", "record": "txt", "expected": "newsletter-verification=7f3c91",
                "elsewhere": "mühlenbäkerei.example",
            ])
        stage.pass(hours: 2)
        try await stage.answer(
            DemoCast.ayse, number,
            """
            Guten Tag Herr Nowak,

            der Eintrag steht jetzt im DNS; alle vier Nameserver antworten richtig. Beim Newsletter-Dienst ist die Domain aber als „mühlenbäkerei“ \
            eingetragen, ohne c. Können Sie das dort ändern und mir Bescheid geben?
            """, then: .turn(.customer(askedFor: "Domain beim Newsletter-Dienst berichtigen"), nextContactAt: stage.inHours(72)))
        stage.pass(hours: 5)
        try await stage.mail(
            DemoCast.lukasz, "", "Tatsächlich, da fehlt ein c! Ich habe es geändert, jetzt geht es. Danke!\n\nVon meinem iPhone gesendet",
            answering: number)
        stage.pass(minutes: 30)
        try await stage.answer(
            DemoCast.ayse, number, "Wunderbar, der Newsletter-Dienst bestätigt die Domain jetzt. Ich schließe die Anfrage ab.",
            then: .solved(cause: "Beim Newsletter-Dienst fehlte im Namen der Domain ein c."))
        stage.pass(hours: 16)
    }

    /// Story 4: the card that ordered licences.
    private func cardThatOrderedLicences() async throws {
        let number = try await stage.form(
            DemoCast.marlene, "Rechnung 2026-1187: 1.008,00 € abgebucht",
            """
            Guten Tag,

            ich habe nur die abgelaufene Firmenkarte ersetzt. Danach wurden acht neue Lizenzen bestellt und 1.008,00 € abgebucht, obwohl die alten bis Juni \
            bezahlt sind. Bitte erstatten Sie den Betrag auf die Karte, nicht als Guthaben.

            Marlene Vogt
            Vogt Keramik
            """, kind: "complaint",
            typed: [
                "about": "invoice", "invoice": "2026-1187", "wish": "refund", "amount": "1.008,00 €",
                "account": "DE89 3704 0044 0532 0130 00",
            ])
        stage.pass(hours: 3)
        try await stage.answer(
            DemoCast.jonas, number,
            "Guten Tag Frau Vogt,\n\nSie haben recht, das war unser Fehler: Der Dialog zum Kartenwechsel hat eine Bestellung ausgelöst. Die alten Lizenzen laufen weiter. "
                + "Die 1.008,00 € gehen auf Ihre Karte zurück; die Bank braucht dafür bis zu drei Werktage.",
            then: .turn(.thirdParty(name: "Unsere Bank"), nextContactAt: stage.inHours(72)),
            promising: [DemoPromise(channel: .call, text: "Jonas Weber ruft Sie an, sobald das Geld unterwegs ist", hours: 22)])
        stage.pass(days: 1)
        try await stage.mail(
            DemoCast.marlene, "",
            "Ich bin bis zum 27. November nicht im Büro. In dringenden Fällen wenden Sie sich bitte an meine Vertretung.",
            answering: number, headers: [("Auto-Submitted", "auto-replied")])
        stage.pass(hours: 4)
    }

    /// Story 5: the forgotten customer.
    private func forgottenCustomer() async throws {
        let number = try await stage.form(
            DemoCast.nora, "Login: address unknown",
            "Hello,\n\nsince the move to the new shop my address is \"unknown\" when I sign in. My orders of six years are in that account.\n\nNora Lindqvist"
        )
        stage.pass(hours: 4)
        try await stage.answer(
            DemoCast.friederike, number,
            "Hello Ms Lindqvist,\n\nyour account was left out when we moved, together with 212 others. All of them are back now, with their orders. Please try again.",
            then: .solved(cause: "Your account was left out when we moved to the new shop; it is complete again."))
        stage.pass(days: 2)
    }

    /// A letter that cannot arrive: the desk knows that the customer does not know.
    private func fullMailbox() async throws {
        stage.pass(hours: 2)
        try await stage.mail(
            DemoCast.brandt, "Kündigung zum Jahresende",
            "Guten Tag,\n\nwir möchten unseren Vertrag zum Jahresende kündigen. Bitte bestätigen Sie uns das.\n\nFamilie Brandt")
        stage.pass(hours: 1)
    }

    /// Somebody writes a number that is not theirs: a ticket of its own, and an offer.
    private func strangersNumber() async throws {
        let tickets = try await stage.desk.database.read { db in try db.tickets(in: .open, after: nil, limit: 1) }
        guard let other = tickets.first?.ticket.number else { return }
        try await stage.mail(
            DemoCast.lukasz, "Frage zur Rechnung [#\(other)]",
            "Hallo, Frau Vogt hat mir die Nummer gegeben: Wir teilen uns den Vertrag. Betrifft mich das auch?\n\nŁ. Nowak")
        stage.pass(hours: 1)
    }

    /// A mail without a sender waits for a person.
    private func heldMail() async throws {
        let raw =
            "Subject: Ihre Lieferung\r\nMessage-ID: <lieferung-4711@lager.example>\r\n\r\n"
            + "Die Lieferung 4711 konnte nicht angenommen werden, weil niemand da war.\r\n"
        try await stage.desk.inbox.keep(
            .init(door: "lmtp", sender: "", recipients: [stage.desk.mailbox.address.mailbox], raw: Array(raw.utf8)))
        try await stage.work()
        stage.pass(hours: 1)
    }
}
