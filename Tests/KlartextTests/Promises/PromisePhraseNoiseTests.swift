import Foundation
import Testing

@testable import Klartext

/// Whatever is typed or pasted: it is read to its end, in a time that grows with its length.
@Suite(.timeLimit(.minutes(5))) struct PromisePhraseNoiseTests {
    private static let pieces = [
        "wir", "Wir", "ich", "melden", "uns", "bis", "am", "um", "zum", "von", "ab", "vor", "in", "den", "nächsten", "Woche", "Freitag",
        "Fr.", "Mo", "morgen", "heute", "früh",
        "10", "3", "12", "2026", "99999999999999999999", ".", ",", ":", "/", "-", "–", "?", "!", "\n", "\n\n", ">", "„", "“", "\"", "'",
        "Uhr", "Tage", "Werktagen", "Ende",
        "Dezember", "KW", "DHL", "they", "we'll", "will", "call", "you", "by", "next", "week", "the", "5th", "3pm", "p.m.", "noon", "end",
        "of", "day", "within", "half", "an", "hour",
        "wenn", "nicht", "if", "please", "bitte", "haben", "geprüft", "und", "and", "that", "dass", "--", "schrieb", "halb", "viertel",
        "nach", "zwischen", "between", "May", "ä",
        "e\u{301}", "\u{308}", "\u{200B}", "\u{0}", "👩‍👩‍👧", "٣", "，", "\r\n", "\u{FEFF}", "ﬁ", "İ",
    ]

    private func check(_ text: String, _ calendar: BusinessCalendar, _ now: Date) {
        let bytes = text.utf8.count
        for phrase in PromisePhrase.found(in: text, now: now, calendar: calendar) {
            #expect(!phrase.readings.isEmpty && phrase.readings.allSatisfy { $0.due > now })
            #expect(Set(phrase.readings.map(\.due)).count == phrase.readings.count)
            #expect(phrase.isCertain == phrase.doubts.isEmpty && (phrase.readings.count == 1 || !phrase.isCertain))
            #expect(phrase.range.lowerBound >= 0 && phrase.range.upperBound <= bytes && !phrase.range.isEmpty)
            let slice = Array(text.utf8)[phrase.range]
            #expect(String(validating: slice, as: UTF8.self) != nil, "a range that cuts a letter")
        }
    }

    @Test func `any words in any order are read`() throws {
        var numbers = SteadyNumbers(state: 160_023)
        let calendar = try CalendarSamples.munich()
        for _ in 0..<1500 {
            let count = Int.random(in: 1...40, using: &numbers)
            let words = (0..<count).map { _ in Self.pieces.randomElement(using: &numbers) ?? "" }
            let now = Date(milliseconds: 1_785_542_400_000 + Int.random(in: 0...50_000_000_000, using: &numbers))
            check(words.joined(separator: Bool.random(using: &numbers) ? " " : ""), calendar, now)
        }
    }

    @Test func `any scalars are read`() throws {
        var numbers = SteadyNumbers(state: 7)
        let calendar = try CalendarSamples.plain()
        let now = try CalendarSamples.moment("2026-11-23 10:15", calendar)
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<Int.random(in: 0...200, using: &numbers) {
                let isSmall = Bool.random(using: &numbers)
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...(isSmall ? 0x17F : 0x10FFFF), using: &numbers)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            check(text, calendar, now)
        }
    }

    /// 200 KB of what costs most. What were square would outlast the suite's limit.
    @Test(arguments: [
        "bis ", "wir melden uns bis Freitag nicht. ", "3.12.", "„", "morgen, ", "\n> ", "in 2 - ", "a", "nächste nächste ", "1/1/",
        "dass wir ", "um 3 um 3 ", "the end of the ",
    ])
    func `a long text costs no more than its length`(_ piece: String) throws {
        let calendar = try CalendarSamples.plain()
        let now = try CalendarSamples.moment("2026-11-23 10:15", calendar)
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        check(text, calendar, now)
    }

    @Test func `what stands before a quotation or a signature is read, and what is in it is not`() throws {
        let calendar = try CalendarSamples.plain()
        let now = try CalendarSamples.moment("2026-11-23 10:15", calendar)
        let text = """
            Guten Tag Frau Öz,

            Sie schrieben: „Wir melden uns bis Mittwoch.“ Das tut uns leid.
            Wir melden uns bis Donnerstag.

            Mit freundlichen Grüßen
            Wir rufen Sie morgen an

            Am 20. November 2026 um 10:15 schrieb Elif Öz:
            > Wir liefern bis Freitag.
            Wir liefern bis Samstag.
            """
        let found = PromisePhrase.found(in: text, now: now, calendar: calendar)
        #expect(found.map { CalendarSamples.text($0.readings[0].due, calendar) } == ["2026-11-26 17:00"])
        #expect(found.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) } == ["bis Donnerstag"])
    }
}
