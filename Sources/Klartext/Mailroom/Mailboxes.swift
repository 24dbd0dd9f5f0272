import Foundation
import Mail

/// All addresses that customers write to, and the queues that their requests wait in. The first mailbox is the one for whatever names none.
struct Mailboxes: Sendable {
    let main: Mailbox
    private let others: [Mailbox]
    /// Never empty; the first one is where what names none waits.
    let queues: [Queue]

    init(main: Mailbox, others: [Mailbox] = [], queues: [Queue] = [.general]) {
        (self.main, self.others, self.queues) = (main, others, queues.isEmpty ? [.general] : queues)
    }

    var all: [Mailbox] { [main] + others }

    /// The mailbox of a key; the main one where there is none of that key (any more).
    subscript(key: String) -> Mailbox { others.first { $0.key == key } ?? main }

    /// A queue by its name; one that is not configured (any more) is called by its name.
    func queue(_ name: String) -> Queue { queues.first { $0.name == name } ?? Queue(name: name, title: [.de: name, .en: name]) }

    /// Whether agents have anything to tell apart.
    var hasSeveralQueues: Bool { queues.count > 1 }

    /// What a recipient of incoming mail says about where the mail belongs.
    func recognise(_ recipient: String) -> Mailbox.Recipient {
        all.lazy.map { $0.recognise(recipient) }.first { $0 != .foreign } ?? .foreign
    }

    /// The mailbox that the first of these recipients belongs to.
    func mailbox(of recipients: [String]) -> Mailbox? {
        recipients.lazy.compactMap { recipient in all.first { $0.recognise(recipient) != .foreign } }.first
    }

    /// The letter a Message-ID belongs to, if it is one of ours.
    func letter(of id: MessageID) -> Int64? { all.lazy.compactMap { $0.letter(of: id) }.first }

    /// The letter an envelope's name belongs to, as a report repeats it.
    func letter(ofEnvelope id: String) -> Int64? { all.lazy.compactMap { $0.letter(ofEnvelope: id) }.first }

    /// Whether an address is one of ours, without any mark.
    func isOurs(_ address: Address) -> Bool { all.contains { $0.address.key == address.key } }
}

/// Where requests wait for a team.
struct Queue: Sendable, Equatable {
    /// Small letters, digits and hyphens; stands in addresses and in the journal.
    var name: String
    var title: [Language: String]
    /// When somebody works on it, `Mo-Fr 9-17`, as text.
    var hours: String?
    /// Whose public holidays it keeps, `DE-BY`.
    var region: String?

    static let generalName = "general"
    static let general = Queue(name: generalName, title: [.de: "Allgemein", .en: "General"])

    func title(_ language: Language) -> String { title[language] ?? name }
}
