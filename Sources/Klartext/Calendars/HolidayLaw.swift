import Foundation

/// How far a feast binds.
enum Observance: String, Sendable, CaseIterable, Codable {
    /// A public holiday by law in the whole region. Always to be observed.
    case law
    /// A public holiday by law in some communes or districts of the region: those with a Catholic majority, or those named.
    case communes
    /// Not by law, but most offices are closed, or it is a day of rest without the rank of a Sunday.
    case usual
    /// The day of a Land's patron saint: schools and offices of the Land are closed, shops and firms are open.
    case patron
    /// The afternoon of 24 and 31 December and their like: custom or collective agreement, by no general law.
    case eve
}

/// One sentence of a holiday law: a feast, and from when to when and how it binds.
struct HolidayLaw: Sendable, Equatable {
    let feast: Feast
    let observance: Observance
    var years: ClosedRange<Int> = 1...9999
    /// The weekdays on which it must fall to count, as in Neuchâtel, where 2 January is a holiday only on a Monday.
    var weekdays = Set(Weekday.allCases)
    /// From which minute of the day it holds; nil from the beginning.
    var fromMinute: Int?

    /// The day on which it holds in a year, if it does.
    func day(in year: Int) -> LocalDay? {
        guard years.contains(year), let day = feast.day(in: year), weekdays.contains(day.weekday) else { return nil }
        return day
    }
}

/// The sentences as the tables of the regions write them.
extension [HolidayLaw] {
    static func always(_ feasts: Feast...) -> [HolidayLaw] { feasts.map { HolidayLaw(feast: $0, observance: .law) } }

    static func since(_ year: Int, _ feasts: Feast...) -> [HolidayLaw] {
        feasts.map { HolidayLaw(feast: $0, observance: .law, years: year...9999) }
    }

    static func once(in year: Int, _ feast: Feast) -> [HolidayLaw] { [HolidayLaw(feast: feast, observance: .law, years: year...year)] }

    static func only(on weekdays: Set<Weekday>, _ feasts: Feast...) -> [HolidayLaw] {
        feasts.map { HolidayLaw(feast: $0, observance: .law, weekdays: weekdays) }
    }

    static func inSomeCommunes(_ feasts: Feast...) -> [HolidayLaw] { feasts.map { HolidayLaw(feast: $0, observance: .communes) } }

    static func usual(_ feasts: Feast...) -> [HolidayLaw] { feasts.map { HolidayLaw(feast: $0, observance: .usual) } }

    static func patron(_ feasts: Feast...) -> [HolidayLaw] { feasts.map { HolidayLaw(feast: $0, observance: .patron) } }

    /// Half a day from an hour on.
    static func from(hour: Int, _ observance: Observance, _ feasts: Feast...) -> [HolidayLaw] {
        feasts.map { HolidayLaw(feast: $0, observance: observance, fromMinute: hour * 60) }
    }
}
