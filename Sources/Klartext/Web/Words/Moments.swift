import Foundation

/// Says moments as people say them, in one time zone and one language. Pure: the present is handed in.
struct Moments: Sendable {
    let language: Language
    private let offsets: ZoneOffsets

    init(timeZone: TimeZone, language: Language) {
        self.init(offsets: ZoneOffsets(timeZone), language: language)
    }

    /// Shares the remembered offsets between languages and requests.
    init(offsets: ZoneOffsets, language: Language) {
        self.offsets = offsets
        self.language = language
    }

    /// "Montag, 23. November 2026, 14:05 Uhr (MEZ)", "Monday 23 November 2026, 14:05 (CET)".
    func moment(_ date: Date) -> String {
        let (time, zone) = (civil(date), zoneName(date))
        return switch language {
        case .de: "\(longDay(time)) \(time.year), \(clock(time)) Uhr (\(zone))"
        case .en: "\(longDay(time)) \(time.year), \(clock(time)) (\(zone))"
        }
    }

    /// "23.11. 14:05", "23 Nov 14:05".
    func short(_ date: Date) -> String {
        let time = civil(date)
        return switch language {
        case .de: "\(two(time.day)).\(two(time.month)). \(clock(time))"
        case .en: "\(time.day) \(Self.englishMonths[time.month - 1].prefix(3)) \(clock(time))"
        }
    }

    /// "23.11.2026", "23 November 2026".
    func day(_ date: Date) -> String { Self.day(civil(date), in: language) }

    /// "November 2026" for `2026-11`; anything else as it is.
    func month(_ name: String) -> String {
        let parts = name.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, (1...12).contains(parts[1]) else { return name }
        return "\((language == .de ? Self.germanMonths : Self.englishMonths)[parts[1] - 1]) \(parts[0])"
    }

    /// "14:05".
    func clock(_ date: Date) -> String { clock(civil(date)) }

    /// "14:05 Uhr (MEZ)", "14:05 (CET)".
    func clockInZone(_ date: Date) -> String { "\(clock(date))\(language == .de ? " Uhr" : "") (\(zoneName(date)))" }

    /// "23.11.2026, 14:05:09 Uhr (MEZ)", "23 November 2026, 14:05:09 (CET)".
    func second(_ date: Date) -> String {
        let time = civil(date)
        return "\(Self.day(time, in: language)), \(clock(time)):\(two(time.second))\(language == .de ? " Uhr" : "") (\(zoneName(date)))"
    }

    /// "November 2026", in both languages as they say it.
    static func month(_ time: CivilTime, in language: Language) -> String {
        "\((language == .de ? germanMonths : englishMonths)[time.month - 1]) \(time.year)"
    }

    /// "Nov".
    func shortMonth(_ date: Date) -> String {
        String((language == .de ? Self.germanMonths : Self.englishMonths)[civil(date).month - 1].prefix(3))
    }

    /// "heute um 14:05", "morgen um 14:05", "gestern um 14:05"; farther away "am Montag, 23. November um 14:05", with the year where it
    /// is another one.
    func relative(_ date: Date, now: Date) -> String {
        let (time, today) = (civil(date), civil(now))
        let at = language == .de ? " um \(clock(time))" : " at \(clock(time))"
        if let word = dayWord(time.dayNumber - today.dayNumber) { return word + at }
        let year = time.year == today.year ? "" : " \(time.year)"
        return (language == .de ? "am " : "on ") + longDay(time) + year + at
    }

    /// "2026-11-23T13:05:00Z": for `datetime` attributes and for machines; the same in every language and zone.
    func iso8601(_ date: Date) -> String {
        let time = CivilTime(secondsSinceEpoch: date.wholeSeconds)
        return "\(isoDay(time))T\(clock(time)):\(two(time.second))Z"
    }

    /// A moment for `<input type="datetime-local">`: "2026-11-23T14:05".
    func localInput(_ date: Date) -> String {
        let time = civil(date)
        return "\(isoDay(time))T\(clock(time))"
    }

    /// What the clock on the wall shows.
    func civil(_ date: Date) -> CivilTime {
        let seconds = date.wholeSeconds
        return CivilTime(secondsSinceEpoch: seconds + offsets.offsetSeconds(at: seconds))
    }
}

extension Moments {
    /// The moment an `<input type="datetime-local">` names; nil when it is none.
    ///
    /// An hour that is skipped in spring counts as the hour after it, one that comes twice in autumn as the earlier (RFC 5545, 3.3.5).
    func date(fromLocalInput text: String) -> Date? {
        guard let time = CivilTime(localInput: text) else { return nil }
        let local = time.secondsSinceEpoch
        let before = local - offsets.offsetSeconds(at: local - 86_400)
        let after = local - offsets.offsetSeconds(at: local + 86_400)
        let matches = [before, after].filter { $0 + offsets.offsetSeconds(at: $0) == local }
        // No match: skipped in spring; the offset before the change carries it past the gap.
        return Date(timeIntervalSince1970: Double(matches.min() ?? before))
    }

    private func longDay(_ time: CivilTime) -> String {
        switch language {
        case .de: "\(Self.germanWeekdays[time.weekday]), \(time.day). \(Self.germanMonths[time.month - 1])"
        case .en: "\(Self.englishWeekdays[time.weekday]) \(time.day) \(Self.englishMonths[time.month - 1])"
        }
    }

    /// "12.11.2026", "12 November 2026": a day of the calendar, in no time zone.
    static func day(_ time: CivilTime, in language: Language) -> String {
        switch language {
        case .de: "\(two(time.day)).\(two(time.month)).\(time.year)"
        case .en: "\(time.day) \(englishMonths[time.month - 1]) \(time.year)"
        }
    }

    /// "Donnerstag, 12. November 2026", "Thursday 12 November 2026".
    static func longDay(_ time: CivilTime, in language: Language) -> String {
        switch language {
        case .de: "\(germanWeekdays[time.weekday]), \(time.day). \(germanMonths[time.month - 1]) \(time.year)"
        case .en: "\(englishWeekdays[time.weekday]) \(time.day) \(englishMonths[time.month - 1]) \(time.year)"
        }
    }

    private func dayWord(_ daysAhead: Int) -> String? {
        switch (daysAhead, language) {
        case (0, .de): "heute"
        case (1, .de): "morgen"
        case (-1, .de): "gestern"
        case (0, .en): "today"
        case (1, .en): "tomorrow"
        case (-1, .en): "yesterday"
        default: nil
        }
    }

    /// "MEZ", "CEST"; where no name is at hand, "UTC+5:30".
    func zoneName(_ date: Date) -> String {
        let seconds = offsets.offsetSeconds(at: date.wholeSeconds)
        if let name = ZoneNames.name(of: offsets.timeZone.identifier, offsetSeconds: seconds, language) { return name }
        guard seconds != 0 else { return "UTC" }
        let minutes = abs(seconds) / 60
        return "UTC\(seconds < 0 ? "-" : "+")\(minutes / 60)" + (minutes % 60 == 0 ? "" : ":\(two(minutes % 60))")
    }

    private func isoDay(_ time: CivilTime) -> String { time.isoDay }

    private func clock(_ time: CivilTime) -> String { "\(two(time.hour)):\(two(time.minute))" }

    private func two(_ number: Int) -> String { Self.two(number) }
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let germanWeekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
    private static let englishWeekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
}

extension CivilTime {
    /// "2026-11-12" (ISO 8601).
    var isoDay: String {
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// "2026-11-23T14:05", optionally with seconds (HTML, 2.3.5.5); nil for any other form and for days that do not exist.
    init?(localInput text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16 || bytes.count == 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A else { return nil }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            range.reduce(into: Int?(0)) { sum, index in
                let digit = Int(bytes[index]) - 48
                sum = (0...9).contains(digit) ? sum.map { $0 * 10 + digit } : nil
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        guard let hour = number(11..<13), let minute = number(14..<16), year > 0 else { return nil }
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60 else { return nil }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute)
        // The 31st of April comes back as the 1st of May.
        guard CivilTime(secondsSinceEpoch: secondsSinceEpoch) == self else { return nil }
    }
}
