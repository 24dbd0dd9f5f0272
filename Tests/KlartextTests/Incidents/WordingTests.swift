import Foundation
import Testing

@testable import Klartext

/// Sentences as they stand on real status pages, in both languages, and what is to be said of them.
@Suite(.timeLimit(.minutes(1)))
struct WordingTests {
    private func rules(_ text: String, _ language: Language, _ kind: Wording.Context.Kind = .incident(.resolved)) -> [WordingRule] {
        Wording.check(text, Wording.Context(language: language, kind: kind, promisesNextUpdate: true)).map(\.rule)
    }

    @Test(
        arguments: [
            ("Einige Kunden können sich nicht anmelden.", [.vague]),
            ("Möglicherweise kommen Briefe später an.", [.vague]),
            ("Ein Teil der Zahlungen wird vereinzelt abgelehnt.", [.vague, .vague]),
            ("Seit 9:12 Uhr (MEZ) sind manche Seiten langsam.", [.vague]),
            ("Seit dem 23. November sehen einige Nutzer alte Zahlen.", [.vague]),
            ("Unter Umständen erscheint eine Fehlerseite.", [.vague]),
            ("Die Anmeldung geht in Kürze wieder.", [.soon]),
            ("Wir melden uns so schnell wie möglich.", [.soon]),
            ("Das beheben wir zeitnah und baldmöglichst.", [.soon, .soon]),
            ("Bald läuft alles wieder.", [.soon]),
            ("Bitte versuchen Sie es später erneut.", [.retry]),
            ("Laden Sie die Seite neu und probieren Sie es noch einmal.", [.retry]),
            ("Die Anmeldung ist seit 9:12 Uhr gestört.", [.timeWithoutZone]),
            ("Nächste Meldung bis 10:30.", [.timeWithoutZone]),
            ("Wir prüfen das bis 14 Uhr.", [.timeWithoutZone]),
            ("Wir entschuldigen uns. Es geht wieder. Das tut uns sehr leid, wir bitten um Verständnis.", [.apologies]),
            ("Entschuldigung! Wir bedauern den Ausfall.", [.apologies]),
            ("Der Ausfall liegt bei unserem Rechenzentrum.", [.blame]),
            ("Schuld ist ein Fehler bei unserem Zahlungsanbieter.", [.blame]),
            ("Das liegt nicht an uns.", [.blame]),
            ("Ursache war eine Störung bei Cloudflare.", [.blame]),
            ("Wir sehen erhöhte Fehlerraten bei der Anmeldung.", [.jargon]),
            ("Die Latenz unserer Backends ist gestiegen.", [.jargon, .jargon]),
            ("Nach dem Failover gab es Timeouts.", [.jargon, .jargon]),
            ("Wir untersuchen den Vorfall.", [.incidentWord]),
            ("Das Incident ist geschlossen.", [.incidentWord]),
            ("Anmeldung: gestört. [was Kunden merken].", [.gap]),
        ] as [(String, [WordingRule])])
    func `German: what customers would stumble over is found`(text: String, expected: [WordingRule]) {
        #expect(rules(text, .de) == expected)
    }

    @Test(
        arguments: [
            ("Some customers cannot sign in.", [.vague]),
            ("Letters may arrive late.", [.vague]),
            ("We see intermittent failures with a subset of payments.", [.vague, .vague]),
            ("Since 9:12 (CET) a few pages have been slow.", [.vague]),
            ("Since 23 November several people see old numbers.", [.vague]),
            ("Sign-in will work again shortly.", [.soon]),
            ("We will write again as soon as possible.", [.soon]),
            ("This will be fixed soon.", [.soon]),
            ("Please try again later.", [.retry]),
            ("Reload the page and retry.", [.retry]),
            ("Sign-in has been failing since 9:12.", [.timeWithoutZone]),
            ("Next update by 10:30 am.", [.timeWithoutZone]),
            ("We will check until 2pm.", [.timeWithoutZone]),
            ("We apologise. It works again. We are sorry for the trouble.", [.apologies]),
            ("Sorry! Thank you for your patience.", [.apologies]),
            ("The outage is due to our data centre.", [.blame]),
            ("An issue at our payment provider stops cards.", [.blame]),
            ("This is outside of our control.", [.blame]),
            ("We see elevated error rates on sign-in.", [.jargon]),
            ("Latency of our upstream is high.", [.jargon, .jargon]),
            ("A failover mitigated the impact.", [.jargon, .jargon]),
            ("Sign-in: failing. [what customers notice].", [.gap]),
        ] as [(String, [WordingRule])])
    func `English: what customers would stumble over is found`(text: String, expected: [WordingRule]) {
        #expect(rules(text, .en) == expected)
    }

    @Test(arguments: [
        "Die Anmeldung schlägt fehl: Nach dem Passwort erscheint eine leere Seite. Wir untersuchen das.",
        "Etwa 20 % der Zahlungen werden abgelehnt, alle anderen gehen durch.",
        "Einige Kunden mit Handy-TAN können sich nicht anmelden; wer die App nutzt, ist nicht betroffen.",
        "Betroffen sind möglicherweise alle Kunden, deren Vertrag vor 2020 begann.",
        "Nächste Meldung bis 10:30 Uhr (MEZ).",
        "Erneutes Versuchen hilft im Moment nicht.",
        "Bitte versuchen Sie es nicht erneut: Jede Anmeldung kostet Sie nur Zeit.",
        "Bitte versuchen Sie es ab 11:00 Uhr (MEZ) noch einmal.",
        "Wir schreiben Ihnen, sobald es wieder läuft.",
        "Behoben um 10:12 Uhr (MEZ). Dauer: 1 Stunde 2 Minuten. Daten sind nicht verloren gegangen.",
        "Wir bitten um Entschuldigung.",
        "Karten und Überweisungen gehen. Geld geht nicht verloren.",
        "Unser Anbieter baut eine zweite Leitung; das dauert bis zum 3. Dezember.",
        "Am 24.12. und am 2. Mai ist niemand erreichbar.",
        "Die Post kommt um 10 am Montag, dem 23. November.",
        "Wegen dieser Störung verlängern wir alle Fristen um 3 Tage.",
    ])
    func `German: a good sentence stays without a remark`(text: String) {
        #expect(rules(text, .de) == [])
    }

    @Test(arguments: [
        "Sign-in fails: after the password an empty page appears. We are investigating.",
        "About 20% of payments are declined; all others go through.",
        "Some customers with text codes cannot sign in; those who use the app are not affected.",
        "Pages may take up to 30 seconds to open.",
        "Next update by 10:30 (CET).",
        "Retrying does not help at the moment.",
        "Please do not try again: each attempt only takes your time.",
        "Please try again after 11:00 (CET).",
        "We will write to you as soon as it works again.",
        "Resolved at 10:12 (CET). Duration: 1 hour 2 minutes. No data was lost.",
        "We are sorry.",
        "Cards and transfers work. No money is lost.",
        "Our provider is laying a second line until 3 December.",
        "The office is closed in May and on 24 December.",
        "Because of this incident we extend every deadline by 3 days.",
        "Shortly after 9:10 (CET) sign-in failed.",
    ])
    func `English: a good sentence stays without a remark`(text: String) {
        #expect(rules(text, .en) == [])
    }

    @Test(arguments: [
        ("Die Ursache ist eine defekte Festplatte.", Language.de, 1), ("Vermutlich liegt es an der Leitung.", .de, 1),
        ("Wegen eines Updates geht die Anmeldung nicht.", .de, 1), ("Die Ursache ist noch nicht bekannt.", .de, 0),
        ("Wegen der Störung verschieben wir die Frist.", .de, 0), ("Wir suchen die Ursache.", .de, 0),
        ("The failure is caused by a broken disk.", .en, 1), ("We suspect the line.", .en, 1), ("This is probably the network.", .en, 1),
        ("The cause is not known yet.", .en, 0), ("We are looking for the cause.", .en, 0),
        ("Due to this incident deadlines move.", .en, 0),
    ])
    func `a cause is a guess only while we are looking for it`(text: String, language: Language, count: Int) {
        #expect(rules(text, language, .incident(.investigating)).filter { $0 == .guessedCause }.count == count)
        #expect(!rules(text, language, .incident(.identified)).contains(.guessedCause))
    }

    @Test(arguments: [
        ("Von 22:00 bis 23:00 Uhr (MEZ) sind Überweisungen nicht erreichbar.", Language.de, [WordingRule.timeWithoutDate]),
        ("Am 3. Dezember von 22:00 bis 23:00 Uhr (MEZ) sind Überweisungen nicht erreichbar.", .de, []),
        ("Am 03.12. um 22:00 Uhr (MEZ) beginnt der Umzug.", .de, []),
        ("From 22:00 until 23:00 (CET) transfers cannot be reached.", .en, [.timeWithoutDate]),
        ("On 3 December from 22:00 until 23:00 (CET) transfers cannot be reached.", .en, []),
        ("On December 3 at 10pm (CET) the move begins.", .en, []),
    ])
    func `a maintenance says its day`(text: String, language: Language, expected: [WordingRule]) {
        #expect(rules(text, language, .maintenance) == expected)
    }

    @Test func `an open incident without the time of the next update is told so, once`() {
        func rules(_ text: String, _ state: IncidentState, promised: Bool) -> [WordingRule] {
            Wording.check(text, Wording.Context(language: .de, kind: .incident(state), promisesNextUpdate: promised)).map(\.rule)
        }
        #expect(rules("Wir untersuchen das. Wir bleiben dran.", .investigating, promised: false) == [.noNextUpdate])
        #expect(rules("Wir untersuchen das.", .investigating, promised: true) == [])
        #expect(rules("Wir beobachten. Nächste Meldung bis 10:30 Uhr (MEZ).", .monitoring, promised: false) == [])
        #expect(rules("Die nächste Meldung folgt.", .monitoring, promised: false) == [.noNextUpdate])
        #expect(rules("Behoben.", .resolved, promised: false) == [])
        #expect(rules(" \n ", .investigating, promised: false) == [], "nothing is written yet")
    }

    @Test func `a finding points at its words in UTF-8`() throws {
        let text = "Öffnen geht nicht. Wir helfen in Kürze."
        let finding = try #require(Wording.check(text, .init(language: .de, kind: .incident(.resolved), promisesNextUpdate: true)).first)
        #expect(String(decoding: Array(text.utf8)[finding.range], as: UTF8.self) == "in Kürze")
        // written with a combining mark: the same letter in other bytes
        let decomposed = "Wir helfen in Ku\u{308}rze."
        let found = try #require(
            Wording.check(decomposed, .init(language: .de, kind: .incident(.resolved), promisesNextUpdate: true)).first)
        #expect(String(decoding: Array(decomposed.utf8)[found.range], as: UTF8.self) == "in Ku\u{308}rze")
    }

    @Test func `a text of any length and any bytes is read in time, and no range leaves it`() {
        let endless = String(repeating: "einige [ . 10:30 \u{301}\r\n", count: 10_000)
        let context = Wording.Context(language: .de, kind: .incident(.investigating), promisesNextUpdate: false)
        let findings = Wording.check(endless, context)
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0.range.upperBound <= endless.utf8.count && $0.range.upperBound <= Wording.mostBytes + 40 })
    }
}
