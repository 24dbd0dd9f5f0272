import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct LocalDayTests {
    private func day(_ text: String) throws -> LocalDay { try #require(LocalDay(text)) }

    @Test func `every day of four centuries follows the one before it`() throws {
        var (year, month, day) = (1800, 1, 1)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var walking = try #require(LocalDay(year: year, month: month, day: day))
        while year < 2200 {
            #expect((walking.year, walking.month, walking.day) == (year, month, day))
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day += 1
            if day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
            let weekday = walking.weekday.rawValue
            walking = walking.adding(days: 1)
            #expect(walking.weekday.rawValue == weekday % 7 + 1)
        }
    }

    @Test(arguments: [
        "2027-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-1-1", "0000-01-01", "２０２６-01-01", "", "2026-12-03T",
    ])
    func `what is no day cannot be written`(_ text: String) { #expect(LocalDay(text) == nil) }

    @Test func `a day is written as ISO 8601 has it`() throws {
        for text in ["2026-12-03", "2024-02-29", "0001-01-01", "9999-12-31"] { #expect(try day(text).description == text) }
        #expect(try String(decoding: JSONEncoder().encode([day("2026-12-03")]), as: UTF8.self) == "[\"2026-12-03\"]")
        #expect(try JSONDecoder().decode([LocalDay].self, from: Data("[\"2026-12-03\"]".utf8)) == [day("2026-12-03")])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([LocalDay].self, from: Data("[\"2026-02-30\"]".utf8)) }
    }

    /// From the tables of ISO 8601:2004, annex, and the years with 53 weeks.
    @Test(arguments: [
        ("2005-01-01", 2004, 53), ("2005-12-31", 2005, 52), ("2007-01-01", 2007, 1), ("2008-12-29", 2009, 1), ("2010-01-03", 2009, 53),
        ("2020-12-31", 2020, 53), ("2021-01-04", 2021, 1), ("2026-11-23", 2026, 48), ("2027-01-03", 2026, 53),
    ])
    func `a week belongs to the year of its Thursday`(_ text: String, _ year: Int, _ week: Int) throws {
        #expect(try day(text).week == (year, week))
    }

    @Test func `weekdays are found from this day on, or behind it`() throws {
        let friday = try day("2026-11-27")
        #expect(friday.weekday == .friday)
        #expect(friday.onOrAfter(.friday) == friday)
        #expect(try friday.next(.friday) == day("2026-12-04"))
        #expect(try friday.next(.monday) == day("2026-11-30"))
        #expect(try friday.weekStart == day("2026-11-23"))
    }

    @Test func `months are added by the calendar`() throws {
        #expect(try day("2026-01-31").adding(months: 1) == day("2026-02-28"))
        #expect(try day("2026-11-30").adding(months: 15) == day("2028-02-29"))
        #expect(try day("2026-03-31").adding(months: -13) == day("2025-02-28"))
        #expect(try day("2026-12-01").lastOfMonth == day("2026-12-31"))
    }

    @Test func `arithmetic ends at the edge of the years`() throws {
        let today = try day("2026-11-23")
        #expect(today.adding(days: .max) == .last && today.adding(days: .min) == .first)
        #expect(today.adding(months: .max) == .last && today.adding(months: .min) == .first)
        #expect(LocalDay.last.lastOfMonth == .last && LocalDay.last.next(.monday) == .last)
        #expect(LocalDay.first.description == "0001-01-01" && LocalDay.last.description == "9999-12-31")
    }
}
