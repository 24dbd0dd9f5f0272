import Foundation

/// Tells who has died from who is only slow: dead is whose sign of life has not changed for 15 seconds of our own time.
///
/// Signs of life are compared for being other than before, never with a clock: processes whose clocks differ by hours do not take each other
/// for dead. Counted is only time in which we looked ourselves: when we, or the database, stood still for a minute, so perhaps did all
/// others, and nobody is dead for that.
struct Watch: Sendable {
    /// How often a process gives a sign of life and looks at those of the others.
    static let beatSeconds: Double = 2
    /// Seven signs of life have failed to come; a process that is frozen for longer has its work taken over.
    static let deadAfterSeconds: Double = 15
    /// The most that counts from one look to the next.
    static let mostBetweenLooks = 2 * beatSeconds

    private var silences: [String: (seenAt: Date, seconds: Double)] = [:]
    private var lookedAt: Date?

    /// Takes one look.
    /// - Parameter signs: the last sign of life of everybody but ourselves.
    /// - Returns: who is dead.
    mutating func look(at signs: [String: Date], now: Date) -> Set<String> {
        let passed = lookedAt.map { min(max(now.timeIntervalSince($0), 0), Self.mostBetweenLooks) } ?? 0
        lookedAt = now
        var known: [String: (seenAt: Date, seconds: Double)] = [:]
        for (id, seenAt) in signs {
            let before = silences[id].flatMap { $0.seenAt == seenAt ? $0.seconds : nil }
            known[id] = (seenAt, before.map { $0 + passed } ?? 0)
        }
        silences = known
        return Set(known.filter { $0.value.seconds >= Self.deadAfterSeconds }.keys)
    }
}
