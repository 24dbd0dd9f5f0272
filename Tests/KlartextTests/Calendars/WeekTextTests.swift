import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct WeekTextTests {
    @Test func `opening hours are read in German and English`() {
        let expected: [Weekday: [OpenHours]] = [
            .monday: [OpenHours(9, 12), OpenHours(13, 17)], .tuesday: [OpenHours(9, 12), OpenHours(13, 17)],
            .saturday: [OpenHours(opens: 630, closes: 840)],
        ]
        #expect(WeekText.week("Mo-Di 9-12 13-17, Sa 10:30-14") == expected)
        #expect(WeekText.week("Monday-tue 09:00-12:00 13-17:00, sat 10:30-14:00") == expected)
        #expect(WeekText.week("Sa-Mo 0-24")?.count == 3)
    }

    @Test(arguments: [
        "", "Mo", "9-17", "Mo 17-9", "Mo 9-25", "Mo 9-17, Mo 18-19", "Mo 9-12 11-14", "Xx 9-17", "Mo-Di-Mi 9-17", "Mo 9–17", "Mo 9:60-17",
        "Mo 9:5:1-12",
    ])
    func `what is no opening hours is refused`(_ text: String) { #expect(WeekText.week(text) == nil) }
}
