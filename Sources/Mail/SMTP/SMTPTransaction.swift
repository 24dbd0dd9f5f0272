import NIOCore

/// What a server said when it took responsibility for a letter.
public struct SMTPAcceptance: Sendable {
    /// The reply to the final dot; most servers put their queue number into the text.
    public var reply: SMTPReply
    /// Host, and in brackets the name the server greeted with.
    public var server: String
    /// The TLS version of the connection such as `TLS 1.3`; nil in the clear.
    public var tls: String?
    /// Recipients the server refused while it accepted the others, in the order of the envelope.
    public var refusedRecipients: [(String, SMTPReply)]

    public init(reply: SMTPReply, server: String, tls: String? = nil, refusedRecipients: [(String, SMTPReply)] = []) {
        self.reply = reply
        self.server = server
        self.tls = tls
        self.refusedRecipients = refusedRecipients
    }
}

extension SMTPConnection {
    /// Sends one letter: MAIL, RCPT and DATA in one go where the server allows it (RFC 2920), else one by one.
    ///
    /// When the task is cancelled the connection is closed, wherever the conversation stands.
    func deliver(_ bytes: [UInt8], _ envelope: Envelope) async throws(SMTPFailure) -> SMTPAcceptance {
        let commands = try envelope.commands(for: SMTPContent(bytes), server: extensions)
        let wire = wire
        let outcome: Result<SMTPAcceptance, SMTPFailure> = await withTaskCancellationHandler {
            do throws(SMTPFailure) {
                let refused = try await negotiate(commands, envelope)
                let reply = try await transfer(bytes)
                return .success(SMTPAcceptance(reply: reply, server: serverName, tls: tlsVersion, refusedRecipients: refused))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            wire.abandon(because: "the sending was cancelled")
        }
        return try outcome.get()
    }

    /// Forgets a transaction that was refused, so that the connection can be used again; if that fails, it is closed.
    func reset() async -> Bool {
        if let reply = try? await wire.ask("RSET", .reset), reply.isSuccess { return true }
        await wire.close(because: "RSET was refused")
        return false
    }

    /// Gets as far as the 354 and returns the recipients that were refused, fewer than all of them.
    private func negotiate(
        _ commands: (mail: String, recipients: [String]), _ envelope: Envelope
    ) async throws(SMTPFailure) -> [(String, SMTPReply)] {
        let lines: [(line: String, stage: SMTPFailure.Stage)] =
            [(commands.mail, .mail)] + commands.recipients.map { ($0, .recipient) } + [("DATA", .data)]
        var replies = SMTPTransactionReplies(recipients: envelope.to)
        let pipelined = extensions.pipelining ? wire.send(lines) : nil
        for (index, line) in lines.enumerated() {
            if pipelined == nil, replies.refusal != nil { break }
            do {
                replies.append(try await SMTPWire.reply(pipelined?[index] ?? wire.send([line])[0]))
            } catch {
                // A server that refuses and hangs up has said what matters.
                guard let refusal = replies.refusal else { throw error }
                throw refusal
            }
        }
        guard let refusal = replies.refusal else { return replies.refusedRecipients }
        // It waits for a letter to nobody. Hanging up ends that without any doubt about what was delivered.
        if replies.data?.code == 354 { await wire.close(because: "the server wanted a letter without recipients") }
        throw refusal
    }

    /// Sends the letter and waits for the verdict.
    private func transfer(_ bytes: [UInt8]) async throws(SMTPFailure) -> SMTPReply {
        var stuffing = SMTPDotStuffing(bytes)
        var block = stuffing.nextBlock()
        while !stuffing.isFinished {
            try await wire.write(block, timeoutSeconds: timeouts.blockSeconds)
            block = stuffing.nextBlock()
        }
        let reply = try await SMTPWire.reply(wire.send(block, expecting: [.final])[0])
        guard reply.isSuccess else { throw .refused(reply, stage: .final) }
        return reply
    }
}

/// The replies to MAIL, RCPT and DATA, in order, and what follows from them.
private struct SMTPTransactionReplies {
    let recipients: [String]
    private var replies: [SMTPReply] = []

    init(recipients: [String]) { self.recipients = recipients }

    mutating func append(_ reply: SMTPReply) { replies.append(reply) }

    private var answers: ArraySlice<SMTPReply> { replies.dropFirst().prefix(recipients.count) }
    var data: SMTPReply? { replies.count == recipients.count + 2 ? replies.last : nil }
    var refusedRecipients: [(String, SMTPReply)] { zip(recipients, answers).filter { !$1.isSuccess }.map { ($0, $1) } }

    /// Why there will be no letter, as far as is known. A recipient refused for now outweighs those refused for good: trying again
    /// may still reach somebody.
    var refusal: SMTPFailure? {
        if let mail = replies.first, !mail.isSuccess { return .refused(mail, stage: .mail) }
        if answers.count == recipients.count, !answers.contains(where: \.isSuccess) {
            let reply = answers.first { $0.code / 100 != 5 } ?? answers.first
            return reply.map { .refused($0, stage: .recipient) }
        }
        if let data, data.code != 354 { return .refused(data, stage: .data) }
        return nil
    }
}
