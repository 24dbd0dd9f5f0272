@testable import Klartext

/// Days on which we and a published list differ, and why we are right.
struct HolidayException {
    let why: String
    let regions: [String]
    let feast: Feast
    /// Whether we have the day and they have not.
    let isOurs: Bool
    var years: ClosedRange<Int> = 2020...2035
    /// Years in which the lists agree by chance, because another feast falls on the day.
    var exceptIn: Set<String> = []

    var differences: Set<String> {
        Set(
            regions.flatMap { code in
                years.compactMap { feast.day(in: $0) }.map(\.description).filter { !exceptIn.contains($0) }
                    .map { "\($0) \(code) \(isOurs ? "+" : "-")" }
            })
    }
}

enum HolidayExceptions {
    static let swissLaw: [HolidayException] = []
    static let swissUsual: [HolidayException] = []
    static let workalendarGermany: [HolidayException] = []
    static let workalendarSwitzerland: [HolidayException] = []
}
