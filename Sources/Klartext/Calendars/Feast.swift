import Foundation

/// A day that is celebrated somewhere, with the rule for its date. Who celebrates it, and since when, is the matter of the regions' laws.
enum Feast: String, Sendable, CaseIterable, Codable {
    case newYear, berchtold, epiphany, republicOfNeuchatel, womensDay, saintJoseph
    case maundyThursday, goodFriday, easterSunday, easterMonday, naefelserFahrt, sechselaeuten
    case labourDay, florian, endOfWarDay, ascensionEve, ascension, whitSunday, whitMonday, corpusChristi
    case uprisingDay, independenceOfJura, peterAndPaul
    case swissNationalDay, peaceOfAugsburg, assumption
    case genevanFast, knabenschiessenMonday, prayerMonday, childrensDay, rupert, bruderKlaus
    case unityDay, carinthianPlebiscite, austrianNationalDay, reformationDay
    case allSaints, martin, leopold, repentanceDay
    case immaculateConception, christmasEve, christmasDay, secondChristmasDay, restorationOfGeneva, newYearsEve

    /// The day in a year; nil only outside of the years for which Easter is known.
    func day(in year: Int) -> LocalDay? {
        switch rule {
        case .fixed(let month, let day): LocalDay(year: year, month: month, day: day)
        case .easter(let days): Easter.sunday(in: year)?.adding(days: days)
        case .counted(let weekday, let count, let month, let later):
            LocalDay(year: year, month: month, day: 1)?.onOrAfter(weekday).adding(days: 7 * (count - 1) + later)
        case .naefels: Self.april(.thursday, 1, movedBy: [-3: 7], year)
        case .sechselaeuten: Self.april(.monday, 3, movedBy: [-6: -7, 1: 7], year)
        case .wednesdayBefore23November: LocalDay(year: year, month: 11, day: 16)?.onOrAfter(.wednesday)
        }
    }

    /// How a date is found.
    enum Rule: Sendable, Equatable {
        case fixed(month: Int, day: Int)
        case easter(Int)
        /// The third Sunday of September, and then so many days later.
        case counted(Weekday, Int, month: Int, later: Int)
        /// The first Thursday in April, a week later where that is Maundy Thursday.
        case naefels
        /// The third Monday in April; a week earlier where Holy Week begins with it, a week later where it is Easter Monday.
        case sechselaeuten
        case wednesdayBefore23November
    }

    var rule: Rule {
        switch self {
        case .newYear: .fixed(month: 1, day: 1)
        case .berchtold: .fixed(month: 1, day: 2)
        case .epiphany: .fixed(month: 1, day: 6)
        case .republicOfNeuchatel: .fixed(month: 3, day: 1)
        case .womensDay: .fixed(month: 3, day: 8)
        case .saintJoseph: .fixed(month: 3, day: 19)
        case .maundyThursday: .easter(-3)
        case .goodFriday: .easter(-2)
        case .easterSunday: .easter(0)
        case .easterMonday: .easter(1)
        case .naefelserFahrt: .naefels
        case .sechselaeuten: .sechselaeuten
        case .labourDay: .fixed(month: 5, day: 1)
        case .florian: .fixed(month: 5, day: 4)
        case .endOfWarDay: .fixed(month: 5, day: 8)
        case .ascensionEve: .easter(38)
        case .ascension: .easter(39)
        case .whitSunday: .easter(49)
        case .whitMonday: .easter(50)
        case .corpusChristi: .easter(60)
        case .uprisingDay: .fixed(month: 6, day: 17)
        case .independenceOfJura: .fixed(month: 6, day: 23)
        case .peterAndPaul: .fixed(month: 6, day: 29)
        default: ruleOfSecondHalf
        }
    }

    private var ruleOfSecondHalf: Rule {
        switch self {
        case .swissNationalDay: .fixed(month: 8, day: 1)
        case .peaceOfAugsburg: .fixed(month: 8, day: 8)
        case .assumption: .fixed(month: 8, day: 15)
        case .genevanFast: .counted(.sunday, 1, month: 9, later: 4)
        case .knabenschiessenMonday: .counted(.sunday, 2, month: 9, later: 1)
        case .prayerMonday: .counted(.sunday, 3, month: 9, later: 1)
        case .childrensDay: .fixed(month: 9, day: 20)
        case .rupert: .fixed(month: 9, day: 24)
        case .bruderKlaus: .fixed(month: 9, day: 25)
        case .unityDay: .fixed(month: 10, day: 3)
        case .carinthianPlebiscite: .fixed(month: 10, day: 10)
        case .austrianNationalDay: .fixed(month: 10, day: 26)
        case .reformationDay: .fixed(month: 10, day: 31)
        case .allSaints: .fixed(month: 11, day: 1)
        case .martin: .fixed(month: 11, day: 11)
        case .leopold: .fixed(month: 11, day: 15)
        case .repentanceDay: .wednesdayBefore23November
        case .immaculateConception: .fixed(month: 12, day: 8)
        case .christmasEve: .fixed(month: 12, day: 24)
        case .secondChristmasDay: .fixed(month: 12, day: 26)
        case .restorationOfGeneva, .newYearsEve: .fixed(month: 12, day: 31)
        default: .fixed(month: 12, day: 25)
        }
    }

    /// The first or third such weekday in April, moved by so many days where it stands so far from Easter.
    private static func april(_ weekday: Weekday, _ count: Int, movedBy moves: [Int: Int], _ year: Int) -> LocalDay? {
        guard let first = LocalDay(year: year, month: 4, day: 1), let easter = Easter.sunday(in: year) else { return nil }
        let day = first.onOrAfter(weekday).adding(days: 7 * (count - 1))
        return day.adding(days: moves[day.number - easter.number] ?? 0)
    }
}
