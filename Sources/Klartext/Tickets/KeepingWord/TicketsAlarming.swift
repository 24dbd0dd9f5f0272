import Foundation
import Mail
import Storage

/// Held mail never expires silently: after one working day everybody is told, and again each working day while it is held.
extension Tickets {
    private static let alarmsPerCommit = 500

    /// Tells all agents of the mails that wait for too long, all of one round in one letter to each.
    /// - Returns: of how many mails.
    func alarmHeld() async throws -> Int {
        var told = 0
        while true {
            let (looked, alarmed) = try await alarmSome()
            told += alarmed
            if looked < Self.alarmsPerCommit { return told }
        }
    }

    private func alarmSome() async throws -> (looked: Int, alarmed: Int) {
        let (tickets, now, bell) = (self, clock.now(), bell)
        return try await database.write { tx in
            let held = try tx.heldMails(toAlarmBy: now, limit: Self.alarmsPerCommit)
            let due = try held.filter { entry in try tickets.isDue(entry, in: tx, at: now) }
            guard !due.isEmpty else { return (held.count, 0) }
            for agent in try tx.agents() where agent.disabledAt == nil {
                guard let address = Address(agent.address) else { continue }
                _ = try tx.post(tickets.mails.alarm(due, to: agent, address: address), from: tickets.mailboxes.main, now: now)
            }
            tx.onCommit { bell.ring() }
            return (held.count, due.count)
        }
    }

    /// Whether a mail has been held for long enough; sets the time of the next alarm.
    private func isDue(_ entry: InboxEntry, in tx: Transaction, at now: Date) throws -> Bool {
        let first = entry.alarmAt ?? policy.workingDay(after: entry.handledAt ?? entry.receivedAt)
        guard first <= now else {
            try tx.setAlarm(entry.id, at: first, alarms: entry.alarms)
            return false
        }
        try tx.setAlarm(entry.id, at: policy.workingDay(after: now), alarms: entry.alarms + 1)
        return true
    }
}

extension TicketMails {
    /// One letter to an agent about all mails that wait for too long.
    func alarm(_ held: [InboxEntry], to agent: Agent, address: Address) -> NewLetter {
        let t = voices[agent.language]
        let shown = held.prefix(Self.mostReminders)
        var blocks: [LetterBody.Block] = [.heading(t(.mailHeldHeading, count: held.count)), .paragraph(t(.mailHeldText))]
        blocks.append(
            .facts(
                shown.map { entry in
                    let from = entry.summary.from.isEmpty ? t(.deskNoSender) : entry.summary.from
                    let subject = entry.summary.subject.isBlank ? t(.deskNoSubject) : entry.summary.subject
                    return .init(label: t.moments.moment(entry.receivedAt), value: "\(from): \(subject)")
                }))
        if held.count > shown.count { blocks.append(.paragraph(t(.mailReminderMore, count: held.count - shown.count))) }
        blocks.append(.link(label: t(.mailHeldLink), url: links.base + "/desk/held"))
        return NewLetter(
            conversation: nil, kind: "reminder", language: agent.language, recipient: address, recipientName: agent.name,
            subject: t(.mailHeldHeading, count: held.count), body: LetterBody(blocks: blocks), thread: [], isAutomatic: true)
    }
}
