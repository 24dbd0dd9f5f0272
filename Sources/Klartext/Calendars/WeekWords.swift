import Foundation

/// Opening hours as customers read them: days with the same hours together, "Mo–Fr 9–12 und 13–17 Uhr, Sa 10–14 Uhr".
enum WeekWords {
    private static let german = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    private static let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    static func text(_ week: [Weekday: [OpenHours]], in language: Language) -> String {
        let names = language == .de ? german : english
        var runs: [(first: Int, last: Int, hours: [OpenHours])] = []
        for (index, day) in Weekday.allCases.enumerated() {
            guard let hours = week[day], !hours.isEmpty else { continue }
            if let last = runs.last, last.last == index - 1, last.hours == hours {
                runs[runs.count - 1].last = index
            } else {
                runs.append((index, index, hours))
            }
        }
        return runs.map { run in
            let days = run.first == run.last ? names[run.first] : "\(names[run.first])–\(names[run.last])"
            let times = run.hours.map { "\(time($0.opens))–\(time($0.closes))" }.joined(separator: language == .de ? " und " : " and ")
            return language == .de ? "\(days) \(times) Uhr" : "\(days) \(times)"
        }.joined(separator: ", ")
    }

    /// "9", "13:30".
    private static func time(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return rest == 0 ? "\(hour)" : "\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension BusinessCalendar {
    /// Whether somebody is always there: then there are no hours to tell.
    var isAlwaysOpen: Bool {
        holidays == nil && closings.isEmpty && Weekday.allCases.allSatisfy { week[$0] == [.wholeDay] }
    }

    /// The region whose public holidays are kept, in its own language; nil where none are.
    var regionName: String? { holidays.flatMap { HolidayRegion.named($0.region)?.name } }
}
