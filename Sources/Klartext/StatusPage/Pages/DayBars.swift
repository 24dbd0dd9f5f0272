import Foundation

/// Ninety days of a component as bars: each day a bar whose height and colour say how bad it was, with the words on it.
struct DayBars: Sendable {
    let frame: StatusFrame
    let component: PublishedComponent
    private static let days = 90

    init(_ component: PublishedComponent, _ frame: StatusFrame) { (self.component, self.frame) = (component, frame) }

    private var t: Voice { frame.t }

    var picture: HTML {
        guard let availability = component.availability else { return HTML() }
        let point = t.language == .de ? "," : "."
        let number = availability == 10_000 ? "100" : availability.hundredths(point: point)
        let percent = number + (t.language == .de ? " %" : "%")
        let count = troubled.count
        return """
            <svg class="bars" viewBox="0 0 90 24" preserveAspectRatio="none" role="img" aria-label="\(t(.statuspageBars, ["percent": percent], count: count))">
            \(each: Array(component.days.suffix(Self.days).enumerated()), bar)</svg>
            <p class="percent">\(t(.statuspagePercent, ["percent": percent], count: min(component.days.count, Self.days)))</p>
            \(list)
            """
    }

    private func bar(_ position: Int, _ day: PublishedDay) -> HTML {
        let x = Self.days - min(component.days.count, Self.days) + position
        let worst = day.worst
        return """
            <rect class="is-\(worst.rawValue)" x="\(x)" y="\(24 - worst.height)" width=".62" height="\(worst.height)"><title>\(words(day))</title></rect>

            """
    }

    private var troubled: [PublishedDay] {
        component.days.suffix(Self.days).filter { $0.worst > .underMaintenance }
    }

    /// The same in words, for who cannot point at a bar three pixels wide.
    private var list: HTML {
        guard !troubled.isEmpty else { return HTML() }
        return """
            <details><summary>\(t(.statuspageTroubledDays, count: troubled.count))</summary>
            <ul>
            \(each: troubled.reversed(), { day in "<li>\(words(day))\(incidents(day))</li>\n" })</ul>
            </details>

            """
    }

    private func incidents(_ day: PublishedDay) -> HTML {
        let links = day.incidents.compactMap { id in frame.status.incidents.first { $0.id == id } }.map { incident -> HTML in
            "<a href=\"\(frame.link(StatusAddress.incident(incident.id, t.language)))\">\(frame.name(incident.name))</a>"
        }
        return links.isEmpty ? HTML() : ": \(HTML.joined(links, separator: ", "))"
    }

    /// "12.11.2026: 35 Minuten ausgefallen, 10 Minuten langsam".
    private func words(_ day: PublishedDay) -> String {
        let parts: [(TextKey, Int)] = [
            (.statuspageDayMajor, day.majorSeconds), (.statuspageDayPartial, day.partialSeconds),
            (.statuspageDayDegraded, day.degradedSeconds), (.statuspageDayMaintenance, day.maintenanceSeconds),
        ]
        let said = parts.filter { $0.1 > 0 }.map { key, seconds in
            t(key, ["duration": t.moments.spokenDuration(seconds: seconds)])
        }
        let name = CivilTime(localInput: "\(day.day)T00:00").map { Moments.day($0, in: t.language) } ?? day.day
        return "\(name): \(said.isEmpty ? t(.statuspageDayFine) : said.joined(separator: ", "))"
    }
}

extension PublishedDay {
    /// The worst that happened on it.
    var worst: ComponentState {
        if majorSeconds > 0 { return .majorOutage }
        if partialSeconds > 0 { return .partialOutage }
        if degradedSeconds > 0 { return .degradedPerformance }
        return maintenanceSeconds > 0 ? .underMaintenance : .operational
    }
}

extension ComponentState {
    /// Of a day's bar, of 24: the worse, the higher, so that a bad day is seen without its colour.
    fileprivate var height: Int {
        switch self {
        case .operational: 12
        case .underMaintenance: 14
        case .degradedPerformance: 17
        case .partialOutage: 20
        case .majorOutage: 24
        }
    }
}
