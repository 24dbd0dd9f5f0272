import Foundation
import Mail

/// What an agent has to see to because the public was told that it would be.
struct DutyReminder: Sendable, Equatable {
    enum What: Sendable, Equatable {
        case nextUpdate
        /// An update is still to be said in this language.
        case translation(Language)
        /// Somebody has to say that all is well after a maintenance.
        case verification
        /// Signs say that it is over, or nobody has said anything for long.
        case isItOver([OverQuestion.Reason])
    }

    var what: What
    var title: PublicText
    /// Behind the page's address and the language: `incidents/4k2jx8v0q1zt`.
    var path: String
    /// Nil for a question.
    var by: Date?
    /// Nil: everybody.
    var owner: Int64?
}

/// The letters to those on duty.
struct IncidentMails: Sendable {
    var voices: Voices
    var mailbox: Mailbox
    /// Where the page is, without a slash at the end.
    var page: String

    /// At most so many lines in one letter.
    private static let mostLines = 20

    /// One letter for all that is due.
    func duty(_ reminders: [DutyReminder], to agent: Agent, address: Address, at now: Date) -> NewLetter {
        let t = voices[agent.language]
        let promises = reminders.compactMap(\.by)
        let heading =
            promises.isEmpty
            ? t(.mailDutyIsItOver, count: reminders.count)
            : t(promises.contains { $0 <= now } ? .mailDutyLate : .mailDutySoon, count: promises.count)
        var blocks: [LetterBody.Block] = [.heading(heading)]
        blocks.append(
            .facts(
                reminders.prefix(Self.mostLines).map { .init(label: $0.title.read(in: agent.language), value: sentence($0, t, at: now)) }))
        if let first = reminders.first {
            blocks.append(.link(label: t(.mailDutyLink), url: "\(page)/\(agent.language.rawValue)/\(first.path)"))
        }
        return NewLetter(
            conversation: nil, kind: "duty", language: agent.language, recipient: address, recipientName: agent.name, subject: heading,
            body: LetterBody(blocks: blocks), isAutomatic: true)
    }

    private func sentence(_ reminder: DutyReminder, _ t: Voice, at now: Date) -> String {
        let time = reminder.by.map { t.moments.moment($0) } ?? ""
        let said: String =
            switch reminder.what {
            case .nextUpdate: t(.mailDutyNextUpdate, ["time": time])
            case .translation(.de): t(.mailDutyGerman, ["time": time])
            case .translation(.en): t(.mailDutyEnglish, ["time": time])
            case .verification: t(.mailDutyVerification, ["time": time])
            case .isItOver(let reasons): reasons.map { reason($0, t) }.joined(separator: " ") + " " + t(.mailDutyAnswer)
            }
        guard let by = reminder.by, by <= now else { return said }
        return said + " " + t(.mailDutySince, count: Int(min(now.timeIntervalSince(by) / 60, 1e9)))
    }

    /// Why we ask whether it is over.
    private func reason(_ reason: OverQuestion.Reason, _ t: Voice) -> String {
        switch reason {
        case .checksGreen(let minutes): t(.mailDutyChecksGreen, count: minutes)
        case .noNewTickets(let minutes): t(.mailDutyNoNewTickets, count: minutes)
        case .worksAgain(let yes, let no): t(.mailDutyWorksAgain, ["yes": "\(yes)", "all": "\(yes + no)"])
        case .silence(let minutes): t(.mailDutySilence, count: minutes)
        }
    }
}

/// The texts of incidents that letters and the clock say.
extension TextKey {
    static let mailDutySoon = TextKey("mail.duty.soon")
    static let mailDutyLate = TextKey("mail.duty.late")
    static let mailDutyNextUpdate = TextKey("mail.duty.nextUpdate")
    static let mailDutyGerman = TextKey("mail.duty.german")
    static let mailDutyEnglish = TextKey("mail.duty.english")
    static let mailDutyVerification = TextKey("mail.duty.verification")
    static let mailDutySince = TextKey("mail.duty.since")
    static let mailDutyIsItOver = TextKey("mail.duty.isItOver")
    static let mailDutyAnswer = TextKey("mail.duty.answer")
    static let mailDutyChecksGreen = TextKey("mail.duty.checksGreen")
    static let mailDutyNoNewTickets = TextKey("mail.duty.noNewTickets")
    static let mailDutyWorksAgain = TextKey("mail.duty.worksAgain")
    static let mailDutySilence = TextKey("mail.duty.silence")
    static let mailDutyLink = TextKey("mail.duty.link")

    static let maintenanceHasBegun = TextKey("maintenance.hasBegun")
    static let maintenanceIsVerified = TextKey("maintenance.isVerified")
    static let maintenanceIsOver = TextKey("maintenance.isOver")
}
