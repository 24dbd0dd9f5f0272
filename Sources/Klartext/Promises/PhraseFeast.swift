import Foundation

/// A day of the year that has a name.
enum PhraseFeast: Sendable, Equatable {
    case fixed(month: Int, day: Int)
    /// So many days after Easter Sunday.
    case easter(Int)

    /// The day in a year.
    func day(in year: Int) -> LocalDay? {
        switch self {
        case .fixed(let month, let day): LocalDay(year: year, month: month, day: day)
        case .easter(let days): Easter.sunday(in: year)?.adding(days: days)
        }
    }

    static let german: [String: PhraseFeast] = [
        "nikolaus": .fixed(month: 12, day: 6), "heiligabend": .fixed(month: 12, day: 24), "weihnachten": .fixed(month: 12, day: 24),
        "silvester": .fixed(month: 12, day: 31), "neujahr": .fixed(month: 1, day: 1), "dreikoenig": .fixed(month: 1, day: 6),
        "rosenmontag": .easter(-48), "aschermittwoch": .easter(-46), "gruendonnerstag": .easter(-3), "karfreitag": .easter(-2),
        "ostern": .easter(-2), "ostersonntag": .easter(0), "ostermontag": .easter(1), "himmelfahrt": .easter(39), "pfingsten": .easter(49),
        "pfingstmontag": .easter(50), "fronleichnam": .easter(60), "allerheiligen": .fixed(month: 11, day: 1),
        "jahreswechsel": .fixed(month: 1, day: 1),
    ]

    /// Names of two words are joined by a space.
    static let english: [String: PhraseFeast] = [
        "christmas eve": .fixed(month: 12, day: 24), "christmas": .fixed(month: 12, day: 25), "christmas day": .fixed(month: 12, day: 25),
        "xmas": .fixed(month: 12, day: 25), "boxing day": .fixed(month: 12, day: 26), "new year's eve": .fixed(month: 12, day: 31),
        "new year's day": .fixed(month: 1, day: 1), "new year's": .fixed(month: 1, day: 1), "new year": .fixed(month: 1, day: 1),
        "good friday": .easter(-2), "easter": .easter(0), "easter sunday": .easter(0), "easter monday": .easter(1),
    ]

    /// What lasts for several days: after it is after its last, Boxing Day or Easter Monday.
    var last: PhraseFeast {
        switch self {
        case .fixed(12, 24), .fixed(12, 25): .fixed(month: 12, day: 26)
        case .easter(-2), .easter(0): .easter(1)
        case .easter(49): .easter(50)
        default: self
        }
    }
}
