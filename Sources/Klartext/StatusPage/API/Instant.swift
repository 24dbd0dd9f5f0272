import Foundation

/// Moments as machines read them.
enum Instant {
    /// ISO 8601 in UTC with milliseconds, `2026-11-23T13:05:00.250Z`.
    static func iso8601(_ date: Date) -> String {
        let seconds = date.wholeSeconds
        // cut, not rounded: 59.9996 s is not yet the next minute
        let thousandths = min(max(Int((date.timeIntervalSince1970 - Double(seconds)) * 1000 + 0.0001), 0), 999)
        let time = CivilTime(secondsSinceEpoch: seconds)
        return "\(time.isoDay)T\(two(time.hour)):\(two(time.minute)):\(two(time.second)).\(padded(thousandths, 3))Z"
    }

    /// RFC 3339 to the second, for Atom: `2026-11-23T13:05:00Z`.
    static func rfc3339(_ date: Date) -> String {
        let time = CivilTime(secondsSinceEpoch: date.wholeSeconds)
        return "\(time.isoDay)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
    }

    /// RFC 822 with a year of four digits, for RSS: `Mon, 23 Nov 2026 13:05:00 +0000`.
    static func rfc822(_ date: Date) -> String { "\(webDay(date)) +0000" }

    /// For HTTP headers (RFC 9110, 5.6.7): `Mon, 23 Nov 2026 13:05:00 GMT`.
    static func http(_ date: Date) -> String { "\(webDay(date)) GMT" }

    /// For calendars (RFC 5545, 3.3.5): `20261123T130500Z`.
    static func calendar(_ date: Date) -> String {
        let time = CivilTime(secondsSinceEpoch: date.wholeSeconds)
        let day = time.isoDay.utf8.filter { $0 != UInt8(ascii: "-") }
        return "\(String(decoding: day, as: UTF8.self))T\(two(time.hour))\(two(time.minute))\(two(time.second))Z"
    }

    private static func webDay(_ date: Date) -> String {
        let time = CivilTime(secondsSinceEpoch: date.wholeSeconds)
        let clock = "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
        return "\(weekdays[time.weekday]), \(two(time.day)) \(months[time.month - 1]) \(padded(time.year, 4)) \(clock)"
    }

    private static func two(_ number: Int) -> String { padded(number, 2) }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension JSONText {
    /// A moment, or null where there is none.
    static func time(_ date: Date?) -> JSONText { JSONText(date.map(Instant.iso8601)) }
}
