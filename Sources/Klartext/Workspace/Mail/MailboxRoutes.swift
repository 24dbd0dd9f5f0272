import Foundation
import Hummingbird
import Storage

/// Where mail comes from, and whether it comes.
struct MailboxRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("mailboxes") { request, context in
            let agent = try context.signedIn
            let lines = try await workspace.mailboxes()
            return try await workspace.answer(workspace.pages(for: agent).mailboxes(lines), request, agent)
        }
        desk.get("mailboxes/ledger") { request, context in try await ledger(request, context) }
        desk.get("mailboxes/unsorted") { request, context in
            let (agent, since) = (try context.signedIn, workspace.unsortedSince)
            let entries = try await workspace.database.read { db in try db.unsortedMails(before: since, limit: Workspace.linesPerPage) }
            return try await workspace.answer(workspace.pages(for: agent).unsorted(entries), request, agent)
        }
        desk.post("mailboxes/look") { request, context in
            try await workspace.lookNow(folder: try await Form.read(request, context).text("folder"))
            return Response.redirect(see: "/desk/mailboxes")
        }
    }

    private func ledger(_ request: Request, _ context: WebContext) async throws -> Response {
        let (agent, since, ledger) = (try context.signedIn, workspace.unsortedSince, workspace.inbox.ledger)
        let first = ledger.day(of: workspace.clock.now()) - Ledger.shownDays + 1
        let (lines, unsorted) = try await workspace.database.read { db in
            try (db.ledger(from: first, unsortedSince: since), db.unsortedMails(before: since, limit: 1))
        }
        return try await workspace.answer(workspace.pages(for: agent).ledger(lines, ledger, hasUnsorted: !unsorted.isEmpty), request, agent)
    }
}

extension Workspace {
    /// A mail from before this should have been sorted.
    fileprivate var unsortedSince: Date { clock.now().addingTimeInterval(-Ledger.sortingSeconds) }
}

/// A mailbox as the operator sees it.
struct MailboxLine: Sendable {
    var address: String
    /// The folder that is fetched, without its password; nil where the mail server brings the mail.
    var folder: String?
    /// What is known of the folder; nil before the first look.
    var state: MailFolder?
    var nextLook: Date?
}

extension Workspace {
    fileprivate func mailboxes() async throws -> [MailboxLine] {
        try await database.read { [sources, mailboxes = tickets.mailboxes] db in
            try mailboxes.all.map { mailbox in
                let source = sources.first { $0.mailbox == mailbox.address.mailbox }
                guard let name = source?.server.description else { return MailboxLine(address: mailbox.address.mailbox) }
                return try MailboxLine(
                    address: mailbox.address.mailbox, folder: name, state: db.mailFolder(name),
                    nextLook: db.nextTry(FetchMail(folder: name).key))
            }
        }
    }

    /// Looks into a folder now, and not when its turn comes: somebody has just mended it.
    fileprivate func lookNow(folder: String) async throws {
        guard sources.contains(where: { $0.server.description == folder }) else { return }
        let (now, bell) = (clock.now(), tickets.bell)
        try await database.write { tx in
            try tx.hurry(FetchMail(folder: folder), now: now)
            tx.onCommit { bell.ring() }
        }
    }
}
