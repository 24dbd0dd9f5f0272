import Foundation

/// Cantons that keep Corpus Christi, Assumption, All Saints and the Immaculate Conception.
enum SwissCatholicCantons {
    private static let catholicYear = [HolidayLaw].always(.corpusChristi, .assumption, .allSaints, .immaculateConception)
    private static let mondays = [HolidayLaw].always(.easterMonday, .whitMonday)
    private static let usualInTheMiddle = [HolidayLaw].usual(.berchtold, .easterMonday, .whitMonday, .secondChristmasDay)

    static let regions = [
        /// Ruhetagsgesetz; 26 December as in Ausserrhoden.
        SwissHolidays.canton(
            "AI", "Appenzell Innerrhoden", .always(.goodFriday), mondays, catholicYear,
            .only(on: SwissMixedCantons.notTuesdayOrSaturday, .secondChristmasDay)),
        /// Ruhetags- und Ladenschlussgesetz, § 1a; Saint Joseph and Epiphany are feasts of single communes.
        SwissHolidays.canton(
            "LU", "Luzern", .always(.berchtold, .goodFriday), mondays, catholicYear, .always(.secondChristmasDay),
            .inSomeCommunes(.epiphany, .saintJoseph)),
        SwissHolidays.canton("NW", "Nidwalden", .always(.saintJoseph, .goodFriday), catholicYear, usualInTheMiddle),
        /// Ruhetagsgesetz: with Bruder Klaus, the canton's own saint.
        SwissHolidays.canton("OW", "Obwalden", .always(.goodFriday, .bruderKlaus), catholicYear, usualInTheMiddle),
        SwissHolidays.canton(
            "SZ", "Schwyz", .always(.epiphany, .saintJoseph, .goodFriday), mondays, catholicYear, .always(.secondChristmasDay)),
        /// Decreto legislativo concernente i giorni festivi ufficiali nel Cantone: without Good Friday.
        SwissHolidays.canton(
            "TI", "Ticino", .always(.epiphany, .saintJoseph), mondays, .always(.labourDay, .peterAndPaul), catholicYear,
            .always(.secondChristmasDay), .usual(.goodFriday)),
        SwissHolidays.canton(
            "UR", "Uri", .always(.epiphany, .saintJoseph, .goodFriday), mondays, catholicYear,
            .only(on: SwissMixedCantons.notTuesdayOrSaturday, .secondChristmasDay)),
        /// Neither Good Friday nor the Mondays are days of rest by law.
        SwissHolidays.canton("VS", "Valais", .always(.saintJoseph), catholicYear, usualInTheMiddle),
        /// Ruhetagsgesetz.
        SwissHolidays.canton("ZG", "Zug", .always(.goodFriday), catholicYear, usualInTheMiddle),
    ]
}

/// Cantons whose districts or communes differ, and those with feasts of their own.
enum SwissMixedCantons {
    static let notTuesdayOrSaturday = Set(Weekday.allCases).subtracting([.tuesday, .saturday])
    private static let mondays = [HolidayLaw].always(.easterMonday, .whitMonday)

    static let regions = [
        /// Each district has other days beside the four of the country and Good Friday.
        SwissHolidays.canton(
            "AG", "Aargau", .always(.goodFriday),
            .inSomeCommunes(
                .berchtold, .easterMonday, .labourDay, .whitMonday, .corpusChristi, .assumption, .allSaints, .immaculateConception,
                .secondChristmasDay)),
        /// The four Catholic days in the communes outside of the district of See.
        SwissHolidays.canton(
            "FR", "Fribourg", .always(.goodFriday), .inSomeCommunes(.corpusChristi, .assumption, .allSaints, .immaculateConception),
            .usual(.berchtold, .easterMonday, .whitMonday, .secondChristmasDay)),
        /// The Fahrt commemorates the battle of 1388: the first Thursday in April, a week later in Holy Week.
        SwissHolidays.canton(
            "GL", "Glarus", .always(.naefelserFahrt, .goodFriday), mondays, .always(.allSaints, .secondChristmasDay), .usual(.berchtold)),
        /// Ruhetagsgesetz: Good Friday is a high feast without the rank of a Sunday.
        SwissHolidays.canton("GR", "Graubünden", mondays, .always(.secondChristmasDay), .usual(.goodFriday)),
        /// Loi sur les jours fériés officiels: 23 June is the vote of 1974.
        SwissHolidays.canton(
            "JU", "Jura", .always(.berchtold, .goodFriday), mondays,
            .always(.labourDay, .corpusChristi, .independenceOfJura, .assumption, .allSaints), .usual(.secondChristmasDay)),
        /// Loi sur le dimanche et les jours fériés, art. 3: 2 January and 26 December only behind a Sunday. Corpus Christi in Le Landeron.
        SwissHolidays.canton(
            "NE", "Neuchâtel", .only(on: [.monday], .berchtold, .secondChristmasDay),
            .always(.republicOfNeuchatel, .goodFriday, .labourDay),
            .inSomeCommunes(.corpusChristi), .usual(.easterMonday, .whitMonday, .prayerMonday)),
        SwissHolidays.canton(
            "SG", "St. Gallen", .always(.goodFriday), mondays, .always(.allSaints, .secondChristmasDay), .usual(.berchtold)),
        /// Gesetz über die öffentlichen Ruhetage: 1 May from noon; the Catholic days outside of the district of Bucheggberg.
        SwissHolidays.canton(
            "SO", "Solothurn", .always(.goodFriday), .from(hour: 12, .law, .labourDay),
            .inSomeCommunes(.corpusChristi, .assumption, .allSaints),
            .usual(.berchtold, .easterMonday, .whitMonday, .secondChristmasDay)),
    ]
}
