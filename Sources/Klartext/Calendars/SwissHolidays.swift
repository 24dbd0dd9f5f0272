import Foundation

/// The holidays of Switzerland. 1 August is the federation's (Bundesverfassung, Art. 110 Abs. 3), all others are the cantons', which may
/// put up to eight on a level with Sundays (Arbeitsgesetz, Art. 20a Abs. 1).
///
/// Compiled after the Federal Office of Justice's list „Gesetzliche Feiertage und Tage, die in der Schweiz wie gesetzliche Feiertage
/// behandelt werden“ and the cantons' laws named below. `always` are days of rest in the whole canton, `inSomeCommunes` those of districts
/// and communes, `usual` what is kept without the rank of a Sunday.
enum SwissHolidays {
    private static let everywhere =
        [HolidayLaw].always(.newYear, .ascension, .swissNationalDay, .christmasDay)
        + [HolidayLaw].from(hour: 12, .eve, .christmasEve, .newYearsEve)

    static func canton(_ code: String, _ name: String, _ laws: [HolidayLaw]...) -> HolidayRegion {
        HolidayRegion("CH-\(code)", name, everywhere, laws.flatMap(\.self))
    }

    static let regions =
        [HolidayRegion("CH", "Schweiz", everywhere)] + SwissProtestantCantons.regions + SwissCatholicCantons.regions
        + SwissMixedCantons.regions
}

/// Cantons that keep Good Friday, the Mondays and Saint Stephen's, and nothing of the Catholic year.
enum SwissProtestantCantons {
    private static let mondays = [HolidayLaw].always(.goodFriday, .easterMonday, .whitMonday)
    private static let saintStephen = [HolidayLaw].always(.secondChristmasDay)

    static let regions = [
        appenzellAusserrhoden,
        /// Ruhetagsgesetz.
        SwissHolidays.canton("BL", "Basel-Landschaft", mondays, .always(.labourDay), saintStephen),
        /// Gesetz über öffentliche Ruhetage und Ladenöffnung (RLG).
        SwissHolidays.canton("BS", "Basel-Stadt", mondays, .always(.labourDay), saintStephen),
        /// Gesetz über die Ruhe an öffentlichen Feiertagen.
        SwissHolidays.canton("BE", "Bern", .always(.berchtold), mondays, saintStephen),
        /// Loi sur les jours fériés (LJF).
        SwissHolidays.canton("GE", "Genève", mondays, .always(.genevanFast, .restorationOfGeneva)),
        SwissHolidays.canton("SH", "Schaffhausen", mondays, .always(.labourDay), saintStephen, .usual(.berchtold)),
        /// Gesetz über die öffentlichen Ruhetage.
        SwissHolidays.canton("TG", "Thurgau", .always(.berchtold), mondays, .always(.labourDay), saintStephen),
        SwissHolidays.canton("VD", "Vaud", .always(.berchtold), mondays, .always(.prayerMonday)),
        zuerich, cityOfZuerich,
    ]

    /// Gesetz über die öffentlichen Ruhetage: 26 December does not count on a Tuesday or Saturday, where it would make three days
    /// of rest in a row.
    private static let appenzellAusserrhoden = SwissHolidays.canton(
        "AR", "Appenzell Ausserrhoden", mondays, .only(on: SwissMixedCantons.notTuesdayOrSaturday, .secondChristmasDay))

    /// Ruhetags- und Ladenöffnungsgesetz (LS 822.4), § 1. 2 January is no day of rest by it, but nearly all are closed.
    private static let zuerich = SwissHolidays.canton(
        "ZH", "Zürich", mondays, .always(.labourDay), saintStephen, .usual(.berchtold))

    /// The same law, and what the city gives its offices: Sechseläuten and Knabenschiessen in the afternoon.
    private static let cityOfZuerich = SwissHolidays.canton(
        "ZH-ZUERICH", "Stadt Zürich", mondays, .always(.labourDay), saintStephen, .usual(.berchtold),
        .from(hour: 12, .eve, .maundyThursday, .sechselaeuten, .ascensionEve, .knabenschiessenMonday))
}
