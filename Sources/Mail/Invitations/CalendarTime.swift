import Foundation

/// Dates, times and durations of iCalendar (RFC 5545 sections 3.3.4 to 3.3.6).
enum CalendarTime {
    /// `DTSTART` or `DTEND`; nil for what is no date.
    static func read(_ line: CalendarLine) -> Invitation.Time? {
        let bytes = Array(line.value.utf8.filter { !ASCII.isSpace($0) })
        guard bytes.count >= 8, let day = number(bytes[0..<8]) else { return nil }
        var parts = DateComponents(year: day / 10_000, month: day / 100 % 100, day: day % 100)
        if bytes.count == 8 { return date(parts, in: .gmt).map(Invitation.Time.day) }
        guard bytes.count >= 15, bytes[8] == 0x54, let clock = number(bytes[9..<15]) else { return nil }
        (parts.hour, parts.minute, parts.second) = (clock / 10_000, clock / 100 % 100, min(clock % 100, 59))
        if bytes.count > 15, bytes[15] == 0x5A { return date(parts, in: .gmt).map(Invitation.Time.moment) }
        let name = line.parameter("TZID")
        if let zone = CalendarZone.named(name) { return date(parts, in: zone).map(Invitation.Time.moment) }
        return date(parts, in: .gmt).map { .local($0, zone: name.isEmpty ? nil : name) }
    }

    /// The end, from itself or from the duration. That of whole days names the day after the last one.
    static func end(_ line: CalendarLine?, duration: CalendarLine?, from start: Invitation.Time?) -> Invitation.Time? {
        guard let start else { return nil }
        guard let end = line.flatMap(read) ?? duration.flatMap({ adding($0.value, to: start) }), end.date > start.date else { return nil }
        guard case .day(let after) = end else { return end }
        let last = after.addingTimeInterval(-86_400)
        return last > start.date ? .day(last) : nil
    }

    private static func adding(_ duration: String, to start: Invitation.Time) -> Invitation.Time? {
        guard let seconds = seconds(of: duration) else { return nil }
        return switch start {
        case .moment(let date): .moment(date + seconds)
        case .day(let date): .day(date + seconds)
        case .local(let date, let zone): .local(date + seconds, zone: zone)
        }
    }

    /// `PT1H30M`, `P2D`, `P1W`; nil for others, and for more than ten years.
    private static func seconds(of duration: String) -> TimeInterval? {
        let units: [UInt8: Int] = [0x57: 604_800, 0x44: 86_400, 0x48: 3_600, 0x4D: 60, 0x53: 1]
        var total = 0
        var value = 0
        for byte in ASCII.trimmed(duration).utf8 {
            if ASCII.isDigit(byte) {
                value = min(value * 10 + Int(byte - 0x30), 1_000_000)
            } else if let unit = units[byte] {
                total += value * unit
                value = 0
            } else if byte != 0x50, byte != 0x54, byte != 0x2B {
                return nil
            }
        }
        return (1...315_360_000).contains(total) ? TimeInterval(total) : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(ASCII.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Nil for a 30th of February.
    private static func date(_ parts: DateComponents, in zone: TimeZone) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        // an hour that the clocks leave out in spring is no valid date by the zone, yet people write it
        var utc = calendar
        utc.timeZone = .gmt
        return parts.isValidDate(in: utc) ? calendar.date(from: parts) : nil
    }
}

/// The zones that calendars name, be it as IANA or as Windows does.
enum CalendarZone {
    static func named(_ name: String) -> TimeZone? {
        let written = windows[name] ?? name
        guard (1...80).contains(written.utf8.count) else { return nil }
        if let zone = TimeZone(identifier: written) { return zone }
        // "/mozilla.org/20050126_1/Europe/Berlin", "/freeassociation.sourceforge.net/Europe/Berlin"
        let parts = written.split(separator: "/")
        return parts.count > 2 ? TimeZone(identifier: parts.suffix(2).joined(separator: "/")) : nil
    }

    /// Those of Europe and the large ones elsewhere (Unicode CLDR, windowsZones.xml); others are shown by their name.
    private static let windows = [
        "W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest",
        "Romance Standard Time": "Europe/Paris", "Central European Standard Time": "Europe/Warsaw",
        "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik", "UTC": "UTC",
        "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kyiv", "GTB Standard Time": "Europe/Bucharest",
        "Turkey Standard Time": "Europe/Istanbul", "Russian Standard Time": "Europe/Moscow", "Israel Standard Time": "Asia/Jerusalem",
        "Arabian Standard Time": "Asia/Dubai", "India Standard Time": "Asia/Kolkata", "China Standard Time": "Asia/Shanghai",
        "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul", "AUS Eastern Standard Time": "Australia/Sydney",
        "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
        "Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles",
    ]
}
