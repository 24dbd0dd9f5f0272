import Foundation
import Testing

@testable import Klartext

/// What times mean by the clock and the calendar of a queue: here the desk in Munich, which closes at 14:00 on Fridays and over the end of 2026.
@Suite(.timeLimit(.minutes(1))) struct PromiseDateTests {
    private func readings(_ sentence: String, _ now: String) throws -> (due: [String], doubts: Set<PromiseDoubt>) {
        let calendar = try CalendarSamples.munich()
        let found = PromisePhrase.found(in: sentence, now: try CalendarSamples.moment(now, calendar), calendar: calendar)
        return (
            found.flatMap { $0.readings.map { CalendarSamples.text($0.due, calendar) } }, found.reduce(into: []) { $0.formUnion($1.doubts) }
        )
    }

    @Test(arguments: [
        ("bis Freitag", "2026-11-23 10:00", ["2026-11-27 14:00"]), ("am Freitagnachmittag", "2026-11-23 10:00", ["2026-11-27 14:00"]),
        ("innerhalb von zwei Werktagen", "2026-12-23 10:00", ["2026-12-31 12:00"]),
        ("vor Freitag", "2026-11-23 10:00", ["2026-11-26 17:00"]), ("vor nächster Woche", "2026-11-23 10:00", ["2026-11-27 14:00"]),
        ("bis Ende des Jahres", "2026-12-22 10:00", ["2026-12-31 12:00"]), ("bis KW 53", "2026-12-22 10:00", ["2026-12-31 12:00"]),
        ("in einer halben Stunde", "2026-11-23 10:00", ["2026-11-23 10:30"]),
        ("in einer Stunde", "2026-11-23 11:30", ["2026-11-23 12:30", "2026-11-23 13:30"]),
        ("am 29. Februar", "2027-12-01 10:00", ["2028-02-29 17:00"]),
        ("bis zum 23.", "2026-11-23 10:00", ["2026-11-23 17:00", "2026-12-23 17:00"]),
        ("heute noch", "2026-11-23 19:00", ["2026-11-23 23:59"]), ("um 9 Uhr", "2026-11-23 10:00", ["2026-11-24 09:00"]),
        // 5 June is a Saturday, 6 May is Ascension: each has a day before and one behind.
        ("bis 05/06", "2027-03-01 10:00", ["2027-06-04 14:00", "2027-06-07 17:00", "2027-05-05 17:00", "2027-05-07 14:00"]),
        ("Freitag in einer Woche", "2026-11-23 10:00", ["2026-12-04 14:00"]),
        ("heute in 14 Tagen", "2026-11-23 10:00", ["2026-12-07 17:00"]),
        ("am Freitag vor Weihnachten", "2026-11-23 10:00", ["2026-12-18 14:00"]), ("vor Ostern", "2027-03-01 10:00", ["2027-03-25 17:00"]),
        ("am Dienstag nach Ostern", "2027-03-01 10:00", ["2027-03-30 17:00"]),
        ("am ersten Montag im Dezember", "2026-11-23 10:00", ["2026-12-07 17:00"]),
        ("am letzten Freitag des Monats", "2026-11-02 10:00", ["2026-11-27 14:00"]),
        ("zum Fünfzehnten", "2026-12-02 10:00", ["2026-12-15 17:00"]),
        ("bis Quartalsende", "2026-11-02 10:00", ["2026-12-31 12:00"]), ("in anderthalb Stunden", "2026-11-23 09:00", ["2026-11-23 10:30"]),
        ("morgen früh um acht", "2026-11-23 10:00", ["2026-11-24 08:00"]),
        ("um zehn Uhr dreißig", "2026-11-23 08:00", ["2026-11-23 10:30"]),
        ("um 10 Uhr 30", "2026-11-23 08:00", ["2026-11-23 10:30"]), ("um dreiviertel vier", "2026-11-23 10:00", ["2026-11-23 15:45"]),
        ("um fünf vor zwölf", "2026-11-23 10:00", ["2026-11-23 11:55"]), ("bis Donerstag", "2026-11-23 10:00", ["2026-11-26 17:00"]),
        ("übernächsten Mittwoch", "2026-11-23 10:00", ["2026-12-09 17:00", "2026-12-02 17:00"]),
    ])
    func `a time is due when it is over`(_ words: String, _ now: String, _ due: [String]) throws {
        #expect(try readings("Wir melden uns \(words) bei Ihnen.", now).due == due)
    }

    @Test func `a day on which nobody is there gives the last moment before it and the next day behind it`() throws {
        let closing = try readings("Wir melden uns am 29.12. bei Ihnen.", "2026-12-21 10:00")
        #expect(closing.due == ["2026-12-24 12:00", "2026-12-31 12:00"] && closing.doubts == [.closedDay, .severalReadings])
        let epiphany = try readings("Wir melden uns am 6. Januar bei Ihnen.", "2026-12-21 10:00")
        #expect(epiphany.due == ["2027-01-06 12:00"] && epiphany.doubts.isEmpty, "open by exception")
        let assumption = try readings("Wir rufen Sie am 15. August um 11 Uhr an.", "2028-08-11 10:00")
        #expect(assumption.due == ["2028-08-15 11:00", "2028-08-16 11:00"] && assumption.doubts.contains(.closedDay))
    }

    @Test func `a weekday that is not the date's is a contradiction`() throws {
        let found = try readings("Wir melden uns am Freitag, den 3.12.2026 bei Ihnen.", "2026-11-23 10:00")
        #expect(found.doubts.contains(.contradiction) && found.due.first == "2026-12-03 17:00" && found.due.contains("2026-12-04 14:00"))
        #expect(try readings("Wir melden uns am Donnerstag, den 3.12.2026 bei Ihnen.", "2026-11-23 10:00").doubts.isEmpty)
    }

    @Test(arguments: [
        "am 31.11.", "am 30. Februar", "bis 3.12.2025", "am 1. September", "bis zum 32.", "um 25 Uhr", "bis 3.13.", "ab Freitag",
        "seit Montag", "vor drei Tagen",
    ])
    func `a day that is past, far or none is not offered`(_ words: String) throws {
        #expect(try readings("Wir melden uns \(words) bei Ihnen.", "2026-11-23 10:00").due.isEmpty)
    }

    @Test func `what begins with something else is conditional`() throws {
        let found = try readings("Wir erstatten den Betrag innerhalb von 14 Tagen nach Eingang der Retoure.", "2026-11-23 10:00")
        #expect(found.doubts.contains(.conditional) && found.due.count == 1)
    }

    @Test func `in the night of the change a time is what the clock shows first`() throws {
        #expect(try readings("Wir schalten am Sonntag um 02:30 Uhr um.", "2026-10-23 10:00").due.first == "2026-10-25 02:30")
        // 2:30 is skipped on 28 March 2027: the moment of the jump.
        #expect(try readings("Wir schalten am 28. März um 02:30 Uhr um.", "2027-03-25 10:00").due.first == "2027-03-28 03:00")
    }
}
