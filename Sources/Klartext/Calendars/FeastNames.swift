import Foundation

/// What a feast is called. Names of days belong to the calendar, not to a page: they are the same wherever they are read.
extension Feast {
    /// - Parameter country: "DE", "AT" or "CH": the same day is Christi Himmelfahrt in Germany and Auffahrt in Switzerland.
    func name(in language: Language, country: String) -> String {
        if language == .de, let own = Self.ownNames[country]?[self] { return own }
        guard let names = Self.names[self] else { return rawValue }
        return language == .de ? names.de : names.en
    }

    private static let ownNames: [String: [Feast: String]] = [
        "DE": [.christmasDay: "1. Weihnachtstag", .secondChristmasDay: "2. Weihnachtstag"],
        "AT": [
            .labourDay: "Staatsfeiertag", .christmasDay: "Christtag", .epiphany: "Heilige Drei Könige", .newYearsEve: "Silvester",
        ],
        "CH": [.ascension: "Auffahrt", .ascensionEve: "Vortag von Auffahrt", .newYear: "Neujahrstag"],
    ]

    static let names: [Feast: (de: String, en: String)] = [
        .newYear: ("Neujahr", "New Year’s Day"), .berchtold: ("Berchtoldstag", "Saint Berchtold’s Day"),
        .epiphany: ("Heilige Drei Könige", "Epiphany"),
        .republicOfNeuchatel: ("Jahrestag der Ausrufung der Republik", "Republic Day"),
        .womensDay: ("Internationaler Frauentag", "International Women’s Day"), .saintJoseph: ("Josefstag", "Saint Joseph’s Day"),
        .maundyThursday: ("Gründonnerstag", "Maundy Thursday"), .goodFriday: ("Karfreitag", "Good Friday"),
        .easterSunday: ("Ostersonntag", "Easter Sunday"), .easterMonday: ("Ostermontag", "Easter Monday"),
        .naefelserFahrt: ("Näfelser Fahrt", "Battle of Näfels Day"), .sechselaeuten: ("Sechseläuten", "Sechseläuten"),
        .labourDay: ("Tag der Arbeit", "Labour Day"), .florian: ("Heiliger Florian", "Saint Florian’s Day"),
        .endOfWarDay: ("Tag der Befreiung", "Liberation Day"),
        .ascensionEve: ("Vortag von Christi Himmelfahrt", "Day before Ascension"), .ascension: ("Christi Himmelfahrt", "Ascension Day"),
        .whitSunday: ("Pfingstsonntag", "Whit Sunday"), .whitMonday: ("Pfingstmontag", "Whit Monday"),
        .corpusChristi: ("Fronleichnam", "Corpus Christi"),
        .uprisingDay: ("Jahrestag des Aufstandes vom 17. Juni 1953", "Anniversary of the Uprising of 17 June 1953"),
        .independenceOfJura: ("Fest der Unabhängigkeit", "Independence Day of Jura"),
        .peterAndPaul: ("Peter und Paul", "Saints Peter and Paul"),
        .swissNationalDay: ("Bundesfeier", "Swiss National Day"),
        .peaceOfAugsburg: ("Augsburger Hohes Friedensfest", "Augsburg Peace Festival"),
        .assumption: ("Mariä Himmelfahrt", "Assumption Day"),
        .genevanFast: ("Genfer Bettag", "Genevan Fast"), .knabenschiessenMonday: ("Knabenschiessen", "Knabenschiessen"),
        .prayerMonday: ("Bettagsmontag", "Monday after the Federal Fast"),
        .childrensDay: ("Weltkindertag", "Universal Children’s Day"), .rupert: ("Heiliger Rupert", "Saint Rupert’s Day"),
        .bruderKlaus: ("Bruder Klaus", "Saint Nicholas of Flüe"), .unityDay: ("Tag der Deutschen Einheit", "German Unity Day"),
        .carinthianPlebiscite: ("Tag der Volksabstimmung", "Carinthian Plebiscite Day"),
        .austrianNationalDay: ("Nationalfeiertag", "Austrian National Day"), .reformationDay: ("Reformationstag", "Reformation Day"),
        .allSaints: ("Allerheiligen", "All Saints’ Day"), .martin: ("Heiliger Martin", "Saint Martin’s Day"),
        .leopold: ("Heiliger Leopold", "Saint Leopold’s Day"), .repentanceDay: ("Buß- und Bettag", "Day of Repentance and Prayer"),
        .immaculateConception: ("Mariä Empfängnis", "Immaculate Conception"), .christmasEve: ("Heiligabend", "Christmas Eve"),
        .christmasDay: ("Weihnachten", "Christmas Day"), .secondChristmasDay: ("Stephanstag", "Saint Stephen’s Day"),
        .restorationOfGeneva: ("Wiederherstellung der Republik", "Restoration of the Republic"),
        .newYearsEve: ("Silvester", "New Year’s Eve"),
    ]
}
