import Foundation

extension PhraseWords {
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
        numbers: PhraseNumbers.german,
        units: [
            "minute": .minute, "minuten": .minute, "min": .minute, "stunde": .hour, "stunden": .hour, "std": .hour, "h": .hour, "tag": .day,
            "stdn": .hour,
            "tage": .day,
            "tagen": .day, "tages": .day, "werktag": .workday, "werktage": .workday, "werktagen": .workday, "werktages": .workday,
            "werktags": .workday, "arbeitstags": .workday,
            "arbeitstag": .workday, "arbeitstage": .workday, "arbeitstagen": .workday, "arbeitstages": .workday,
            "geschaeftstagen": .workday,
            "geschaeftstage": .workday, "bankarbeitstage": .workday, "bankarbeitstagen": .workday, "bankarbeitstages": .workday,
            "woche": .week,
            "wochen": .week, "monat": .month, "monate": .month, "monaten": .month, "monats": .month,
        ],
        vague: ["paar": 3, "einigen": 3, "wenigen": 3, "wenige": 3, "einige": 3],
        relativeDays: [
            "heute": 0, "heut": 0, "uebermorgigen": 2, "morgen": 1, "uebermorgen": 2, "heutigen": 0, "heutiger": 0, "morgigen": 1,
            "morgiger": 1,
        ],
        parts: [
            "frueh": .early, "morgens": .morning, "vormittag": .morning, "vormittags": .morning, "mittag": .noon, "mittags": .noon,
            "nachmittag": .afternoon, "nachmittags": .afternoon, "abend": .evening, "abends": .evening, "nacht": .night,
            "mitternacht": .night,
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
            "bis": .by, "spaetestens": .by, "allerspaetestens": .by, "zum": .on, "am": .on, "an": .on, "im": .on, "fuer": .on,
            "in": .within, "innerhalb": .within,
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
}
