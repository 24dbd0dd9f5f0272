import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct EasterTests {
    /// As the churches and the almanacs published them; 1818 and 2285 are the earliest, 1943 and 2038 the latest.
    @Test(arguments: [
        "1583-04-10", "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2020-04-12", "2021-04-04",
        "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
        "2031-04-13", "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
    ])
    func `Easter is when it was published`(_ text: String) throws {
        let day = try #require(LocalDay(text))
        #expect(Easter.sunday(in: day.year) == day)
    }

    /// By another road: the epact's Paschal full moon as in Inter gravissimas (1582), reckoned with the tables' own corrections, and the
    /// Sunday after it.
    @Test func `Easter is the Sunday after the full moon of the tables, in every year`() throws {
        for year in 1583...9999 {
            let (golden, century) = (year % 19 + 1, year / 100 + 1)
            let (dropped, moon) = (3 * century / 4 - 12, (8 * century + 5) / 25 - 5)
            var epact = ((11 * golden + 20 + moon - dropped) % 30 + 30) % 30
            if (epact == 25 && golden > 11) || epact == 24 { epact += 1 }
            let march = 44 - epact < 21 ? 74 - epact : 44 - epact
            let fullMoon = try #require(LocalDay(year: year, month: 3, day: 1)).adding(days: march - 1)
            #expect(Easter.sunday(in: year) == fullMoon.next(.sunday))
        }
    }

    @Test func `outside of the Gregorian years there is no Easter`() {
        for year in [Int.min, 0, 1582, 10_000, .max] { #expect(Easter.sunday(in: year) == nil) }
    }
}
