import Foundation

@testable import Klartext

/// A page on which everything happens that can: one incident late, one resolved and told about, maintenance in each state, texts in one language
/// alone, and texts that try to break out of what they stand in.
enum SampleStatus {
    /// 23 November 2026, 10:02:11 in Berlin.
    static let now = Date(timeIntervalSince1970: 1_795_424_531)
    /// Markup, quotes, a combining mark behind a quote, a control that XML forbids, a noncharacter.
    static let hostile = "<script>alert('x')</script> & \"\u{301}quoted\" \u{1}\u{FFFE} ]]> 1 < 2"

    static func at(_ minutes: Double) -> Date { now.addingTimeInterval(minutes * 60) }

    static let page = PublishedPage(
        id: "kx7q2m9d4f1a", name: "Nordlicht", url: "https://status.nordlicht.example", deskURL: "https://hilfe.nordlicht.example",
        timeZone: "Europe/Berlin", updatedAt: at(-12))

    /// Everything at once.
    static var whole: PublishedStatus {
        PublishedStatus(
            page: page, asOf: now, components: components, incidents: [late, untranslated, resolved, backfilled],
            maintenances: [completed, running, cancelled, coming], announcements: [announcement], updatesPromised: 15, updatesInTime: 14)
    }

    /// A page of `count` components on which nothing is the matter and little was.
    static func calm(components count: Int = 20) -> PublishedStatus {
        var status = whole
        status.incidents = [resolved]
        status.maintenances = []
        status.announcements = []
        status.components = (0..<count).map { index in
            component(
                "calm0000000\(index % 10)\(index / 10)", "Baustein \(index + 1)", "Part \(index + 1)", position: index + 1,
                days: days(bad: index == 3 ? [40: (0, 2100)] : [:]))
        }
        return status
    }

    /// The names of "Konto" and "Zahlungen" with their members, one alone, one that is only shown when it is in trouble.
    static var components: [PublishedComponent] {
        var account = component("gr0000000001", "Konto", "Account", state: .majorOutage, position: 1)
        (account.isGroup, account.days) = (true, [])
        var payments = component("gr0000000002", "Zahlungen", "Payments", state: .underMaintenance, position: 2)
        (payments.isGroup, payments.days) = (true, [])
        var quiet = component("co0000000006", "Archiv", "Archive", position: 4)
        quiet.isShownOnlyIfDegraded = true
        return [
            account,
            component(
                "co0000000001", "Anmeldung", "Sign-in", state: .majorOutage, position: 1, group: "gr0000000001",
                days: days(bad: [60: (0, 2100), 89: (0, 2520)])),
            component("co0000000002", "Kundenkonto", "", state: .operational, position: 2, group: "gr0000000001"),
            payments,
            component(
                "co0000000003", "Überweisungen", "Transfers", state: .underMaintenance, position: 1, group: "gr0000000002",
                days: days(bad: [12: (3600, 0)])),
            component("co0000000004", "Kartenzahlung", "Card payments", state: .degradedPerformance, position: 2, group: "gr0000000002"),
            component("co0000000005", hostile, hostile, state: .partialOutage, position: 3, days: Array(days().suffix(10))),
            quiet,
        ]
    }

    static func component(
        _ id: String, _ de: String, _ en: String, state: ComponentState = .operational, position: Int, group: String? = nil,
        days: [PublishedDay] = days()
    ) -> PublishedComponent {
        PublishedComponent(
            id: id, name: PublicText(de: de, en: en), description: PublicText(de: group == nil ? "" : "Im Browser und in der App", en: ""),
            state: state, isGroup: false, group: group, position: position, isShownOnlyIfDegraded: false,
            startDay: days.count < 90 ? days.first?.day : nil, createdAt: at(-200_000), updatedAt: at(-12), days: days)
    }

    /// Ninety days up to today, which has lasted ten hours; `bad` holds the partial and the major seconds of some, 89 being today.
    static func days(bad: [Int: (partial: Int, major: Int)] = [:]) -> [PublishedDay] {
        let today = CivilTime(secondsSinceEpoch: now.wholeSeconds + 3600).dayNumber
        return (0..<90).map { index in
            let day = CivilTime(secondsSinceEpoch: (today - 89 + index) * 86_400).isoDay
            return PublishedDay(
                day: day, seconds: index == 89 ? 36_131 : 86_400, partialSeconds: bad[index]?.partial ?? 0,
                majorSeconds: bad[index]?.major ?? 0,
                degradedSeconds: 0, maintenanceSeconds: index == 30 ? 1800 : 0, incidents: bad[index] == nil ? [] : ["in0000000001"])
        }
    }

    static let announcement = PublishedAnnouncement(
        id: "an0000000001", title: PublicText(de: "Neue Rufnummer", en: "New phone number"),
        text: PublicText(de: "Ab 1. Dezember erreichen Sie uns unter 030 12345.", en: "From 1 December you reach us at 030 12345."),
        publishedAt: at(-3000), until: at(20_000))
}
