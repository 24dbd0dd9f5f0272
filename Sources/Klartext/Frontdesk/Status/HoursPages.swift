import Foundation

/// When somebody is there for a ticket, said where times are named.
extension FrontdeskPages {
    /// Nothing where somebody always is, and nothing for a ticket that is over.
    func hours(_ ticket: Ticket, _ t: Voice) -> HTML {
        guard ticket.status == .open, let calendar = policy?.calendar(of: ticket.queue), !calendar.isAlwaysOpen else { return HTML() }
        let week = WeekWords.text(calendar.week, in: t.language)
        let text = calendar.regionName.map { t(.statusHoursHolidays, ["hours": week, "region": $0]) } ?? t(.statusHours, ["hours": week])
        return "<p class=\"small muted hours\">\(layout.icon("clock")) \(text)</p>"
    }
}

extension TextKey {
    static let statusHours = TextKey("status.hours")
    static let statusHoursHolidays = TextKey("status.hoursHolidays")
}
