import Foundation

/// Three outages of Nordlicht, in the words in which they were told.
struct DemoOutages: Sendable {
    let stage: DemoStage
    let components: DemoStatusPage.Components
    private var incidents: Incidents { stage.desk.incidents }

    /// Told afterwards: two months ago nobody noticed until customers said so.
    func fullDisks() async throws {
        let jonas = try await stage.agent(DemoCast.jonas)
        let start = stage.inHours(-24 * 58)
        let opening = IncidentEvent.Opening(
            title: PublicText(de: "Mails kamen bis zu zwei Stunden verspätet an", en: "Mail arrived up to two hours late"), owner: jonas.id,
            startedAt: start, impact: nil, isBackfilled: true)
        try await incidents.backfill(
            opening,
            saying: [
                NewUpdate(
                    id: Incidents.draw(), state: .identified,
                    text: PublicText(
                        de:
                            "Eingehende Mails bleiben liegen, weil auf einem Server der Platz für die Warteschlange voll ist. Versenden geht.",
                        en: "Incoming mail is stuck because the space for the queue on one server is full. Sending works."),
                    components: [components.receiving: .degradedPerformance], displayAt: start.addingTimeInterval(50 * 60)),
                NewUpdate(
                    id: Incidents.draw(), state: .resolved,
                    text: PublicText(
                        de: """
                            Behoben. Betroffen waren 1.840 Postfächer auf einem von sechs Servern, gut zwei Stunden lang. Alle Mails sind inzwischen \
                            angekommen, verloren ging keine. Wir werden jetzt gewarnt, wenn der Platz zu vier Fünfteln voll ist.
                            """,
                        en: """
                            Resolved. 1,840 mailboxes on one of six servers were affected for a little over two hours. All mail has arrived since, none \
                            was lost. We are now warned when the space is four fifths full.
                            """),
                    displayAt: start.addingTimeInterval(130 * 60)),
            ], by: .agent(jonas.id))
    }

    /// Told afterwards, with what followed from it.
    func slowNameServers() async throws {
        let ayse = try await stage.agent(DemoCast.ayse)
        let start = stage.inHours(-24 * 23)
        let opening = IncidentEvent.Opening(
            title: PublicText(de: "Änderungen an DNS-Einträgen wirkten nicht", en: "Changes of DNS records had no effect"), owner: ayse.id,
            startedAt: start, impact: nil, isBackfilled: true)
        let incident = try await incidents.backfill(
            opening,
            saying: [
                NewUpdate(
                    id: Incidents.draw(), state: .investigating,
                    text: PublicText(
                        de:
                            "Wer DNS-Einträge ändert, sieht die Änderung im Kundenkonto, aber nicht im Netz. Bestehende Einträge werden beantwortet.",
                        en: "Changed DNS records show in the customer account, but not on the net. Existing records are being answered."),
                    components: [components.domains: .partialOutage], displayAt: start.addingTimeInterval(15 * 60)),
                NewUpdate(
                    id: Incidents.draw(), state: .resolved,
                    text: PublicText(
                        de: "Behoben nach 48 Minuten. 312 Änderungen sind nachgeholt, keine ging verloren. Sie müssen nichts wiederholen.",
                        en: "Resolved after 48 minutes. 312 changes have been made up for, none was lost. You need not repeat anything."),
                    displayAt: start.addingTimeInterval(48 * 60)),
            ], by: .agent(ayse.id))
        try await incidents.tellPostmortem(
            PublicText(
                de: """
                    Was geschah: Nach einem Zertifikatstausch nahm der Server, der Änderungen an die Nameserver verteilt, keine Verbindungen mehr an. \
                    Seine Überwachung fragte nur, ob er läuft, nicht, ob etwas ankommt.

                    Was daraus folgt: Alle zehn Minuten wird jetzt ein Eintrag geändert und im Netz nachgesehen. Bleibt er aus, klingelt ein Telefon.
                    """,
                en: """
                    What happened: after a change of certificates the server which distributes changes to the name servers accepted no connections. \
                    Its monitoring asked only whether it runs, not whether anything arrives.

                    What follows: every ten minutes a record is now changed and looked up on the net. If it does not appear, a phone rings.
                    """), of: incident.id, by: .agent(ayse.id))
    }

    /// Told while it happened, once seven minutes later than promised.
    func brokenSignIn() async throws {
        let ayse = try await stage.agent(DemoCast.ayse)
        let opening = IncidentEvent.Opening(
            title: PublicText(de: "Anmeldung im Kundenkonto schlägt fehl", en: "Signing in to the customer account fails"), owner: ayse.id,
            startedAt: stage.desk.clock.now().addingTimeInterval(-9 * 60), impact: nil, isBackfilled: false)
        let incident = try await incidents.open(
            opening,
            saying: update(
                .investigating, next: 20, [components.signIn: .majorOutage],
                de: """
                    Die Anmeldung im Kundenkonto endet mit einer Fehlermeldung. Websites und E-Mail laufen. Erneutes Versuchen hilft im Moment nicht. \
                    Wir untersuchen die Ursache.
                    """,
                en: """
                    Signing in to the customer account ends with an error. Websites and email work. Retrying does not help at the moment. We are \
                    looking for the cause.
                    """), by: .agent(ayse.id))
        stage.pass(minutes: 27)
        try await stage.work()
        let found = update(
            .identified, next: 30, [components.signIn: .partialOutage],
            de: """
                Diese Meldung kommt sieben Minuten später als zugesagt. Die Ursache ist gefunden: Einer von drei Anmeldeservern weist alle ab, er ist \
                jetzt abgeschaltet. Wer zuletzt eine Fehlermeldung sah, kommt wieder hinein; zu Stoßzeiten dauert es länger.
                """,
            en: """
                This update comes seven minutes later than promised. The cause is found: one of three sign-in servers rejected everybody, and is \
                switched off now. Whoever saw an error can get in again; at busy times it takes longer.
                """)
        try await incidents.update(incident.id, found, by: .agent(ayse.id))
        stage.pass(minutes: 25)
        try await stage.work()
        let watched = update(
            .monitoring, next: 60, [components.signIn: .operational],
            de:
                "Der dritte Anmeldeserver ist repariert, die Anmeldung geht so schnell wie sonst. Wir beobachten das noch eine halbe Stunde.",
            en: "The third sign-in server is repaired, and signing in is as fast as usual. We watch it for another half an hour.")
        try await incidents.update(incident.id, watched, by: .agent(ayse.id))
        stage.pass(minutes: 20)
        let over = update(
            .resolved, next: nil,
            de: """
                Behoben. 36 Minuten lang scheiterte jede Anmeldung, weitere 25 Minuten dauerte sie länger. Daten sind nicht verloren gegangen. Geht es \
                bei Ihnen noch nicht, schreiben Sie uns: Wir sehen sofort nach.
                """,
            en: """
                Resolved. For 36 minutes every sign-in failed, for another 25 minutes it took longer. No data was lost. If it does not work for you \
                yet, write to us: we look at once.
                """)
        try await incidents.resolve(incident.id, over, by: .agent(ayse.id))
        try await stage.work()
    }

    private func update(_ state: IncidentState, next: Double?, _ states: [PublicID: ComponentState] = [:], de: String, en: String)
        -> NewUpdate
    {
        NewUpdate(
            id: Incidents.draw(), state: state, text: PublicText(de: de, en: en), components: states,
            nextUpdateBy: next.map { stage.desk.clock.now().addingTimeInterval($0 * 60) })
    }
}
