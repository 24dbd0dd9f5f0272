import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct WrittenDayTests {
    static let today = CivilTime(year: 2026, month: 11, day: 23)

    @Test(arguments: [
        "12.11.2026", "12. 11. 2026", "12.11.26", "12-11-2026", "2026-11-12", "2026-11-12T00:00", "12. November 2026", "12 November 2026",
        "12 Nov 2026", "12th of November 2026", "November 12, 2026", "Nov. 12th, 2026", "Donnerstag, den 12. November 2026",
        "am 12.11.2026", "Thu 12 Nov 26", "12 11 2026",
    ])
    func `a day is read as German, English and ISO 8601 write it`(_ typed: String) throws {
        if typed.utf8.contains(UInt8(ascii: "T")), typed.hasPrefix("2026") {
            #expect(throws: FieldProblem(.fieldDateForm)) { try WrittenDay.read(typed, today: Self.today) }
        } else {
            #expect(try WrittenDay.read(typed, today: Self.today).isoDay == "2026-11-12")
        }
    }

    @Test(arguments: [
        ("05/06/2026", TextKey.fieldDateAmbiguous), ("31.4.2026", .fieldDateNone), ("29.2.2026", .fieldDateNone),
        ("0.1.2026", .fieldDateNone),
        ("12.13.2026", .fieldDateNone), ("12.11.", .fieldDateYear), ("12. November", .fieldDateYear), ("gestern", .fieldDateForm),
        ("12.11.126", .fieldDateYear), ("November", .fieldDateForm), ("12.11.2026, 14 Uhr", .fieldDateForm), ("", .fieldDateForm),
        ("1.1.1800", .fieldDateNone), ("12345.1.2026", .fieldDateForm), ("2026 November 12", .fieldDateNone),
    ])
    func `what is no day, or two, is told why`(_ typed: String, _ key: TextKey) {
        #expect { try WrittenDay.read(typed, today: Self.today) } throws: { ($0 as? FieldProblem)?.key == key }
    }

    @Test(arguments: [
        ("05/05/2026", "2026-05-05"), ("13/06/2026", "2026-06-13"), ("06/13/2026", "2026-06-13"), ("1.2.99", "1999-02-01"),
        ("1.2.30", "2030-02-01"),
    ])
    func `strokes and short years are read where there is one reading`(_ typed: String, _ day: String) throws {
        #expect(try WrittenDay.read(typed, today: Self.today).isoDay == day)
    }

    @Test func `every day is read back from both languages`() throws {
        var day = CivilTime(year: 2023, month: 12, day: 20)
        while day.year < 2025 {
            for language in Language.allCases {
                #expect(try WrittenDay.read(Moments.day(day, in: language), today: Self.today) == day)
                #expect(try WrittenDay.read(Moments.longDay(day, in: language), today: Self.today) == day)
            }
            #expect(try WrittenDay.read(day.isoDay, today: Self.today) == day)
            day = CivilTime(secondsSinceEpoch: day.secondsSinceEpoch + 86_400)
        }
    }
}
