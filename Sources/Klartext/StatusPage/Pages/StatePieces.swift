import Foundation

/// The small pieces that all pages share: states, times, texts.
extension StatusFrame {
    /// A sign and a word, in a colour: never the colour alone.
    func state(_ state: ComponentState) -> HTML {
        "<span class=\"state is-\(state.rawValue)\">\(Self.sign(state))\(t(state.textKey))</span>"
    }

    static func sign(_ state: ComponentState) -> HTML {
        "<svg class=\"sign\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path fill-rule=\"evenodd\" d=\"\(StateSign.path(state))\"/></svg>"
    }

    /// The state of an incident and how bad it is. One that is over is green, whatever it was.
    func state(of incident: PublishedIncident) -> HTML {
        let tone = incident.state.isOpen ? incident.impact.tone : .operational
        let impact: HTML = incident.state.isOpen ? " <span class=\"soft\">\(t(incident.impact.textKey))</span>" : HTML()
        return "<span class=\"state is-\(tone.rawValue)\">\(Self.sign(tone))\(t(incident.state.textKey))</span>\(impact)"
    }

    func state(of maintenance: PublishedMaintenance) -> HTML {
        let word = maintenance.isCancelled ? TextKey.statuspageCancelled : maintenance.state.textKey
        let tone: ComponentState = maintenance.state == .completed && !maintenance.isCancelled ? .operational : .underMaintenance
        return "<span class=\"state is-\(tone.rawValue)\">\(Self.sign(tone))\(t(word))</span>"
    }

    /// A moment that the script may show in the reader's own zone.
    func time(_ date: Date, as text: String) -> HTML {
        "<time datetime=\"\(Instant.rfc3339(date))\" data-local>\(text)</time>"
    }

    func moment(_ date: Date) -> HTML { time(date, as: t.moments.moment(date)) }

    /// The clock alone where it is of the same day, else day and clock; always with the zone.
    func clock(_ date: Date) -> HTML {
        let isToday = t.moments.day(date) == t.moments.day(status.asOf)
        return time(date, as: isToday ? t.moments.clockInZone(date) : t.moments.moment(date))
    }

    /// A text in this language, else in the other one, marked as such for screen readers.
    func name(_ text: PublicText) -> HTML {
        text.has(language) ? HTML(text: text[language]) : "<span lang=\"\(language.other.rawValue)\">\(text.read(in: language))</span>"
    }

    /// Paragraphs of plain text.
    func prose(_ text: PublicText) -> HTML {
        let paragraphs = Self.paragraphs(text.read(in: language))
        let lang = text.has(language) ? nil : language.other.rawValue
        return "\(each: paragraphs, { "<p class=\"prose\"\(attribute: "lang", lang)>\($0)</p>\n" })"
    }

    /// Cut at empty lines; lines within are kept. By bytes: "\r\n" is one Character.
    static func paragraphs(_ text: String) -> [String] {
        var paragraphs: [[String]] = [[]]
        let lines = text.utf8.filter { $0 != UInt8(ascii: "\r") }.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for line in lines.map({ String(decoding: $0, as: UTF8.self) }) {
            if line.isBlank {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    }

    /// "Anmeldung, Zahlungen", or nothing.
    func names(_ components: [String]) -> HTML? {
        let names = components.compactMap(status.component).map { HTML(text: status.fullName(of: $0, in: language)) }
        return names.isEmpty ? nil : HTML.joined(names, separator: ", ")
    }
}

extension Impact {
    /// The state of a component that looks as bad.
    var tone: ComponentState {
        switch self {
        case .none, .minor: .degradedPerformance
        case .major: .partialOutage
        case .critical: .majorOutage
        }
    }
}
