import Foundation

/// A country or a part of it that has holidays of its own, by its code: ISO 3166-2 ("DE-BY", "AT-9", "CH-ZH"), and behind it a town
/// ("DE-BY-AUGSBURG"). "DE", "AT" and "CH" alone have only what holds in the whole country.
struct HolidayRegion: Sendable, Equatable {
    let code: String
    /// In its own language.
    let name: String
    /// What holds here, the country's laws first.
    let laws: [HolidayLaw]

    init(_ code: String, _ name: String, _ laws: [HolidayLaw]...) {
        (self.code, self.name, self.laws) = (code, name, laws.flatMap(\.self))
    }

    /// "DE", "AT" or "CH".
    var country: String { String(code.prefix(2)) }

    /// Every region there is: countries first, then their parts.
    static let all: [HolidayRegion] = GermanHolidays.regions + AustrianHolidays.regions + SwissHolidays.regions

    /// nil for a code that is not known; upper and lower case are the same.
    static func named(_ code: String) -> HolidayRegion? { byCode[code.uppercased()] }

    private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// The holidays of a year in the order of the calendar. A day can stand twice, when two feasts meet.
    func holidays(in year: Int, observing: Set<Observance> = [.law]) -> [Holiday] {
        laws.filter { observing.contains($0.observance) }.compactMap { law in
            law.day(in: year).map { Holiday(law, on: $0, country: country) }
        }.sorted { $0.day < $1.day }
    }
}

/// A holiday on its day.
struct Holiday: Sendable, Equatable {
    let day: LocalDay
    let feast: Feast
    let observance: Observance
    /// From which minute of the day on: 720 is noon. nil is the whole day.
    let fromMinute: Int?
    let country: String

    init(_ law: HolidayLaw, on day: LocalDay, country: String) {
        (self.day, self.country) = (day, country)
        (feast, observance, fromMinute) = (law.feast, law.observance, law.fromMinute)
    }

    func name(in language: Language) -> String { feast.name(in: language, country: country) }
}

/// Which holidays a calendar keeps: a region's laws, and the operator's own mind about single days.
struct HolidayPlan: Sendable, Equatable, Codable {
    /// The code of a region, as in ``HolidayRegion``.
    var region: String
    /// What is kept beside the law, which is always kept.
    var observing: Set<Observance> = []
    /// Feasts that are kept whatever the region says.
    var adding: Set<Feast> = []
    /// Feasts on which we work all the same.
    var leavingOut: Set<Feast> = []
}

extension HolidayPlan {
    /// The laws that count, nil when there is no such region.
    var laws: [HolidayLaw]? {
        guard let region = HolidayRegion.named(region) else { return nil }
        let kept = region.laws.filter {
            ($0.observance == .law || observing.contains($0.observance)) && !leavingOut.contains($0.feast) && !adding.contains($0.feast)
        }
        return kept + adding.sorted { $0.rawValue < $1.rawValue }.map { HolidayLaw(feast: $0, observance: .law) }
    }
}
