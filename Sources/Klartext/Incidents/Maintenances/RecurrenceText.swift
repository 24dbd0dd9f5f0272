import Foundation

/// Why a recurrence rule is not taken.
enum RecurrenceRefusal: Error, Equatable, Sendable {
    case noFrequency
    /// This part of RFC 5545 is not understood here.
    case unsupported(String)
    /// This part has a value that it cannot have, or has it twice.
    case badPart(String)
    /// COUNT and UNTIL exclude each other.
    case countAndUntil
}

extension Recurrence {
    static let mostTextBytes = 500

    /// Reads `FREQ=MONTHLY;BYDAY=-1SU`, with or without `RRULE:` before it. Letters may be small.
    init(_ text: String) throws(RecurrenceRefusal) {
        guard text.utf8.count <= Self.mostTextBytes else { throw .badPart("RRULE") }
        var rest = Substring(text.uppercased())
        if rest.hasPrefix("RRULE:") { rest = rest.dropFirst(6) }
        var parts: [String: Substring] = [:]
        for part in rest.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, parts.updateValue(pair[1], forKey: String(pair[0])) == nil else { throw .badPart(String(part)) }
        }
        guard let named = parts.removeValue(forKey: "FREQ") else { throw .noFrequency }
        guard let frequency = Frequency(rawValue: String(named)) else { throw .unsupported("FREQ=\(named)") }
        self.init(frequency: frequency)
        for (name, value) in parts.sorted(by: { $0.key < $1.key }) { try read(name, value) }
        guard count == nil || until == nil else { throw .countAndUntil }
        try checkDays()
    }

    private mutating func read(_ name: String, _ value: Substring) throws(RecurrenceRefusal) {
        switch name {
        case "INTERVAL": interval = try Self.number(value, 1...Self.mostInterval, name)
        case "COUNT": count = try Self.number(value, 1...10_000, name)
        case "UNTIL": until = try Self.until(value)
        case "BYDAY":
            for one in value.split(separator: ",", omittingEmptySubsequences: false) { days.append(try Self.day(one)) }
        case "BYMONTHDAY":
            for one in value.split(separator: ",", omittingEmptySubsequences: false) {
                monthDays.append(try Self.number(one, -31...31, name))
            }
        case "WKST": if value != "MO" { throw .unsupported("WKST=\(value)") }
        default: throw .unsupported(name)
        }
    }

    /// RFC 5545: an ordinal has a meaning within a month alone here, and a day of the month none within a week.
    private func checkDays() throws(RecurrenceRefusal) {
        if frequency != .monthly, days.contains(where: { $0.ordinal != nil }) { throw .badPart("BYDAY") }
        if frequency == .weekly, !monthDays.isEmpty { throw .badPart("BYMONTHDAY") }
        if monthDays.contains(0) { throw .badPart("BYMONTHDAY") }
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Int>, _ name: String) throws(RecurrenceRefusal) -> Int {
        guard text.utf8.count <= 6, let number = Int(text), range.contains(number) else { throw .badPart(name) }
        return number
    }

    private static let weekdays: [Substring: Weekday] = [
        "MO": .monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday, "SA": .saturday, "SU": .sunday,
    ]

    private static func day(_ text: Substring) throws(RecurrenceRefusal) -> Day {
        guard let weekday = weekdays[text.suffix(2)] else { throw .badPart("BYDAY") }
        let ordinal = text.dropLast(2)
        guard !ordinal.isEmpty else { return Day(ordinal: nil, weekday: weekday) }
        let number = try number(ordinal, -5...5, "BYDAY")
        guard number != 0 else { throw .badPart("BYDAY") }
        return Day(ordinal: number, weekday: weekday)
    }

    /// `20261231` or `20261231T235959Z`; a time without zone would be one of nowhere.
    private static func until(_ text: Substring) throws(RecurrenceRefusal) -> Until {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 }
        }
        guard let year = number(0..<4), let month = number(4..<6), let dayOfMonth = number(6..<8),
            let day = LocalDay(year: year, month: month, day: dayOfMonth)
        else { throw .badPart("UNTIL") }
        if bytes.count == 8 { return .day(day) }
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"), let hour = number(9..<11),
            let minute = number(11..<13), let second = number(13..<15), hour < 24, minute < 60, second < 61
        else { throw .badPart("UNTIL") }
        return .moment(Date(timeIntervalSince1970: Double(day.number * 86_400 + hour * 3600 + minute * 60 + second)))
    }
}
