@testable import Klartext

/// Days on which we and a published list differ, and why.
struct HolidayException: Sendable {
    let why: String
    let regions: [String]
    /// Whether we have the day and the list has not.
    let isOurs: Bool
    /// The day in a year, if there is one.
    let day: @Sendable (Int) -> LocalDay?

    static func ours(_ feast: Feast, in regions: String..., years: ClosedRange<Int> = 2020...2035, why: String) -> HolidayException {
        HolidayException(why: why, regions: regions, isOurs: true) { years.contains($0) ? feast.day(in: $0) : nil }
    }

    static func theirs(_ feast: Feast, in regions: [String], why: String) -> HolidayException {
        HolidayException(why: why, regions: regions, isOurs: false) { feast.day(in: $0) }
    }

    static func theirs(_ feast: Feast, in regions: String..., why: String) -> HolidayException { theirs(feast, in: regions, why: why) }

    var differences: Set<String> {
        Set(
            regions.flatMap { code in
                (2020...2035).compactMap(day).map { "\($0) \(code) \(isOurs ? "+" : "-")" }
            })
    }
}

/// The places where we differ from a package, each with the law or the reason.
enum HolidayExceptions {
    /// holidays 0.109, its days by law.
    static let swissLaw: [HolidayException] = [
        .ours(.corpusChristi, in: "CH-FR", why: "Fribourg: a day of rest in the Catholic communes; workalendar has it"),
        .ours(.assumption, in: "CH-FR", why: "Fribourg, as Corpus Christi"),
        .ours(.allSaints, in: "CH-FR", why: "Fribourg, as Corpus Christi"),
        .ours(.immaculateConception, in: "CH-FR", why: "Fribourg, as Corpus Christi"),
        .ours(.corpusChristi, in: "CH-SO", why: "Solothurn: outside of the district of Bucheggberg"),
        .ours(.assumption, in: "CH-SO", why: "Solothurn, as Corpus Christi"),
        .ours(.allSaints, in: "CH-SO", why: "Solothurn, as Corpus Christi"),
        .ours(.epiphany, in: "CH-LU", why: "Luzern: a feast of single communes; workalendar has it"),
        .ours(.saintJoseph, in: "CH-LU", why: "Luzern: a feast of single communes; workalendar has it"),
    ]

    /// holidays 0.109, its days by law and its optional ones.
    static let swissUsual: [HolidayException] =
        swissLaw + [
            .ours(
                .berchtold, in: "CH-ZH", why: "Zürich: most offices are closed, though the law does not name the day; workalendar has it"),
            .ours(.secondChristmasDay, in: "CH-SO", why: "Solothurn: usual; workalendar has it"),
            .ours(.easterMonday, in: "CH-SO", "CH-NE", why: "Solothurn, Neuchâtel: usual; workalendar has it"),
            .ours(.whitMonday, in: "CH-SO", "CH-NE", why: "Solothurn, Neuchâtel: usual; workalendar has it"),
            .ours(.prayerMonday, in: "CH-NE", why: "Neuchâtel: the Lundi du Jeûne is usual; workalendar has it"),
            .ours(.goodFriday, in: "CH-TI", why: "Ticino: none by law, but banks and many offices are closed"),
            .ours(.secondChristmasDay, in: "CH-JU", why: "Jura: none by law, but usual"),
        ]

    /// holidays 0.109, the city of Zürich.
    static let cityLaw: [HolidayException] = [
        .theirs(.berchtold, in: "CH-ZH-ZUERICH", why: "no day of rest by LS 822.4, § 1; usual for us"),
        HolidayException(why: "Knabenschiessen is a fair, its Saturday no day of rest", regions: ["CH-ZH-ZUERICH"], isOurs: false) {
            Feast.knabenschiessenMonday.day(in: $0)?.adding(days: -2)
        },
        HolidayException(why: "Knabenschiessen's Sunday is a Sunday", regions: ["CH-ZH-ZUERICH"], isOurs: false) {
            Feast.knabenschiessenMonday.day(in: $0)?.adding(days: -1)
        },
    ]
    static let cityHalfDays: [HolidayException] = [
        HolidayException(
            why: "Sechseläuten is a week earlier where Holy Week begins: so it was in 2011 and 2019", regions: ["CH-ZH-ZUERICH"],
            isOurs: true
        ) {
            $0 == 2030 ? LocalDay("2030-04-08") : nil
        },
        HolidayException(why: "the same, in Holy Week", regions: ["CH-ZH-ZUERICH"], isOurs: false) {
            $0 == 2030 ? LocalDay("2030-04-15") : nil
        },
    ]

    static let workalendarGermany: [HolidayException] = [
        .ours(.womensDay, in: "DE-MV", years: 2023...2035, why: "FTG M-V, § 2: since 2023"),
        .ours(.childrensDay, in: "DE-TH", why: "ThürFGtG, § 2: since 2019"),
        .ours(.whitSunday, in: "DE-BB", why: "FTG Brandenburg, § 2 names both Sundays, the package Easter alone"),
        .ours(.corpusChristi, in: "DE-SN", "DE-TH", why: "in some communes; the package has none of them"),
        .ours(.endOfWarDay, in: "DE-BE", years: 2025...2025, why: "the law of 10 July 2024"),
        .ours(.uprisingDay, in: "DE-BE", years: 2028...2028, why: "the law of 10 July 2024"),
    ]

    private static let cantons = HolidayRegion.all.map(\.code).filter { $0.hasPrefix("CH") && $0.count <= 5 }

    static let workalendarSwitzerland: [HolidayException] = [
        .theirs(.easterSunday, in: cantons, why: "a Sunday as every other: not named by us"),
        .theirs(.whitSunday, in: cantons, why: "a Sunday as every other: not named by us"),
        .theirs(.goodFriday, in: "CH", why: "not in TI and VS"), .theirs(.easterMonday, in: "CH", why: "not in VS, FR, NW and others"),
        .theirs(.whitMonday, in: "CH", why: "not in VS, FR, NW and others"),
        .theirs(.secondChristmasDay, in: "CH", why: "not in GE, VD, VS and others"),
        .ours(.berchtold, in: "CH-NW", "CH-SG", "CH-VS", why: "usual; the package holidays has it as optional"),
        .ours(.easterMonday, in: "CH-VS", why: "usual; the package holidays has it as optional"),
        .ours(.whitMonday, in: "CH-VS", why: "usual; the package holidays has it as optional"),
        .ours(.secondChristmasDay, in: "CH-VS", "CH-JU", why: "usual; the package holidays has VS as optional"),
        .ours(.goodFriday, in: "CH-TI", why: "usual, none by law"),
        .ours(.labourDay, in: "CH-AG", why: "in some communes; the package holidays has it"),
        .ours(.assumption, in: "CH-AG", why: "in some communes, as 1 May"),
        .ours(.corpusChristi, in: "CH-NE", why: "in Le Landeron; the package holidays has it"),
        .theirs(.epiphany, in: "CH-GR", why: "a feast of single communes, not of the canton's law"),
        .theirs(.saintJoseph, in: "CH-GR", "CH-SO", why: "a feast of single communes"),
        .theirs(.corpusChristi, in: "CH-GR", why: "a feast of single communes"),
        .theirs(.immaculateConception, in: "CH-GR", "CH-SO", why: "a feast of single communes"),
        .theirs(.labourDay, in: "CH-AR", "CH-FR", why: "no day of rest; the package holidays has none either"),
        HolidayException(
            why: "Saint Stephen's does not count on a Tuesday or Saturday there", regions: ["CH-AI", "CH-AR", "CH-UR"], isOurs: false
        ) {
            Feast.secondChristmasDay.day(in: $0).flatMap { [.tuesday, .saturday].contains($0.weekday) ? $0 : nil }
        },
        HolidayException(why: "the Näfelser Fahrt is on a Thursday, not always on 3 April", regions: ["CH-GL"], isOurs: false) { year in
            LocalDay(year: year, month: 4, day: 3).flatMap { theirs in
                theirs == Feast.naefelserFahrt.day(in: year) || isAlsoEaster(theirs) ? nil : theirs
            }
        },
        HolidayException(why: "the Näfelser Fahrt is the first Thursday in April", regions: ["CH-GL"], isOurs: true) { year in
            Feast.naefelserFahrt.day(in: year).flatMap { $0.month == 4 && $0.day == 3 ? nil : $0 }
        },
    ]

    /// Good Friday or Easter Monday, which both lists have.
    @Sendable private static func isAlsoEaster(_ day: LocalDay) -> Bool {
        [Feast.goodFriday, .easterMonday].contains { $0.day(in: day.year) == day }
    }
}
