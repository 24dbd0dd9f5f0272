import Foundation
import Logging
import Mail
import NIOCore
import ServiceLifecycle

/// Takes mail by LMTP into the inbox; "accepted" is said when the bytes are on disk.
struct LMTPDoor: Service {
    let server: LMTPServer
    let desk: Desk
    /// Called with the port once it listens.
    var onStart: @Sendable (Int) -> Void = { _ in }

    init(_ desk: Desk, at endpoint: Endpoint, onStart: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.desk = desk
        self.onStart = onStart
        var configuration = LMTPConfiguration(host: endpoint.host, port: endpoint.port, serverName: desk.mailbox.address.domain)
        configuration.maxSizeBytes = desk.configuration.mailLimitBytes
        configuration.spoolBytes = Inbox.inlineBytes
        server = LMTPServer(
            configuration: configuration, accepts: { Self.refusal($0, desk.mailboxes) }, spool: { try await desk.files.begin() },
            deliver: { await Self.keep($0, desk) })
    }

    func run() async throws {
        let port = try await server.start()
        desk.logger.info("receiving mail by LMTP", metadata: ["port": "\(port)"])
        onStart(port)
        try? await gracefulShutdown()
        await server.stop()
    }

    /// Marks that are not ours are taken all the same: a mangled reply address must not cost a customer's mail; only foreign addresses are refused.
    private static func refusal(_ recipient: String, _ mailboxes: Mailboxes) -> SMTPReply? {
        mailboxes.recognise(recipient) == .foreign ? SMTPReply(code: 550, enhanced: "5.1.1", text: "No such address here") : nil
    }

    private static func keep(_ delivery: LMTPDelivery, _ desk: Desk) async -> [SMTPReply] {
        let reply: SMTPReply
        do {
            let entry = try await desk.inbox.keep(
                Inbox.Arrival(
                    door: "lmtp", sender: delivery.sender, recipients: delivery.recipients,
                    content: try Inbox.Arrival.Content(delivery.content)))
            reply = SMTPReply(code: 250, enhanced: "2.0.0", text: "Kept as \(entry)")
        } catch {
            desk.logger.error("a mail could not be kept", metadata: ["error": "\(error)"])
            reply = SMTPReply(code: 451, enhanced: "4.3.0", text: "Cannot keep it now, come again later")
        }
        return delivery.recipients.map { _ in reply }
    }
}

/// A letter that is too large for memory arrives where files arrive.
extension FileSink: LMTPSpool {}

extension Inbox.Arrival.Content {
    fileprivate init(_ content: LMTPDelivery.Content) throws {
        switch content {
        case .bytes(let bytes): self = .bytes(bytes)
        case .spooled(let spool):
            // The server has it from us.
            guard let sink = spool as? FileSink else { throw FileStoreError.disk(operation: "finish", code: EBADF) }
            self = .spooled(sink)
        }
    }
}
