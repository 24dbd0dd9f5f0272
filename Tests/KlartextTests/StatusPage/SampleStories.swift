import Foundation

@testable import Klartext

/// The incidents and maintenances of the sample page.
extension SampleStatus {
    static func update(
        _ id: String, _ state: String, _ de: String, _ en: String, at minutes: Double, next: Double? = nil, late: Int? = nil,
        turns: [PublishedTurn] = []
    ) -> PublishedUpdate {
        PublishedUpdate(
            id: id, state: state, text: PublicText(de: de, en: en), createdAt: at(minutes), updatedAt: at(minutes), displayAt: at(minutes),
            components: turns, nextUpdateBy: next.map(at), minutesLate: late)
    }

    /// Promised for 9:50, and nothing said since.
    static let late = PublishedIncident(
        id: "in0000000001", name: PublicText(de: "Anmeldung schlägt fehl", en: "Sign-in fails"), state: .identified, impact: .critical,
        createdAt: at(-42), updatedAt: at(-32), startedAt: at(-50), monitoringAt: nil, resolvedAt: nil, nextUpdateBy: at(-12),
        translationDue: [], components: ["co0000000001", "co0000000005"],
        updates: [
            update(
                "up0000000002", "identified",
                "Wir haben die Ursache gefunden und arbeiten an der Behebung.\n\nKarten und Überweisungen gehen.",
                "We have found the cause and are working on the fix.\n\nCards and transfers work.", at: -32, next: -12, late: 3),
            update(
                "up0000000001", "investigating", "Die Anmeldung ist seit etwa 9:12 Uhr (MEZ) gestört. Wir untersuchen das.",
                "Sign-in has been failing since about 9:12 (CET). We are investigating.", at: -42, next: -35,
                turns: [PublishedTurn(component: "co0000000001", from: .operational, to: .majorOutage)]),
        ],
        postmortem: nil, postmortemAt: nil, isBackfilled: false)

    /// German only as yet; English was promised.
    static let untranslated = PublishedIncident(
        id: "in0000000002", name: PublicText(de: hostile, en: ""), state: .investigating, impact: .minor, createdAt: at(-20),
        updatedAt: at(-12), startedAt: at(-20), monitoringAt: nil, resolvedAt: nil, nextUpdateBy: at(28),
        translationDue: [PublishedDebt(language: .en, update: "up0000000003", by: at(3))], components: ["co0000000004"],
        updates: [update("up0000000003", "investigating", "Kartenzahlungen dauern bis zu 30 Sekunden. \(hostile)", "", at: -12, next: 28)],
        postmortem: nil, postmortemAt: nil, isBackfilled: false)

    static let resolved = PublishedIncident(
        id: "in0000000003", name: PublicText(de: "Überweisungen verzögert", en: "Transfers delayed"), state: .postmortem, impact: .major,
        createdAt: at(-9000), updatedAt: at(-7000), startedAt: at(-9010), monitoringAt: at(-8960), resolvedAt: at(-8900), nextUpdateBy: nil,
        translationDue: [], components: ["co0000000003"],
        updates: [
            update("up0000000005", "resolved", "Behoben um 6:02 Uhr (MEZ).", "Resolved at 6:02 (CET).", at: -8900),
            update(
                "up0000000004", "investigating", "Überweisungen kommen bis zu 2 Stunden später an.", "Transfers arrive up to 2 hours late.",
                at: -9000, next: -8970),
        ],
        postmortem: PublicText(
            de: "Eine Warteschlange war voll.\n\nSeit dem 18. November warnt sie uns vorher.",
            en: "A queue was full.\n\nSince 18 November it warns us before."),
        postmortemAt: at(-7000), isBackfilled: false)

    static let backfilled = PublishedIncident(
        id: "in0000000004", name: PublicText(de: "Briefe kamen doppelt", en: "Letters came twice"), state: .resolved, impact: .none,
        createdAt: at(-60_000), updatedAt: at(-60_000), startedAt: at(-90_000), monitoringAt: nil, resolvedAt: at(-89_000),
        nextUpdateBy: nil,
        translationDue: [], components: [],
        updates: [update("up0000000006", "resolved", "Nachgetragen.", "Added afterwards.", at: -60_000)],
        postmortem: nil, postmortemAt: nil, isBackfilled: true)

    static func maintenance(
        _ id: String, _ de: String, _ en: String, _ state: MaintenanceState, from: Double, until: Double, sequence: Int = 0
    ) -> PublishedMaintenance {
        PublishedMaintenance(
            id: id, name: PublicText(de: de, en: en), state: state, createdAt: at(-20_000), updatedAt: at(-5000), scheduledFor: at(from),
            scheduledUntil: at(until), startedAt: state == .scheduled ? nil : at(from), completedAt: state == .completed ? at(until) : nil,
            components: ["co0000000003"],
            updates: [
                update(
                    "u\(id.dropFirst())", "scheduled", "Überweisungen sind nicht erreichbar; \(hostile)",
                    "Transfers cannot be reached; please, send urgent ones before.\nThank you", at: -5000)
            ], sequence: sequence)
    }

    static let completed = maintenance("ma0000000001", "Neue Datenbank", "New database", .completed, from: -30_000, until: -29_900)
    static let running = maintenance("ma0000000002", "Neue Leitung", "New line", .inProgress, from: -30, until: 60)
    static let coming = maintenance(
        "ma0000000004", "Umzug, zweiter Teil; lang", "Move, part two", .scheduled, from: 3000, until: 4500, sequence: 2)
    static let cancelled: PublishedMaintenance = {
        var called = maintenance("ma0000000003", "Umzug, erster Teil", "Move, part one", .completed, from: 1500, until: 1600, sequence: 1)
        (called.startedAt, called.completedAt, called.cancelledAt) = (nil, nil, at(-100))
        return called
    }()
}
