import Mail

/// The mailboxes and queues as an operator wants them: values that are usable as they are.
struct MailboxesPlan: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var address: SupportAddress
        /// What customers read as the sender; the company's where nil.
        var name: String?
        var queue = Queue.generalName
        /// For mails that do not tell theirs.
        var language: Language?
        /// What stands below letters; the name where there is none.
        var signature: [Language: String] = [:]
        /// Where its mail is fetched; nil where the mail server delivers it by LMTP.
        var server: IMAPServerAddress?
    }

    /// Never empty; the first is the main one.
    var mailboxes: [Entry]
    /// Never empty; the first is where what names none waits.
    var queues: [Queue]
}

extension MailboxesPlan {
    /// The one mailbox of an operator who needs no more.
    init(address: SupportAddress, server: IMAPServerAddress?) {
        self.init(mailboxes: [Entry(address: address, server: server)], queues: [.general])
    }

    /// - Throws: `DeskError` for an address that passed for one when it was read and is none.
    func opened(seal: Seal, company: String) throws -> Mailboxes {
        let all = try mailboxes.map { entry in
            guard let address = Address(entry.address.address) else { throw DeskError.badAddress(entry.address.address) }
            return Mailbox(
                address: address, company: entry.name ?? company, seal: seal, queue: entry.queue, language: entry.language,
                signature: entry.signature)
        }
        guard let main = all.first else { throw DeskError.badAddress("") }
        return Mailboxes(main: main, others: Array(all.dropFirst()), queues: queues)
    }

    /// The calendars of the queues that have hours or a region of their own; what a queue does not say is as for everybody.
    /// - Throws: `BusinessCalendarError` for hours that passed for some when they were read and are none.
    func calendars(beside usual: BusinessCalendar) throws -> [String: BusinessCalendar] {
        var calendars: [String: BusinessCalendar] = [:]
        for queue in queues where queue.hours != nil || queue.region != nil {
            calendars[queue.name] = try BusinessCalendar(
                timeZone: usual.clock.timeZone.identifier, week: queue.hours.flatMap(WeekText.week) ?? usual.week,
                holidays: queue.region.map { HolidayPlan(region: $0) } ?? usual.holidays)
        }
        return calendars
    }

    /// Where mail is fetched.
    var sources: [Fetching.Source] {
        mailboxes.compactMap { entry in entry.server.map { Fetching.Source(server: $0, mailbox: entry.address.address) } }
    }
}
