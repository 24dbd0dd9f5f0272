import Foundation

extension PhraseWords {
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
        numbers: PhraseNumbers.english,
        units: [
            "minute": .minute, "minutes": .minute, "min": .minute, "mins": .minute, "hour": .hour, "hours": .hour, "hr": .hour,
            "hrs": .hour, "h": .hour,
            "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month, "months": .month,
        ],
        vague: ["couple": 2, "few": 3, "several": 3],
        relativeDays: ["today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "tonite": 0],
        parts: [
            "morning": .morning, "noon": .noon, "midday": .noon, "lunchtime": .noon, "afternoon": .afternoon, "evening": .evening,
            "night": .night, "midnight": .night,
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
