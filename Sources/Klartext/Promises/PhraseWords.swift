import Foundation

/// The words of a language that tell times. All small and without umlauts, as tokens have them.
struct PhraseWords: Sendable {
    let weekdays: [String: Weekday]
    /// Two letters, "Fr", believed only where nothing else can be meant.
    let shortWeekdays: [String: Weekday]
    let months: [String: Int]
    let numbers: [String: Int]
    let units: [String: DateUnit]
    /// "a couple", "ein paar": about so many.
    let vague: [String: Int]
    let relativeDays: [String: Int]
    let parts: [String: DayPart]
    let periodParts: [String: PeriodPart]
    let choices: [String: WeekdayChoice]
    let bounds: [String: DateBound]
    let week: Set<String>
    let month: Set<String>
    let year: Set<String>
    let weekend: Set<String>
    let endOfBusiness: Set<String>
    /// Words between a bound and what it binds.
    let fillers: Set<String>
    /// Words that stand before a bare hour: "um 3", "at 3".
    let beforeHour: Set<String>
    /// "Version 3.12", "3.12 EUR".
    let noDates: Set<String>

    static func of(_ language: Language) -> PhraseWords { language == .de ? german : english }

    /// "freitagvormittag" is one word in German.
    let weekdayParts: [String: (Weekday, DayPart)] = Dictionary(
        uniqueKeysWithValues: [
            ("montag", Weekday.monday), ("dienstag", .tuesday), ("mittwoch", .wednesday), ("donnerstag", .thursday), ("freitag", .friday),
            ("samstag", .saturday), ("sonntag", .sunday),
        ].flatMap { name, weekday in
            [
                ("frueh", DayPart.early), ("morgen", .morning), ("vormittag", .morning), ("mittag", .noon), ("nachmittag", .afternoon),
                ("abend", .evening),
            ]
            .map { (name + $0, (weekday, $1)) }
        })

    /// German makes one word of it.
    static let germanPeriods: [String: DayWords] = [
        "monatsende": .month(0, .end), "jahresende": .endOfYear(0), "wochenmitte": .week(0, .middle), "wochenanfang": .week(1, .start),
        "monatsanfang": .month(1, .start), "monatsmitte": .month(0, .middle), "monatsersten": .dayOfMonth(1),
        "monatsletzten": .month(0, .end), "ultimo": .month(0, .end), "quartalsende": .endOfQuarter,
    ]

    /// "Month's *end*", "year-*end*".
    static let englishPeriods: [String: DayWords] = [
        "month's": .month(0, .end), "month": .month(0, .end), "year's": .endOfYear(0), "year": .endOfYear(0), "week's": .week(0, .end),
        "quarter's": .endOfQuarter,
    ]

    /// With which words a time can begin; all others are passed over at once.
    var beginnings: Set<String> {
        var all: Set<String> = [
            "the", "end", "close", "half", "quarter", "halb", "viertel", "day", "zu", "no", "not", "nicht", "at", "first", "zwischen",
            "between", "dreiviertel", "last",
        ]
        for keys in [
            Array(weekdays.keys), Array(shortWeekdays.keys), Array(months.keys), Array(numbers.keys), Array(relativeDays.keys),
            Array(parts.keys),
        ] {
            all.formUnion(keys)
        }
        all.formUnion(periodParts.keys)
        all.formUnion(choices.keys)
        all.formUnion(bounds.keys)
        for set in [endOfBusiness, beforeHour, weekend] { all.formUnion(set) }
        all.formUnion(weekdayParts.keys)
        all.formUnion(Self.germanPeriods.keys)
        all.formUnion(Self.englishPeriods.keys)
        all.formUnion(["kw", "kalenderwoche", "cw", "calendar", "anderthalb", "eineinhalb", "zweieinhalb"])
        all.formUnion(PhraseNumbers.germanOrdinals.keys)
        all.formUnion(PhraseNumbers.englishOrdinals.keys)
        all.formUnion(PhraseFeast.german.keys)
        for name in PhraseFeast.english.keys { all.formUnion(name.split(separator: " ").prefix(1).map(String.init)) }
        all.formUnion(vague.keys)
        return all
    }

    static let germanBeginnings = german.beginnings
    static let englishBeginnings = english.beginnings

    /// Words that begin a sentence behind a shortened one.
    static let beginsSentence: Set<String> = [
        "wir", "ich", "sie", "bitte", "der", "die", "das", "ihr", "ihre", "falls", "wenn", "vielen", "we", "i", "you", "please", "the",
        "your", "if",
        "thank", "thanks",
    ]
}
