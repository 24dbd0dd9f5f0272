import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct BusinessCalendarTests {
    private typealias Samples = CalendarSamples

    @Test func `a calendar that cannot be is refused with the reason`() throws {
        let hours = [Weekday.monday: [OpenHours(8, 12)]]
        let (early, late) = (try Samples.day("2026-01-01"), try Samples.day("2027-12-31"))
        #expect(throws: BusinessCalendarError.unknownTimeZone("Mars/Base")) { try BusinessCalendar(timeZone: "Mars/Base", week: hours) }
        #expect(throws: BusinessCalendarError.noHours) { try BusinessCalendar(timeZone: "UTC", week: [:]) }
        #expect(throws: BusinessCalendarError.noHours) { try BusinessCalendar(timeZone: "UTC", week: [.monday: [], .friday: []]) }
        for bad in [[OpenHours(8, 8)], [OpenHours(12, 8)], [OpenHours(20, 25)], [OpenHours(-1, 3)], [OpenHours(8, 12), OpenHours(11, 13)]] {
            #expect(throws: BusinessCalendarError.badHours(.tuesday)) {
                try BusinessCalendar(timeZone: "UTC", week: [.monday: [OpenHours(8, 9)], .tuesday: bad])
            }
            #expect(throws: BusinessCalendarError.badException(early)) {
                try BusinessCalendar(timeZone: "UTC", week: hours, exceptions: [early: bad])
            }
        }
        #expect(throws: BusinessCalendarError.badException(early)) {
            try BusinessCalendar(timeZone: "UTC", week: hours, exceptions: [early: []])
        }
        #expect(throws: BusinessCalendarError.unknownRegion("DE-XX")) {
            try BusinessCalendar(timeZone: "UTC", week: hours, holidays: HolidayPlan(region: "DE-XX"))
        }
        #expect(throws: BusinessCalendarError.badClosing(late)) {
            try BusinessCalendar(timeZone: "UTC", week: hours, closings: [ClosingDays(late, through: early, reason: "")])
        }
        #expect(throws: BusinessCalendarError.tooManyClosingDays(730)) {
            try BusinessCalendar(timeZone: "UTC", week: hours, closings: [ClosingDays(early, through: late, reason: "")])
        }
    }

    @Test func `closed days say why`() throws {
        let munich = try Samples.munich()
        func closure(_ text: String) throws -> Closure? { munich.closure(on: try Samples.day(text)) }
        guard case .holiday(let assumption) = try closure("2028-08-15") else { throw TestFailure("15 August is open") }
        #expect(assumption.feast == .assumption && assumption.name(in: .de) == "Mariä Himmelfahrt")
        #expect(try closure("2026-11-28") == .weekend && closure("2026-11-29") == .weekend)
        #expect(try closure("2026-12-29") == .closingDay(reason: "Betriebsferien"))
        #expect(try closure("2026-12-19") == nil, "open by exception on a Saturday")
        #expect(try closure("2027-01-06") == nil, "open by exception on Epiphany")
        #expect(try closure("2026-12-24") == nil, "half a day is a day")
        let mondays = try BusinessCalendar(timeZone: "UTC", week: [.monday: [OpenHours(8, 9)]])
        #expect(mondays.closure(on: try Samples.day("2026-11-24")) == .dayOff)
    }

    @Test func `a half holiday ends the day`() throws {
        let munich = try Samples.munich()
        #expect(munich.hours(on: try Samples.day("2026-12-24")) == [OpenHours(8, 12)])
        let late = try BusinessCalendar(
            timeZone: "Europe/Berlin", week: BusinessCalendar.workdays(OpenHours(13, 17)),
            holidays: HolidayPlan(region: "DE", observing: [.eve]))
        let eve = try Samples.day("2026-12-24")
        #expect(late.hours(on: eve).isEmpty)
        guard case .holiday(let holiday)? = late.closure(on: eve) else { throw TestFailure("Christmas Eve is open in the afternoon") }
        #expect(holiday.feast == .christmasEve)
    }

    @Test func `the operator's own mind comes before the region's law`() throws {
        let plan = HolidayPlan(region: "CH-AG", adding: [.easterMonday, .berchtold], leavingOut: [.goodFriday])
        let aarau = try BusinessCalendar(timeZone: "Europe/Zurich", week: BusinessCalendar.workdays(OpenHours(8, 17)), holidays: plan)
        #expect(aarau.closure(on: try Samples.day("2026-04-03")) == nil)
        #expect(try aarau.closure(on: Samples.day("2026-04-06")) != nil && aarau.closure(on: Samples.day("2026-01-02")) != nil)
        #expect(aarau.closure(on: try Samples.day("2026-05-25")) == nil, "Whit Monday holds in some communes only")
    }

    @Test func `a holiday that meets half a holiday closes the whole day`() throws {
        // Ascension is on 1 May in 2008, which is half a holiday in Solothurn.
        let solothurn = try BusinessCalendar(
            timeZone: "Europe/Zurich", week: BusinessCalendar.workdays(OpenHours(8, 17)), holidays: HolidayPlan(region: "CH-SO"))
        #expect(solothurn.holiday(on: try Samples.day("2008-05-01"))?.feast == .ascension)
        #expect(solothurn.hours(on: try Samples.day("2008-05-01")).isEmpty)
        #expect(solothurn.hours(on: try Samples.day("2026-05-01")) == [OpenHours(8, 12)])
    }

    @Test func `what is stored is read back, and checked like what is made`() throws {
        let munich = try Samples.munich()
        let json = try JSONEncoder().encode(munich)
        #expect(try JSONDecoder().decode(BusinessCalendar.self, from: json) == munich)
        let readable = String(decoding: json, as: UTF8.self)
        for part in ["\"monday\"", "\"2026-12-19\"", "Betriebsferien", "DE-BY"] { #expect(readable.contains(part)) }
        #expect(throws: BusinessCalendarError.noHours) {
            try JSONDecoder().decode(BusinessCalendar.self, from: Data(#"{"timeZone":"UTC","week":{}}"#.utf8))
        }
        for bad in [#"{"timeZone":"UTC","week":{"funday":[{"opens":0,"closes":9}]}}"#, #"{"timeZone":"UTC"}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(BusinessCalendar.self, from: Data(bad.utf8)) }
        }
    }
}

/// What a test expected and did not find, where there is nothing to go on with.
struct TestFailure: Error {
    let what: String
    init(_ what: String) { self.what = what }
}
