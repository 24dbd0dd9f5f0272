import Foundation
import Testing

@testable import Klartext

/// Opening hours as customers read them.
@Suite(.timeLimit(.minutes(1))) struct WeekWordsTests {
    @Test(arguments: [
        ("Mo-Fr 9-17", "Mo–Fr 9–17 Uhr", "Mon–Fri 9–17"),
        (
            "Mo-Do 9-12 13-17:30, Fr 9-12, Sa 10-14", "Mo–Do 9–12 und 13–17:30 Uhr, Fr 9–12 Uhr, Sa 10–14 Uhr",
            "Mon–Thu 9–12 and 13–17:30, Fri 9–12, Sat 10–14"
        ),
        ("Mo 9-12, Mi 9-12", "Mo 9–12 Uhr, Mi 9–12 Uhr", "Mon 9–12, Wed 9–12"), ("Mo-So 0-24", "Mo–So 0–24 Uhr", "Mon–Sun 0–24"),
        ("Sa-So 8:05-24", "Sa–So 8:05–24 Uhr", "Sat–Sun 8:05–24"),
    ])
    func `days with the same hours stand together`(written: String, german: String, english: String) throws {
        let week = try #require(WeekText.week(written))
        #expect(WeekWords.text(week, in: .de) == german)
        #expect(WeekWords.text(week, in: .en) == english)
    }

    @Test func `who is always there has no hours to tell`() throws {
        let always = try #require(WeekText.week("Mo-So 0-24"))
        let open = try BusinessCalendar(timeZone: "Europe/Berlin", week: always)
        #expect(open.isAlwaysOpen && open.regionName == nil)
        let kept = try BusinessCalendar(timeZone: "Europe/Berlin", week: always, holidays: HolidayPlan(region: "DE-BY"))
        #expect(!kept.isAlwaysOpen && kept.regionName == "Bayern")
        let workdays = try BusinessCalendar(timeZone: "Europe/Berlin", week: BusinessCalendar.workdays(.wholeDay))
        #expect(!workdays.isAlwaysOpen)
    }
}
