import Crypto
import Foundation
import Mail
import Storage

/// The desk that agents work at. START HERE: what can be done with tickets is `Tickets`' doing; here is what agents see of it.
struct Workspace: Sendable {
    var tickets: Tickets
    var search: Search
    var inbox: Inbox
    var files: FileStore
    var voices: Voices
    var clock: Clock
    /// Signs the files that a rejected form keeps.
    var seal: Seal
    var layout: DeskLayout
    /// All files of one reply together.
    var uploadLimitBytes: Int
    /// Where mail is fetched from.
    var sources: [Fetching.Source]
    /// Nil where no telephone system tells us of calls.
    var calls: Calls?
    /// The country's code that a telephone number without one belongs to, `49`.
    var country: String
    /// Reads a held mail, so that it can be filed, in the name of the given address where the mail names nobody; nil when neither does.
    var request: @Sendable (InboxEntry, Address?) async throws -> Tickets.Request?

    var database: Database { tickets.database }

    /// How long a rejected form keeps its files; less than the two days after which unnamed files are removed.
    static let keptFileSeconds = 86_400
    /// How many lines a page of a list has.
    static let linesPerPage = 50

    /// The pages as one agent reads them now.
    func pages(for agent: Agent) -> WorkspacePages {
        WorkspacePages(t: voices[agent.language], now: clock.now(), layout: layout, seal: seal, mailboxes: tickets.mailboxes)
    }

    /// Puts the desk around a page.
    func framed(_ page: DeskPage, for agent: Agent) async throws -> HTML {
        framed(page, for: agent, counters: try await database.read { db in try db.counters() })
    }

    /// The same where the counters have been read already, together with what the page shows.
    func framed(_ page: DeskPage, for agent: Agent, counters: [String: Int]) -> HTML {
        let t = voices[agent.language]
        return layout.page(
            page, groups: WorkspacePages.groups(counters, agent: agent, tickets.mailboxes, hasCalls: calls != nil, t),
            agentName: agent.name, t)
    }
}

extension Workspace {
    /// Takes a letter that failed off the list: the customer has learnt of it another way, which a note may tell.
    func settle(letter id: Int64, how: String, by agent: Agent) async throws {
        if !how.isBlank,
            let number = try await database.read({ db in try db.conversation(ofLetter: id) }).flatMap(TicketNumber.init(rawValue:))
        {
            try await tickets.note(how, on: number, by: agent)
        }
        try await tickets.dismissLetter(id, by: agent)
    }

    /// Gives a job that was given up another life.
    func revive(job key: String) async throws {
        let (now, bell) = (clock.now(), tickets.bell)
        try await database.writeUntilKnown { tx in
            _ = try tx.reviveJob(key, now: now)
            tx.onCommit { bell.ring() }
        }
    }
}

extension Seal {
    /// Signs files that a rejected form at the desk keeps; another key than that of the customers' forms.
    var deskUploads: SymmetricKey { derivedKey("uploads at the desk") }
}
