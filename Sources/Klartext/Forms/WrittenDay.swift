import Foundation

/// Reads a day as people write it: `12.11.2026`, `12. November 2026`, `12 Nov 2026`, `November 12, 2026`, `2026-11-12`.
///
/// A day that can be read in two ways is asked back, never guessed.
enum WrittenDay {
    /// - Parameter today: closes the gap of a year in two digits, which is the nearest one.
    static func read(_ text: String, today: CivilTime) throws(FieldProblem) -> CivilTime {
        let parts = parts(text)
        if let month = parts.firstIndex(where: { $0.month != nil }) { return try named(parts, at: month, today) }
        let numbers = parts.compactMap(\.number)
        guard numbers.count == parts.count, numbers.count == 3 else {
            throw FieldProblem(numbers.count == 2 && parts.count == 2 ? .fieldDateYear : .fieldDateForm)
        }
        if numbers[0].digits == 4 { return try day(numbers[0], numbers[1].value, numbers[2].value, today) }
        let (first, second) = (numbers[0].value, numbers[1].value)
        // With strokes the month stands first in America and second elsewhere.
        if text.unicodeScalars.contains("/"), first <= 12, second <= 12, first != second {
            throw FieldProblem(.fieldDateAmbiguous)
        }
        let isAmerican = text.unicodeScalars.contains("/") && second > 12
        return try day(numbers[2], isAmerican ? first : second, isAmerican ? second : first, today)
    }

    private struct Part {
        var number: Number?
        var month: Int?
    }

    private struct Number {
        var value: Int
        var digits: Int
    }

    /// A month by its name, with the day before or behind it and the year at the end.
    private static func named(_ parts: [Part], at position: Int, _ today: CivilTime) throws(FieldProblem) -> CivilTime {
        let numbers = parts.compactMap(\.number)
        guard numbers.count + 1 == parts.count, let month = parts[position].month, position <= 1 else { throw FieldProblem(.fieldDateForm) }
        guard numbers.count == 2 else { throw FieldProblem(numbers.count == 1 ? .fieldDateYear : .fieldDateForm) }
        return try day(numbers[1], month, numbers[0].value, today)
    }

    private static func day(_ year: Number, _ month: Int, _ day: Int, _ today: CivilTime) throws(FieldProblem) -> CivilTime {
        guard year.digits == 2 || year.digits == 4 else { throw FieldProblem(.fieldDateYear) }
        var number = year.value
        if year.digits == 2 {
            let century = today.year / 100 * 100
            number += century
            if number > today.year + 50 { number -= 100 }
            if number <= today.year - 50 { number += 100 }
        }
        let time = CivilTime(year: number, month: month, day: day)
        guard number >= 1900, number <= 2200, (1...12).contains(month), (1...31).contains(day),
            CivilTime(secondsSinceEpoch: time.secondsSinceEpoch) == time
        else { throw FieldProblem(.fieldDateNone) }
        return time
    }

    /// Numbers and words; a weekday says nothing that the rest does not, and endings such as "12th" belong to their number.
    private static func parts(_ text: String) -> [Part] {
        let words = text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars.split {
            !$0.properties.isAlphabetic && !isDigit($0)
        }
        return words.prefix(8).compactMap { word -> Part? in
            let digits = word.prefix(while: isDigit)
            if let number = Int(String(digits)), digits.count <= 4 {
                let ending = String(word[digits.endIndex...])
                guard ending.isEmpty || ["st", "nd", "rd", "th"].contains(ending) else { return Part() }
                return Part(number: Number(value: number, digits: digits.count))
            }
            let word = String(word)
            if weekdays.contains(word) || fillers.contains(word) { return nil }
            return Part(month: months[word])
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static let fillers: Set = ["am", "den", "der", "vom", "on", "the", "of"]
    private static let weekdays: Set = [
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr", "sa",
        "so",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ]
    private static let months: [String: Int] = {
        let names = [
            ["januar", "jänner", "january", "jan"], ["februar", "feber", "february", "feb"],
            ["märz", "maerz", "march", "mar", "mär", "mrz"],
            ["april", "apr"], ["mai", "may"], ["juni", "june", "jun"], ["juli", "july", "jul"], ["august", "aug"],
            ["september", "sept", "sep"], ["oktober", "october", "okt", "oct"], ["november", "nov"],
            ["dezember", "december", "dez", "dec"],
        ]
        return names.enumerated().reduce(into: [:]) { months, entry in for name in entry.element { months[name] = entry.offset + 1 } }
    }()
}
