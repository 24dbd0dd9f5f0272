import Foundation
import Mail

extension WorkspacePages {
    /// What a mail is apart from its words, said above them.
    /// - Parameter body: the mail's text; only where it is empty does the appointment's own description stand for it.
    func nature(_ nature: MailNature?, body: String) -> HTML? {
        guard let nature, nature.isSigned || nature.isEncrypted || nature.invitation != nil else { return nil }
        return """
            \(nature.isEncrypted ? notice("warn", icon: "lock", "<p>\(t(.natureEncrypted))</p>") : nil)\
            \(nature.isSigned ? notice("info", icon: "pen", "<p>\(t(.natureSigned))</p>") : nil)\
            \(nature.invitation.map { invitation($0, body: body) })
            """
    }

    private func invitation(_ invitation: Invitation, body: String) -> HTML {
        let rows: [(TextKey, String)] = [
            (.natureWhat, invitation.summary), (.natureWho, person(invitation.organizer)), (.natureWhoAnswers, person(invitation.attendee)),
            (.natureWhen, time(of: invitation)), (.natureWhere, invitation.location),
            (.natureAbout, body.isBlank ? String(invitation.description.prefix(4_000)) : ""),
        ]
        return notice(
            invitation.method == .cancel ? "warn" : "info", icon: "clock",
            """
            <p><strong>\(title(invitation))</strong> \(invitation.method == .request ? t(.natureAnswerByMail) : "")</p>
            <dl class="given">
            \(each: rows.filter { !$0.1.isEmpty }, { row($0.0, $0.1) })</dl>
            """)
    }

    private func row(_ label: TextKey, _ value: String) -> HTML {
        "<div><dt>\(t(label))</dt><dd class=\"prose\">\(value)</dd></div>\n"
    }

    private func title(_ invitation: Invitation) -> String {
        switch (invitation.method, invitation.answer) {
        case (.request, _): t(.natureRequest)
        case (.cancel, _): t(.natureCancel)
        case (.reply, .accepted): t(.natureAccepted)
        case (.reply, .declined): t(.natureDeclined)
        case (.reply, .tentative): t(.natureTentative)
        case (.reply, nil): t(.natureReply)
        case (.publish, _): t(.naturePublish)
        }
    }

    private func person(_ person: Invitation.Person?) -> String {
        guard let person else { return "" }
        return person.name.isEmpty ? person.address : "\(person.name) <\(person.address)>"
    }

    /// From when to when, in the desk's time where the zone is known.
    private func time(of invitation: Invitation) -> String {
        guard let start = invitation.start else { return "" }
        var words = time(start)
        if let end = invitation.end { words = t(.natureFromTo, ["start": words, "end": time(end, after: start)]) }
        if case .local(_, let zone) = start { words += " " + (zone.map { t(.natureZone, ["zone": $0]) } ?? t(.natureNoZone)) }
        return invitation.repeats ? t(.natureRepeats, ["time": words]) : words
    }

    /// - Parameter start: an end on the same day needs no day of its own.
    private func time(_ time: Invitation.Time, after start: Invitation.Time? = nil) -> String {
        let moments = t.moments
        switch time {
        case .moment(let date):
            if let start, moments.civil(start.date).dayNumber == moments.civil(date).dayNumber { return moments.clock(date) }
            return moments.moment(date)
        case .day(let date): return Moments.longDay(CivilTime(secondsSinceEpoch: date.wholeSeconds), in: moments.language)
        case .local(let date, _):
            let civil = CivilTime(secondsSinceEpoch: date.wholeSeconds)
            let clock = civil.minute < 10 ? "\(civil.hour):0\(civil.minute)" : "\(civil.hour):\(civil.minute)"
            if let start, CivilTime(secondsSinceEpoch: start.date.wholeSeconds).dayNumber == civil.dayNumber { return clock }
            return "\(Moments.longDay(civil, in: moments.language)), \(clock)"
        }
    }
}
