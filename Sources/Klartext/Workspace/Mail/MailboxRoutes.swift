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
        desk.post("mailboxes/look") { request, context in
            try await workspace.lookNow(folder: try await Form.read(request, context).text("folder"))
            return Response.redirect(see: "/desk/mailboxes")
        }
    }
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
