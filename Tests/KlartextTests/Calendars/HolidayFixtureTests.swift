import Foundation
import Testing

@testable import Klartext

/// Our holidays beside the lists of two packages that know nothing of us or of one another, 2020 to 2035 (Tests/Fixtures/holidays/make.py).
///
/// What differs is named in ``HolidayExceptions`` with the reason; a difference that is not named fails, and so does a name without a
/// difference.
@Suite(.timeLimit(.minutes(1))) struct HolidayFixtureTests {
    struct Lists: Decodable {
        /// Name and version.
        var package: String
        /// Region, category, year, and the days as "MM-DD".
        var regions: [String: [String: [String: [String]]]]
    }

    private static let city = "CH-ZH-ZUERICH"

    private static func load(_ name: String) throws -> Lists {
        let path = TestDesk.root + "/Tests/Fixtures/holidays/\(name).json"
        return try JSONDecoder().decode(Lists.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func ours(_ region: HolidayRegion, _ year: Int, _ observances: Set<Observance>) -> Set<String> {
        Set(region.holidays(in: year, observing: observances).map(\.day.description))
    }

    /// Days that one list has and the other has not, as "2025-05-08 DE-BE +" where only we have it and "-" where only they do.
    private static func differences(_ lists: Lists, _ categories: [String], _ observances: Set<Observance>, _ isMeant: (String) -> Bool)
        throws -> Set<String>
    {
        var found: Set<String> = []
        for (code, table) in lists.regions where isMeant(code) {
            let region = try #require(HolidayRegion.named(code), "\(code) is missing")
            for year in 2020...2035 {
                let theirs = Set(categories.flatMap { table[$0]?["\(year)"] ?? [] }.map { "\(year)-\($0)" })
                let ours = ours(region, year, observances)
                found.formUnion(ours.subtracting(theirs).map { "\($0) \(code) +" })
                found.formUnion(theirs.subtracting(ours).map { "\($0) \(code) -" })
            }
        }
        return found
    }

    private func compare(
        _ name: String, _ categories: [String], _ observances: Set<Observance>, _ exceptions: [HolidayException] = [],
        where isMeant: (String) -> Bool = { _ in true }
    ) throws {
        let lists = try Self.load(name)
        let found = try Self.differences(lists, categories, observances, isMeant)
        var unnamed = found
        for exception in exceptions {
            let named = exception.differences
            #expect(named.isSubset(of: found), "\(exception.why): not so on \(named.subtracting(found).sorted())")
            unnamed.subtract(named)
        }
        #expect(unnamed.isEmpty, "\(lists.package): \(unnamed.sorted().joined(separator: ", "))")
    }

    @Test func `Germany's holidays are those of the package holidays`() throws {
        try compare("holidays-de", ["public", "catholic"], [.law, .communes])
    }

    @Test func `Austria's holidays are those of the package holidays`() throws { try compare("holidays-at", ["public"], [.law]) }

    @Test func `Austria's days of banks and patrons are those of the package holidays`() throws {
        try compare("holidays-at", ["public", "bank"], Set(Observance.allCases))
    }

    @Test func `Switzerland's holidays are those of the package holidays, but for what is named`() throws {
        try compare("holidays-ch", ["public", "half_day"], [.law, .communes], HolidayExceptions.swissLaw) { $0 != Self.city }
    }

    @Test func `Switzerland's usual days are those of the package holidays, but for what is named`() throws {
        try compare("holidays-ch", ["public", "half_day", "optional"], [.law, .communes, .usual], HolidayExceptions.swissUsual) {
            $0 != Self.city
        }
    }

    /// The afternoons that the city gives its offices are no holidays of the canton.
    @Test func `the city of Zürich's holidays and half days are those of the package holidays, but for what is named`() throws {
        try compare("holidays-ch", ["public"], [.law], HolidayExceptions.cityLaw) { $0 == Self.city }
        try compare("holidays-ch", ["public", "half_day"], [.law, .eve], HolidayExceptions.cityLaw + HolidayExceptions.cityHalfDays) {
            $0 == Self.city
        }
    }

    @Test func `Germany's holidays are those of the package workalendar, but for what is named`() throws {
        try compare("workalendar-de", ["public"], [.law, .communes], HolidayExceptions.workalendarGermany)
    }

    @Test func `Austria's holidays are those of the package workalendar`() throws { try compare("workalendar-at", ["public"], [.law]) }

    @Test func `Switzerland's holidays are those of the package workalendar, but for what is named`() throws {
        try compare("workalendar-ch", ["public"], [.law, .communes, .usual], HolidayExceptions.workalendarSwitzerland)
    }

    @Test func `the lists hold every region of ours`() throws {
        var codes: Set<String> = []
        for name in ["holidays-de", "holidays-at", "holidays-ch"] { codes.formUnion(try Self.load(name).regions.keys) }
        #expect(codes == Set(HolidayRegion.all.map(\.code)))
        #expect(HolidayRegion.all.count == 1 + 17 + 1 + 9 + 1 + 27)
    }
}
