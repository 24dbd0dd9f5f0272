import Foundation

/// Opening hours as an operator writes them: `Mo-Fr 9-12 13-17:30, Sa 10-14`, in German or English.
enum WeekText {
    /// - Returns: nil when the text is no such hours, names a day twice, or has hours that overlap.
    static func week(_ text: String) -> [Weekday: [OpenHours]]? {
        var week: [Weekday: [OpenHours]] = [:]
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map(String.init)
            guard let first = words.first, let days = days(first), words.count > 1 else { return nil }
            let hours = words.dropFirst().compactMap(hours)
            guard hours.count == words.count - 1, let inOrder = hours.inOrder else { return nil }
            for day in days {
                guard week[day] == nil else { return nil }
                week[day] = inOrder
            }
        }
        return week.isEmpty ? nil : week
    }

    /// `Mo`, `Mon`, `Monday`, `Mo-Fr`; a range may run over the week's end.
    private static func days(_ text: String) -> [Weekday]? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { day(String($0)) }
        guard let first = ends.first ?? nil, ends.count <= 2, let last = ends.last ?? nil else { return nil }
        let all = Weekday.allCases
        guard let from = all.firstIndex(of: first), let to = all.firstIndex(of: last) else { return nil }
        return (0...((to - from + 7) % 7)).map { all[(from + $0) % 7] }
    }

    private static let names: [[String]] = [
        ["mo", "mon", "monday", "montag"], ["di", "tu", "tue", "tuesday", "dienstag"], ["mi", "we", "wed", "wednesday", "mittwoch"],
        ["do", "th", "thu", "thursday", "donnerstag"], ["fr", "fri", "friday", "freitag"], ["sa", "sat", "saturday", "samstag"],
        ["so", "su", "sun", "sunday", "sonntag"],
    ]

    private static func day(_ text: String) -> Weekday? {
        names.firstIndex { $0.contains(text.lowercased()) }.map { Weekday.allCases[$0] }
    }

    /// `9-17`, `08:30-12:15`, `22-24`.
    private static func hours(_ text: String) -> OpenHours? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
        guard ends.count == 2, let opens = ends[0], let closes = ends[1] else { return nil }
        let hours = OpenHours(opens: opens, closes: closes)
        return hours.isValid ? hours : nil
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), hour <= 24
        else { return nil }
        let minute = parts.count == 2 ? Int(parts[1]) ?? 60 : 0
        return minute < 60 && hour * 60 + minute <= 1440 ? hour * 60 + minute : nil
    }
}
