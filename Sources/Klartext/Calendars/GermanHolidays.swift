import Foundation

/// The holidays of Germany. All but one are the Länder's to make; 3 October is the federation's (Einigungsvertrag, Art. 2 Abs. 2).
enum GermanHolidays {
    /// What all sixteen laws have in common.
    private static let everywhere =
        [HolidayLaw].always(
            .newYear, .goodFriday, .easterMonday, .labourDay, .ascension, .whitMonday, .unityDay, .christmasDay, .secondChristmasDay)
        // 500 years of the Reformation: all Länder made it a holiday for once, those that did not keep it anyway.
        + [HolidayLaw].once(in: 2017, .reformationDay)
        + [HolidayLaw].from(hour: 12, .eve, .christmasEve, .newYearsEve)

    private static func land(_ code: String, _ name: String, _ laws: [HolidayLaw]...) -> HolidayRegion {
        HolidayRegion("DE-\(code)", name, everywhere, laws.flatMap(\.self))
    }

    static let regions = [
        HolidayRegion("DE", "Deutschland", everywhere), badenWuerttemberg, bayern, augsburg, berlin, brandenburg, bremen, hamburg, hessen,
        mecklenburgVorpommern, niedersachsen, nordrheinWestfalen, rheinlandPfalz, saarland, sachsen, sachsenAnhalt, schleswigHolstein,
        thueringen,
    ]

    /// Gesetz über die Sonntage und Feiertage (FTG) in der Fassung vom 8. Mai 1995, § 1.
    static let badenWuerttemberg = land("BW", "Baden-Württemberg", .always(.epiphany, .corpusChristi, .allSaints))

    /// Feiertagsgesetz (FTG) vom 21. Mai 1980, Art. 1: Abs. 1 Nr. 2 makes 15 August a holiday in communes with more Catholics than
    /// Protestants, which the Landesamt für Statistik names after each census: most of them.
    static let bayern = land("BY", "Bayern", .always(.epiphany, .corpusChristi, .allSaints), .inSomeCommunes(.assumption))

    /// The same law, Art. 1 Abs. 2: 8 August in the city of Augsburg, which is among the communes that keep 15 August.
    static let augsburg = land(
        "BY-AUGSBURG", "Augsburg", .always(.epiphany, .corpusChristi, .peaceOfAugsburg, .assumption, .allSaints))

    /// Gesetz über die Sonn- und Feiertage vom 28. Oktober 1954, § 1, as changed on 30 January 2019 (8 March, and 8 May 2020) and on
    /// 10 July 2024 (8 May 2025 and 17 June 2028, each once).
    static let berlin = land(
        "BE", "Berlin", .since(2019, .womensDay), .once(in: 2020, .endOfWarDay), .once(in: 2025, .endOfWarDay),
        .once(in: 2028, .uprisingDay))

    /// Feiertagsgesetz (FTG) vom 21. März 1991, § 2; the only one that names the two Sundays.
    static let brandenburg = land("BB", "Brandenburg", .always(.easterSunday, .whitSunday, .reformationDay))

    /// Gesetz über die Sonn-, Gedenk- und Feiertage vom 12. November 1954, § 2, as changed in June 2018.
    static let bremen = land("HB", "Bremen", .since(2018, .reformationDay))

    /// Feiertagsgesetz vom 16. Oktober 1953, § 1, as changed in March 2018.
    static let hamburg = land("HH", "Hamburg", .since(2018, .reformationDay))

    /// Hessisches Feiertagsgesetz (HFeiertagsG) in der Fassung vom 29. Dezember 1971, § 1.
    static let hessen = land("HE", "Hessen", .always(.corpusChristi))

    /// Feiertagsgesetz Mecklenburg-Vorpommern (FTG M-V) in der Fassung vom 8. März 2002, § 2; 8 March since 2023.
    static let mecklenburgVorpommern = land("MV", "Mecklenburg-Vorpommern", .always(.reformationDay), .since(2023, .womensDay))

    /// Niedersächsisches Gesetz über die Feiertage (NFeiertagsG) in der Fassung vom 7. März 1995, § 2, as changed in June 2018.
    static let niedersachsen = land("NI", "Niedersachsen", .since(2018, .reformationDay))

    /// Feiertagsgesetz NW in der Fassung vom 23. April 1989, § 2.
    static let nordrheinWestfalen = land("NW", "Nordrhein-Westfalen", .always(.corpusChristi, .allSaints))

    /// Feiertagsgesetz (LFtG) vom 15. Juli 1970, § 2.
    static let rheinlandPfalz = land("RP", "Rheinland-Pfalz", .always(.corpusChristi, .allSaints))

    /// Gesetz Nr. 1040 über die Sonn- und Feiertage (SFG) vom 18. Februar 1976, § 2.
    static let saarland = land("SL", "Saarland", .always(.corpusChristi, .assumption, .allSaints))

    /// Gesetz über Sonn- und Feiertage im Freistaat Sachsen (SächsSFG) vom 10. November 1992, § 1, with its ordinance on Corpus Christi, a
    /// holiday in named Catholic communes.
    static let sachsen = land("SN", "Sachsen", .always(.reformationDay, .repentanceDay), .inSomeCommunes(.corpusChristi))

    /// Gesetz über die Sonn- und Feiertage (FeiertG LSA) in der Fassung vom 25. August 2004, § 2.
    static let sachsenAnhalt = land("ST", "Sachsen-Anhalt", .always(.epiphany, .reformationDay))

    /// Gesetz über Sonn- und Feiertage (SFTG) vom 28. Juni 2004, § 2, as changed in March 2018.
    static let schleswigHolstein = land("SH", "Schleswig-Holstein", .since(2018, .reformationDay))

    /// Thüringer Feier- und Gedenktagsgesetz (ThürFGtG) vom 21. Dezember 1994, § 2: 20 September since 2019; Abs. 2: Corpus Christi in the
    /// district of Eichsfeld and in communes that kept it before 1994.
    static let thueringen = land("TH", "Thüringen", .always(.reformationDay), .since(2019, .childrensDay), .inSomeCommunes(.corpusChristi))
}
