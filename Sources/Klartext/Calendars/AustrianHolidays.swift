import Foundation

/// The holidays of Austria: thirteen, the same in all Länder (Arbeitsruhegesetz, § 7 Abs. 2; Feiertagsruhegesetz 1957, § 1).
///
/// Good Friday is none since 2019 (BGBl. I Nr. 22/2019: the case C-193/17 ended the holiday of the Protestants alone); banks are closed.
/// Patron saints close schools and the offices of their Land (Schulzeitgesetz 1985, § 2 Abs. 4), nothing else.
enum AustrianHolidays {
    private static let everywhere =
        [HolidayLaw].always(
            .newYear, .epiphany, .easterMonday, .labourDay, .ascension, .whitMonday, .corpusChristi, .assumption, .austrianNationalDay,
            .allSaints, .immaculateConception, .christmasDay, .secondChristmasDay)
        + [HolidayLaw].usual(.goodFriday)
        // Collective agreements of banks, insurers and trade.
        + [HolidayLaw].from(hour: 12, .eve, .christmasEve, .newYearsEve)

    private static func land(_ number: Int, _ name: String, _ patrons: [HolidayLaw]) -> HolidayRegion {
        HolidayRegion("AT-\(number)", name, everywhere, patrons)
    }

    static let regions = [
        HolidayRegion("AT", "Österreich", everywhere),
        land(1, "Burgenland", .patron(.martin)),
        land(2, "Kärnten", .patron(.saintJoseph, .carinthianPlebiscite)),
        land(3, "Niederösterreich", .patron(.leopold)),
        land(4, "Oberösterreich", .patron(.florian)),
        land(5, "Salzburg", .patron(.rupert)),
        land(6, "Steiermark", .patron(.saintJoseph)),
        land(7, "Tirol", .patron(.saintJoseph)),
        land(8, "Vorarlberg", .patron(.saintJoseph)),
        land(9, "Wien", .patron(.leopold)),
    ]
}
