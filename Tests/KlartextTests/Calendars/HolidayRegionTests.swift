import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct HolidayRegionTests {
    private func days(_ code: String, _ year: Int, _ observing: Set<Observance> = [.law]) throws -> [String] {
        try #require(HolidayRegion.named(code)).holidays(in: year, observing: observing).map { $0.day.description }
    }

    @Test func `a one-off holiday is one in its year alone`() throws {
        for (code, feast, years) in [("DE-BE", "05-08", [2020, 2025]), ("DE-BE", "06-17", [2028]), ("DE-BW", "10-31", [2017])] {
            for year in 2015...2035 { #expect(try days(code, year).contains("\(year)-\(feast)") == years.contains(year)) }
        }
    }

    @Test(arguments: [
        ("DE-BE", "03-08", 2019), ("DE-MV", "03-08", 2023), ("DE-TH", "09-20", 2019), ("DE-HB", "10-31", 2017), ("DE-HH", "10-31", 2017),
        ("DE-NI", "10-31", 2017), ("DE-SH", "10-31", 2017),
    ])
    func `a new holiday begins when its law did`(_ code: String, _ day: String, _ since: Int) throws {
        for year in 2010...2035 { #expect(try days(code, year).contains("\(year)-\(day)") == (year >= since)) }
    }

    @Test func `what holds in some communes is kept on request`() throws {
        for (code, day) in [("DE-BY", "2026-08-15"), ("DE-SN", "2026-06-04"), ("DE-TH", "2026-06-04")] {
            #expect(try !days(code, 2026).contains(day) && days(code, 2026, [.law, .communes]).contains(day))
        }
        #expect(try days("DE-BY-AUGSBURG", 2026).filter { $0.hasPrefix("2026-08") } == ["2026-08-08", "2026-08-15"])
        #expect(try !days("DE-BY", 2026, Set(Observance.allCases)).contains("2026-08-08"))
    }

    @Test func `half days say from when`() throws {
        let germany = try #require(HolidayRegion.named("de"))
        let eves = germany.holidays(in: 2026, observing: [.eve])
        #expect(eves.map(\.day.description) == ["2026-12-24", "2026-12-31"] && eves.allSatisfy { $0.fromMinute == 720 })
        let solothurn = try #require(HolidayRegion.named("CH-SO"))
        #expect(solothurn.holidays(in: 2026).first { $0.feast == .labourDay }?.fromMinute == 720)
    }

    @Test func `each feast has a name in both languages and a day in each year`() {
        for feast in Feast.allCases {
            #expect(Feast.names[feast].map { !$0.de.isEmpty && !$0.en.isEmpty } == true, "\(feast)")
            for year in 1900...2100 { #expect(feast.day(in: year)?.year == year) }
        }
    }

    @Test func `each feast is kept somewhere, and each region and its country are told apart`() {
        let kept = Set(HolidayRegion.all.flatMap(\.laws).map(\.feast))
        #expect(kept == Set(Feast.allCases))
        #expect(Set(HolidayRegion.all.map(\.code)).count == HolidayRegion.all.count)
        #expect(HolidayRegion.all.allSatisfy { ["DE", "AT", "CH"].contains($0.country) && !$0.name.isEmpty })
    }

    @Test func `a day is called what it is called there`() throws {
        func name(_ code: String, _ feast: Feast, _ language: Language) throws -> String? {
            try #require(HolidayRegion.named(code)).holidays(in: 2026).first { $0.feast == feast }?.name(in: language)
        }
        #expect(try name("DE-NW", .ascension, .de) == "Christi Himmelfahrt")
        #expect(try name("CH-ZH", .ascension, .de) == "Auffahrt")
        #expect(try name("AT-9", .christmasDay, .de) == "Christtag")
        #expect(try name("AT-9", .christmasDay, .en) == "Christmas Day")
        #expect(try name("DE-BE", .womensDay, .en) == "International Women’s Day")
    }

    /// Sechseläuten as it was held.
    @Test(arguments: ["2011-04-11", "2014-04-28", "2019-04-08", "2022-04-25", "2023-04-17", "2024-04-15", "2025-04-28"])
    func `Sechseläuten keeps away from Holy Week and Easter Monday`(_ text: String) throws {
        let day = try #require(LocalDay(text))
        #expect(Feast.sechselaeuten.day(in: day.year) == day)
    }

    @Test func `an unknown region is none`() {
        for code in ["", "DE-XX", "FR", "de-by-augsburg "] { #expect(HolidayRegion.named(code) == nil) }
    }
}
