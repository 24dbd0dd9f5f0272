import Foundation
import Testing

@testable import Klartext

/// Sentences as support staff write them, with what they promise (Tests/Fixtures/promises): at least 95 of 100 are understood, and of the
/// others none is taken for certain.
@Suite(.timeLimit(.minutes(1))) struct PromisePhraseFixtureTests {
    struct Row {
        var now, due, channel, party, sentence: String
    }

    /// Monday to Friday 9 to 17 in Cologne, the afternoons before Christmas and New Year free.
    private static func calendar() throws -> BusinessCalendar {
        try BusinessCalendar(
            timeZone: "Europe/Berlin", week: BusinessCalendar.workdays(OpenHours(9, 17)),
            holidays: HolidayPlan(region: "DE-NW", observing: [.eve]))
    }

    static func load(_ name: String) throws -> [Row] {
        let text = try String(contentsOfFile: TestDesk.root + "/Tests/Fixtures/promises/\(name).tsv", encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == 5, "\(line)")
            return Row(now: fields[0], due: fields[1], channel: fields[2], party: fields[3], sentence: fields[4])
        }
    }

    /// What was found, written as the fixtures are.
    private static func written(_ found: [PromisePhrase], _ calendar: BusinessCalendar) -> (due: String, channel: String, party: String) {
        guard !found.isEmpty else { return ("-", "-", "-") }
        let due = found.map { phrase in
            let isDoubtful = !phrase.doubts.subtracting([.severalReadings]).isEmpty
            return (isDoubtful ? "~" : "") + phrase.readings.map { CalendarSamples.text($0.due, calendar) }.joined(separator: " / ")
        }
        let parties = found.map { phrase in
            switch phrase.party {
            case .us: "us"
            case .thirdParty(let name): "third:" + (name ?? "-")
            }
        }
        return (due.joined(separator: " ; "), found.map(\.channel.rawValue).joined(separator: ","), parties.joined(separator: ","))
    }

    /// The sentences that were misunderstood, and those of them that somebody would have believed.
    static func judge(_ rows: [Row], _ language: Language) throws -> (wrong: [String], silent: [String]) {
        let calendar = try calendar()
        var (wrong, silent): ([String], [String]) = ([], [])
        for row in rows {
            let now = try CalendarSamples.moment(row.now, calendar)
            let found = PromisePhrase.found(in: row.sentence, now: now, calendar: calendar, language: language)
            let written = written(found, calendar)
            guard written != (row.due, row.channel, row.party) else { continue }
            let expected = "expected \(row.due) \(row.channel) \(row.party)"
            let line = "\(row.sentence)\n    \(expected)\n    found    \(written.due) \(written.channel) \(written.party)"
            wrong.append(line)
            let promised = Set(row.due.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) })
            if found.contains(where: { $0.isCertain && !promised.contains(CalendarSamples.text($0.readings[0].due, calendar)) }) {
                silent.append(line)
            }
        }
        return (wrong, silent)
    }

    @Test(arguments: [
        ("de", Language.de), ("en", .en), ("unseen-a.de", .de), ("unseen-a.en", .en), ("families.de", .de), ("families.en", .en),
    ])
    func `sentences of support staff are understood`(_ name: String, _ language: Language) throws {
        let rows = try Self.load(name)
        let (wrong, silent) = try Self.judge(rows, language)
        #expect(silent.isEmpty, "taken for certain and wrong:\n\(silent.joined(separator: "\n"))")
        #expect(wrong.count * 20 <= rows.count, "\(wrong.count) of \(rows.count) misunderstood:\n\(wrong.joined(separator: "\n"))")
    }

    @Test(arguments: ["more", "heldout", "heldout2", "heldout3"])
    func `sentences that the parser was not made with are understood`(_ name: String) throws {
        let rows = try Self.load(name)
        let (wrong, silent) = try Self.judge(rows, .de)
        #expect(silent.isEmpty, "taken for certain and wrong:\n\(silent.joined(separator: "\n"))")
        #expect(wrong.count * 20 <= rows.count, "\(wrong.count) of \(rows.count) misunderstood:\n\(wrong.joined(separator: "\n"))")
    }

    /// What the accuracy is measured by: nothing was changed for any of these.
    @Test func `of 120 sentences that the parser has never been tried with, 95 of 100 are understood`() throws {
        let rows = [(try Self.load("unseen-b.de"), Language.de), (try Self.load("unseen-b.en"), .en)]
        let judged = try rows.map { try Self.judge($0, $1) }
        #expect(judged.allSatisfy(\.silent.isEmpty), "taken for certain and wrong: \(judged.map(\.silent))")
        let wrong = judged.flatMap(\.wrong)
        #expect(wrong.count * 20 <= 120, "\(wrong.count) misunderstood:\n\(wrong.joined(separator: "\n"))")
    }

    @Test(arguments: [("nothing.de", Language.de), ("nothing.en", .en)])
    func `times in which nobody promises anything are seldom offered and never certain`(_ name: String, _ language: Language) throws {
        let rows = try Self.load(name)
        let (wrong, silent) = try Self.judge(rows, language)
        #expect(silent.isEmpty, "taken for certain and wrong:\n\(silent.joined(separator: "\n"))")
        #expect(wrong.count * 5 <= rows.count, "\(wrong.count) of \(rows.count) offered:\n\(wrong.joined(separator: "\n"))")
    }

    @Test func `there are enough sentences of each kind`() throws {
        let rows = try Self.load("de") + Self.load("en")
        #expect(rows.filter { $0.due != "-" }.count >= 120 && rows.filter { $0.due == "-" }.count >= 40)
        #expect(Set(rows.map(\.sentence)).count == rows.count)
    }
}
