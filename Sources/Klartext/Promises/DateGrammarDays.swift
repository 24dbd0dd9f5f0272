import Foundation

/// Days by their name: "morgen", "nächsten Freitag", "3. Dezember", "05/06", "by the 5th".
extension DateGrammar {
    func relativeDay(at index: Int) -> Found<DateExpression>? {
        if word(index) == "day", word(index + 1) == "after", word(index + 2) == "tomorrow" {
            return Found(value: DateExpression(day: .fromToday(2)), end: index + 3)
        }
        guard let text = word(index), let days = words.relativeDays[text] else { return nil }
        // "am Morgen", "heute Morgen": the morning, not tomorrow.
        if text == "morgen", index > 0, ["am", "jeden", "diesen"].contains(word(index - 1) ?? "") { return nil }
        var found = Found(value: DateExpression(day: .fromToday(days)), end: index + 1)
        if text == "tonight" { found.value.time = .part(.evening) }
        if ["heutigen", "heutiger", "morgigen", "morgiger"].contains(text) { found.end = adjective(behind: found.end) ?? found.end }
        if word(found.end) == "'s" { return nil }
        return found
    }

    /// "am heutigen Tag", "am morgigen Freitag".
    private func adjective(behind index: Int) -> Int? {
        guard let text = word(index) else { return nil }
        return words.units[text] == .day || words.weekdays[text] != nil ? index + 1 : nil
    }

    func weekday(at start: Int) -> Found<DateExpression>? {
        var index = start
        var choice = WeekdayChoice.plain
        if let text = word(index), let named = words.choices[text] {
            choice = named
            index += 1
        }
        guard let named = weekdayName(index) else { return nil }
        var found = Found(value: DateExpression(day: .weekday(named.weekday, choice), time: named.part.map { .part($0) }), end: index + 1)
        if mark(found.end, "."), isGlued(found.end) { found.end += 1 }
        if let range = weekdayRange(from: found.end, start) { return range }
        if choice == .plain, let beside = feastBeside(named.weekday, found.end) {
            (found.value.day, found.end) = (beside.value, beside.end)
        } else if choice == .plain, let week = weekBehind(found.end) {
            found.value.day = .weekday(named.weekday, .inWeek(week.value))
            found.end = week.end
        } else if let date = dateBehind(found.end) {
            found.value.day = date.value.day
            found.value.weekday = named.weekday
            found.end = date.end
        }
        return found
    }

    private func weekdayName(_ index: Int) -> (weekday: Weekday, part: DayPart?)? {
        guard let text = word(index) else { return nil }
        if let weekday = words.weekdays[text] { return (weekday, nil) }
        if let weekday = words.shortWeekdays[text], isShortWeekday(index) { return (weekday, nil) }
        return language == .de ? words.weekdayParts[text].map { ($0.0, $0.1) } : nil
    }

    /// "Fr" is Friday with a number, another weekday or a bound beside it, and Frau Müller's title otherwise; "Do" and "Sun" may be other
    /// words.
    private func isShortWeekday(_ index: Int) -> Bool {
        guard tokens[index].isCapital else { return false }
        var next = index + 1
        if mark(next, "."), isGlued(next) { next += 1 }
        if mark(next, ",") { next += 1 }
        if number(next) != nil || mark(next, "-", "–") { return true }
        if let text = word(next), words.bounds[text] != nil || words.beforeHour.contains(text) || words.parts[text] != nil { return true }
        guard let before = word(index - 1) else { return false }
        let isBound = ["bis", "am", "by", "on", "next", "this", "spaetestens"].contains(before)
        return isBound && !(tokens.indices.contains(next) && tokens[next].isCapital)
    }

    /// "Mo bis Fr", "Monday to Friday": days that come again, or hours of opening.
    private func weekdayRange(from index: Int, _ start: Int) -> Found<DateExpression>? {
        guard mark(index, "-", "–", "—") || ["bis", "to", "through", "thru"].contains(word(index) ?? "") else { return nil }
        guard weekdayName(index + 1) != nil else { return nil }
        return Found(value: DateExpression(bound: .reference, day: .weekday(.monday, .plain)), end: index + 2)
    }

    /// The date behind its weekday: "Freitag, den 27. November", "Friday 27 November", "Fri 27/11".
    private func dateBehind(_ start: Int) -> Found<DateExpression>? {
        var index = mark(start, ",") ? start + 1 : start
        if ["den", "dem", "der", "the"].contains(word(index) ?? "") { index += 1 }
        guard let date = calendarDate(at: index, .on) else { return nil }
        if case .dayOfMonth = date.value.day, index == start, language == .de { return nil }
        return date
    }

    // MARK: Dates of the calendar

    func calendarDate(at index: Int, _ bound: DateBound) -> Found<DateExpression>? {
        let found = language == .en ? monthFirst(index) : nil
        guard let found = found ?? numberFirst(index, isLed: bound != .on || isLed(index)) ?? ordinalDate(at: index) else { return nil }
        return Found(value: DateExpression(day: found.value), end: found.end)
    }

    /// "am", "den", "Freitag,": what follows is a day.
    private func isLed(_ index: Int) -> Bool {
        guard let before = word(mark(index - 1, ",", ".") ? index - 2 : index - 1) else { return false }
        return words.bounds[before] != nil || words.weekdays[before] != nil || words.shortWeekdays[before] != nil
            || ["den", "dem", "der", "the", "heute", "morgen", "today", "tomorrow"].contains(before)
    }

    /// "December 3rd, 2026", "Dec. 3".
    private func monthFirst(_ index: Int) -> Found<DayWords>? {
        guard let text = word(index), let month = words.months[text], tokens[index].isCapital else { return nil }
        let at = mark(index + 1, ".") ? index + 2 : index + 1
        guard let day = number(at), (1...31).contains(day), tokens[at].text.utf8.count <= 2, !isClock(at) else { return nil }
        let end = isOrdinal(at + 1) ? at + 2 : at + 1
        let year = year(at: mark(end, ",") ? end + 1 : end)
        return Found(value: .date(day: day, month: month, year: year?.value), end: year?.end ?? end)
    }

    private func numberFirst(_ index: Int, isLed: Bool) -> Found<DayWords>? {
        guard beginsNumber(index), let day = number(index) else { return nil }
        if let iso = isoDate(index) { return iso }
        guard (1...31).contains(day), tokens[index].text.utf8.count <= 2 else { return nil }
        return monthNamed(index, day) ?? dotted(index, day, isLed) ?? slashed(index, day, isLed) ?? ordinalAlone(index, day)
    }

    /// "3. Dezember 2026", "3rd of December", "3 Dec".
    private func monthNamed(_ index: Int, _ day: Int) -> Found<DayWords>? {
        var at = index + 1
        if mark(at, ".") || isOrdinal(at) { at += 1 }
        if word(at) == "of" { at += 1 }
        guard let text = word(at), let month = words.months[text], language == .de || tokens[at].isCapital else { return nil }
        var end = at + 1
        if mark(end, "."), isGlued(end), text.utf8.count <= 4 { end += 1 }
        let year = year(at: mark(end, ",") ? end + 1 : end)
        return Found(value: .date(day: day, month: month, year: year?.value), end: year?.end ?? end)
    }

    /// "3.12.", "03.12.2026", and after a bound "3.12": the German order.
    private func dotted(_ index: Int, _ day: Int, _ isLed: Bool) -> Found<DayWords>? {
        guard mark(index + 1, "."), isGlued(index + 1), let month = number(index + 2), (1...12).contains(month) else { return nil }
        guard tokens[index + 2].text.utf8.count <= 2, !isMeasure(index + 3), !["uhr", "h", "pm", "p"].contains(word(index + 3) ?? ""),
            !(language == .en && ["am", "a"].contains(word(index + 3) ?? ""))
        else { return nil }
        let isOnlyNumber = number(index + 4) == nil || !isGlued(index + 4)
        guard mark(index + 3, "."), isGlued(index + 3) else {
            let goesOn = number(index + 3) != nil && isGlued(index + 3) || mark(index + 3, ",") && !isOnlyNumber
            return isLed && isGlued(index + 2) && !goesOn ? Found(value: .date(day: day, month: month, year: nil), end: index + 3) : nil
        }
        // "3.12.1" is a version.
        guard let year = year(at: index + 4) else {
            return isOnlyNumber ? Found(value: .date(day: day, month: month, year: nil), end: index + 4) : nil
        }
        return Found(value: .date(day: day, month: month, year: year.value), end: year.end)
    }

    /// "05/06", "5/6/2026", "05-06-2026": either may be the month.
    private func slashed(_ index: Int, _ first: Int, _ isLed: Bool) -> Found<DayWords>? {
        let isHyphen = mark(index + 1, "-")
        guard mark(index + 1, "/", "-"), isGlued(index + 1), let second = number(index + 2), isGlued(index + 2), (1...31).contains(second)
        else {
            return nil
        }
        let isLong = mark(index + 3, "/", "-") && isGlued(index + 3)
        let year = isLong ? year(at: index + 4) : nil
        if isLong && year == nil || !isLong && (isHyphen || !isLed || (first, second) == (24, 7)) { return nil }
        return Found(value: .numeric(first, second, year: year?.value), end: year?.end ?? index + 3)
    }

    /// "by the 5th"; in German "am 5.", "bis zum 5." before a word that is no month, or at the end.
    private func ordinalAlone(_ index: Int, _ day: Int) -> Found<DayWords>? {
        if language == .en { return isOrdinal(index + 1) ? Found(value: .dayOfMonth(day), end: index + 2) : nil }
        guard ["zum", "am", "den", "dem"].contains(word(index - 1) ?? "") else { return nil }
        if index + 1 == tokens.count { return Found(value: .dayOfMonth(day), end: index + 1) }
        guard mark(index + 1, "."), isGlued(index + 1), number(index + 2) == nil else { return nil }
        return Found(value: .dayOfMonth(day), end: index + 2)
    }

    private func isoDate(_ index: Int) -> Found<DayWords>? {
        guard let year = number(index), (2000...2100).contains(year), mark(index + 1, "-"), isGlued(index + 1),
            let month = number(index + 2),
            mark(index + 3, "-"), isGlued(index + 3), let day = number(index + 4), isGlued(index + 4), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        return Found(value: .date(day: day, month: month, year: year), end: index + 5)
    }

    func isOrdinal(_ index: Int) -> Bool { isGlued(index) && ["st", "nd", "rd", "th"].contains(word(index) ?? "") }

    /// "2026", or "26" where it is glued to its date.
    private func year(at index: Int) -> Found<Int>? {
        guard let year = number(index) else { return nil }
        if (2000...2100).contains(year) { return Found(value: year, end: index + 1) }
        guard isGlued(index), tokens[index].text.utf8.count == 2 else { return nil }
        return Found(value: 2000 + year, end: index + 1)
    }
}
