import Foundation

/// The words of a language that tell times. All small and without umlauts, as tokens have them.
struct PhraseWords: Sendable {
    let weekdays: [String: Weekday]
    /// Two letters, "Fr", believed only where nothing else can be meant.
    let shortWeekdays: [String: Weekday]
    let months: [String: Int]
    let numbers: [String: Int]
    let units: [String: DateUnit]
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

    /// With which words a time can begin; all others are passed over at once.
    var beginnings: Set<String> {
        var all: Set<String> = [
            "the", "end", "close", "half", "quarter", "halb", "viertel", "day", "zu", "no", "not", "nicht", "at", "first", "zwischen",
            "between",
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
        all.formUnion([
            "monatsende", "jahresende", "wochenmitte", "wochenanfang", "monatsanfang", "monatsmitte", "kw", "kalenderwoche", "cw",
            "calendar",
        ])
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

    static let german = PhraseWords(
        weekdays: [
            "montag": .monday, "dienstag": .tuesday, "mittwoch": .wednesday, "donnerstag": .thursday, "freitag": .friday,
            "samstag": .saturday,
            "sonnabend": .saturday, "sonntag": .sunday,
        ],
        shortWeekdays: ["mo": .monday, "di": .tuesday, "mi": .wednesday, "do": .thursday, "fr": .friday, "sa": .saturday, "so": .sunday],
        months: [
            "januar": 1, "jaenner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "maerz": 3, "mrz": 3, "april": 4, "apr": 4, "mai": 5,
            "juni": 6,
            "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10,
            "november": 11, "nov": 11,
            "dezember": 12, "dez": 12,
        ],
        numbers: [
            "ein": 1, "eine": 1, "einem": 1, "einen": 1, "einer": 1, "eines": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6,
            "sieben": 7,
            "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12, "vierzehn": 14, "zwanzig": 20, "dreissig": 30,
        ],
        units: [
            "minute": .minute, "minuten": .minute, "min": .minute, "stunde": .hour, "stunden": .hour, "std": .hour, "h": .hour, "tag": .day,
            "tage": .day,
            "tagen": .day, "tages": .day, "werktag": .workday, "werktage": .workday, "werktagen": .workday, "werktages": .workday,
            "arbeitstag": .workday, "arbeitstage": .workday, "arbeitstagen": .workday, "arbeitstages": .workday,
            "geschaeftstagen": .workday,
            "geschaeftstage": .workday, "bankarbeitstage": .workday, "bankarbeitstagen": .workday, "bankarbeitstages": .workday,
            "woche": .week,
            "wochen": .week, "monat": .month, "monate": .month, "monaten": .month, "monats": .month,
        ],
        relativeDays: [
            "heute": 0, "morgen": 1, "uebermorgen": 2, "heutigen": 0, "heutiger": 0, "morgigen": 1, "morgiger": 1,
        ],
        parts: [
            "frueh": .early, "morgens": .morning, "vormittag": .morning, "vormittags": .morning, "mittag": .noon, "mittags": .noon,
            "nachmittag": .afternoon, "nachmittags": .afternoon, "abend": .evening, "abends": .evening, "nacht": .night,
        ],
        periodParts: ["anfang": .start, "beginn": .start, "mitte": .middle, "ende": .end],
        choices: [
            "dieser": .this, "diesen": .this, "diesem": .this, "diese": .this, "dieses": .this, "laufenden": .this, "laufender": .this,
            "naechster": .next, "naechsten": .next, "naechstem": .next, "naechste": .next, "naechstes": .next, "kommender": .coming,
            "kommenden": .coming, "kommendem": .coming, "kommende": .coming, "kommendes": .coming, "folgenden": .coming,
            "uebernaechster": .afterNext,
            "uebernaechsten": .afterNext, "uebernaechste": .afterNext, "uebernaechstes": .afterNext,
        ],
        bounds: [
            "bis": .by, "spaetestens": .by, "zum": .on, "am": .on, "an": .on, "im": .on, "fuer": .on, "in": .within, "innerhalb": .within,
            "binnen": .within, "vor": .before, "ab": .from, "nach": .from, "seit": .reference, "von": .reference, "vom": .reference,
            "letzten": .reference, "letzter": .reference, "letzte": .reference, "letztem": .reference, "vergangenen": .reference,
            "vergangener": .reference, "vorigen": .reference, "jeden": .reference, "jeder": .reference, "gestern": .reference,
        ],
        week: ["woche"], month: ["monat", "monats"], year: ["jahr", "jahres"], weekend: ["wochenende", "wochenendes"],
        endOfBusiness: [
            "feierabend", "geschaeftsschluss", "dienstschluss", "bueroschluss", "ladenschluss", "tagesende", "betriebsschluss",
        ],
        fillers: [
            "der", "des", "den", "dem", "die", "das", "einschliesslich", "inklusive", "inkl", "noch", "dann", "voraussichtlich", "von",
            "maximal",
            "hoechstens", "ca", "circa", "etwa", "rund", "laengstens", "schon", "bereits", "gleich", "laufe", "jetzt",
        ],
        beforeHour: ["um", "gegen"],
        noDates: [
            "version", "v", "euro", "eur", "€", "$", "%", "prozent", "gb", "mb", "kg", "chf", "mbit", "release", "firmware", "punkt",
            "abschnitt",
        ])

    static let english = PhraseWords(
        weekdays: [
            "monday": .monday, "tuesday": .tuesday, "wednesday": .wednesday, "thursday": .thursday, "friday": .friday,
            "saturday": .saturday,
            "sunday": .sunday,
        ],
        shortWeekdays: [
            "mon": .monday, "tue": .tuesday, "tues": .tuesday, "wed": .wednesday, "weds": .wednesday, "thu": .thursday, "thur": .thursday,
            "thurs": .thursday, "fri": .friday, "sat": .saturday, "sun": .sunday,
        ],
        months: [
            "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
            "july": 7,
            "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11,
            "december": 12,
            "dec": 12,
        ],
        numbers: [
            "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
            "eleven": 11,
            "twelve": 12, "fourteen": 14, "twenty": 20, "thirty": 30,
        ],
        units: [
            "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute, "hour": .hour, "hours": .hour, "hr": .hour,
            "hrs": .hour, "h": .hour,
            "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month, "months": .month,
        ],
        relativeDays: ["today": 0, "tonight": 0, "tomorrow": 1],
        parts: [
            "morning": .morning, "noon": .noon, "midday": .noon, "lunchtime": .noon, "afternoon": .afternoon, "evening": .evening,
            "night": .night,
        ],
        periodParts: [
            "early": .start, "beginning": .start, "start": .start, "mid": .middle, "middle": .middle, "end": .end, "late": .end,
            "later": .whole,
        ],
        choices: ["this": .this, "next": .next, "coming": .coming, "following": .coming],
        bounds: [
            "by": .by, "until": .by, "till": .by, "on": .on, "for": .on, "in": .within, "within": .within, "during": .within,
            "over": .within,
            "before": .before, "from": .from, "after": .from, "starting": .from, "since": .reference, "last": .reference,
            "every": .reference,
            "each": .reference, "of": .reference, "dated": .reference, "yesterday": .reference,
        ],
        week: ["week"], month: ["month"], year: ["year"], weekend: ["weekend"], endOfBusiness: ["cob", "eob", "eod", "cop"],
        fillers: ["the", "latest", "about", "around", "approximately", "course", "of", "another", "just", "up", "maximum"],
        beforeHour: ["at", "around", "about"],
        noDates: ["version", "v", "eur", "€", "$", "£", "%", "percent", "gb", "mb", "kg", "usd", "gbp", "release", "firmware", "section"])
}

/// Which language a sentence is in.
enum PhraseLanguage {
    private static let german: Set<String> = [
        "wir", "ich", "sie", "ihnen", "ihr", "ihre", "der", "die", "das", "und", "nicht", "bis", "uns", "den", "dem", "ein", "eine", "ist",
        "wird", "werden",
        "im", "auf", "mit", "fuer", "von", "bitte", "zum", "heute", "morgen", "uhr", "spaetestens", "melden", "es",
    ]
    private static let english: Set<String> = [
        "we", "i", "you", "your", "the", "will", "by", "to", "and", "is", "are", "not", "of", "with", "for", "be", "our", "please", "it",
        "we'll", "i'll", "at",
        "on", "today", "tomorrow", "they", "back", "their",
    ]
    /// Enough to know.
    private static let mostTokens = 2000

    /// nil where the words say nothing, or both.
    static func guess(_ tokens: ArraySlice<PhraseToken>) -> Language? {
        var (de, en) = (0, 0)
        for token in tokens.prefix(mostTokens) where token.kind == .word {
            if german.contains(token.text) { de += 1 }
            if english.contains(token.text) { en += 1 }
        }
        return de == en ? nil : de > en ? .de : .en
    }
}
