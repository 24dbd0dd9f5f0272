import NIOCore
import NIOSSL

/// A letter in the making, from MAIL to the last reply.
struct LMTPTransaction {
    let sender: String
    let parameters: LMTPMailParameters
    var recipients: [String] = []
    /// From DATA on.
    var body: LMTPBody?
    /// From the first piece on that leaves memory.
    var spooling: LMTPSpooling?
}

extension LMTPSession {
    /// Carries out one command line.
    func handle(_ line: ByteBufferView) {
        // Also here only CRLF ends a line, so that no server before us can see another number of commands than we do.
        guard line.suffix(2).elementsEqual([13, 10]) else {
            return refuse(SMTPReply(code: 500, enhanced: "5.5.2", text: "Lines end with CRLF"))
        }
        if transaction == nil, NIODeadline.now() - startedAt > .seconds(Int64(services.configuration.sessionTimeoutSeconds)) {
            return hangUp(SMTPReply(code: 421, enhanced: "4.4.2", text: "This connection is old, make a new one"))
        }
        awaitCommand()
        switch LMTPCommand(line.dropLast(2)) {
        case .hello(let name): hello(name)
        case .mail(let sender, let parameters): mail(sender, parameters)
        case .recipient(let address): recipient(address)
        case .data: data()
        case .startTLS: startTLS()
        case .reset:
            transaction = nil
            send(SMTPReply(code: 250, enhanced: "2.0.0", text: "Forgotten"))
        case .noop: send(SMTPReply(code: 250, enhanced: "2.0.0", text: "Here"))
        case .verify: send(SMTPReply(code: 252, enhanced: "2.5.0", text: "Try to deliver and see"))
        case .quit: close(SMTPReply(code: 221, enhanced: "2.0.0", text: "Goodbye"))
        case .refused(let reply): refuse(reply)
        }
    }

    /// Answers a command that was wrong, and ends the connection after too many of them.
    func refuse(_ reply: SMTPReply) {
        errorCount += 1
        send(reply)
        guard errorCount >= Self.maxErrors else { return }
        hangUp(SMTPReply(code: 421, enhanced: "4.7.0", text: "Too many errors"))
    }

    private func hello(_ name: String) {
        heloName = name
        transaction = nil
        var lines = [
            services.configuration.serverName, "ENHANCEDSTATUSCODES", "PIPELINING", "8BITMIME", "SMTPUTF8",
            "SIZE \(services.configuration.maxSizeBytes)",
        ]
        if services.configuration.tls != nil, !isSecure { lines.append("STARTTLS") }
        send(SMTPReply(code: 250, text: lines.joined(separator: "\n")))
    }

    private func mail(_ sender: String, _ parameters: LMTPMailParameters) {
        guard heloName != nil else { return refuse(.outOfOrder("Say LHLO first")) }
        guard transaction == nil else { return refuse(.outOfOrder("There is a letter under way already")) }
        if isDraining { return closeForStop() }
        if let size = parameters.sizeBytes, size > services.configuration.maxSizeBytes { return send(LMTPBody.Overflow.tooLarge.reply) }
        transaction = LMTPTransaction(sender: sender, parameters: parameters)
        send(SMTPReply(code: 250, enhanced: "2.1.0", text: "Sender taken"))
    }

    private func recipient(_ address: String) {
        guard let transaction else { return refuse(.outOfOrder("MAIL comes first")) }
        guard transaction.recipients.count < services.configuration.maxRecipients else {
            return send(SMTPReply(code: 452, enhanced: "4.5.3", text: "Too many recipients, send the letter again for the others"))
        }
        guard transaction.parameters.isSMTPUTF8 || address.utf8.allSatisfy({ $0 < 0x80 }) else { return refuse(.needsSMTPUTF8) }
        wait(for: { [services] in await services.accepts(address) }) { refusal in
            if let refusal, !refusal.isSuccess { return self.send(refusal) }
            self.transaction?.recipients.append(address)
            self.send(SMTPReply(code: 250, enhanced: "2.1.5", text: "Recipient taken"))
        }
    }

    private func data() {
        guard let transaction, !transaction.recipients.isEmpty else { return refuse(.outOfOrder("No recipient yet")) }
        self.transaction?.body = LMTPBody(
            limit: services.configuration.maxSizeBytes, announced: transaction.parameters.sizeBytes ?? 0, budget: services.budget)
        phase = .data
        awaitData()
        send(SMTPReply(code: 354, text: "Go ahead, end with a dot on a line by itself"))
    }

    /// Writes what is in memory of a large letter elsewhere, before more of it is read.
    func spool() {
        guard let open = services.spool, transaction?.body?.isWaitingForSpool(above: services.configuration.spoolBytes) == true,
            let piece = transaction?.body?.takePiece()
        else { return }
        let spooling = transaction?.spooling ?? LMTPSpooling(open)
        transaction?.spooling = spooling
        wait(for: { await spooling.write(piece) != nil }, resuming: .data) { isWritten in
            if isWritten { self.transaction?.body?.release() } else { self.transaction?.body?.giveUp() }
        }
    }

    /// The final dot was read: now each recipient gets an answer (RFC 2033 section 4.2).
    func endOfData() {
        guard let transaction, let heloName else { return }
        if let overflow = transaction.body?.overflow { return refuse(overflow, transaction) }
        let delivery = LMTPDelivery(
            peer: peer, heloName: heloName, sender: transaction.sender, recipients: transaction.recipients,
            content: .bytes(transaction.body?.bytes ?? []), isEightBit: transaction.parameters.isEightBit,
            isSMTPUTF8: transaction.parameters.isSMTPUTF8, isSecure: isSecure)
        guard let spooling = transaction.spooling else {
            return wait(for: { [services] in await services.deliver(delivery) }) { self.answer($0) }
        }
        wait(for: { [services] in await services.deliver(delivery, from: spooling) }) { replies in
            if let replies { self.answer(replies) } else { self.refuse(.noRoom, transaction) }
        }
    }

    /// Refuses a letter of which nothing is kept.
    private func refuse(_ overflow: LMTPBody.Overflow, _ transaction: LMTPTransaction) {
        let replies = transaction.recipients.map { _ in overflow.reply }
        guard let spooling = transaction.spooling else {
            phase = .command
            awaitCommand()
            return answer(replies)
        }
        wait(for: { await spooling.abort() }) { self.answer(replies) }
    }

    private func answer(_ replies: [SMTPReply]) {
        guard var done = transaction else { return }
        for index in done.recipients.indices {
            send(index < replies.count ? replies[index] : SMTPReply(code: 451, enhanced: "4.3.0", text: "Not stored, try again"))
        }
        transaction = nil
        done.body?.release()
        if isDraining { closeForStop() }
    }

    /// Starts TLS in one turn of the event loop: the go-ahead leaves in the clear, and whatever is read next goes to TLS.
    ///
    /// A client must wait for the go-ahead. What is here already was put in by somebody who cannot read TLS, to be taken for a command
    /// given inside it (CVE-2011-0411).
    private func startTLS() {
        guard let tls = services.configuration.tls, !isSecure, let context else {
            return refuse(SMTPReply(code: 502, enhanced: "5.5.1", text: "STARTTLS is not available"))
        }
        guard transaction == nil else { return refuse(.outOfOrder("Not in the middle of a letter")) }
        guard input.readableBytes == 0 else {
            return hangUp(SMTPReply(code: 554, enhanced: "5.5.0", text: "Something was sent after STARTTLS before TLS began"))
        }
        send(SMTPReply(code: 220, enhanced: "2.0.0", text: "Start TLS"))
        flush()
        do {
            try context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
        } catch {
            return context.close(promise: nil)
        }
        isSecure = true
        // RFC 3207 section 4.2: nothing that was said in the clear counts.
        heloName = nil
    }
}

extension LMTPServices {
    /// Delivers a large letter, whose end is still in memory; nil when there was no room for that.
    fileprivate func deliver(_ delivery: LMTPDelivery, from spooling: LMTPSpooling) async -> [SMTPReply]? {
        guard case .bytes(let rest) = delivery.content, let spool = await spooling.write(ByteBuffer(bytes: rest)) else { return nil }
        var delivery = delivery
        delivery.content = .spooled(spool)
        let replies = await deliver(delivery)
        await spooling.abort()
        return replies
    }
}

extension LMTPBody.Overflow {
    fileprivate var reply: SMTPReply {
        switch self {
        case .tooLarge: SMTPReply(code: 552, enhanced: "5.3.4", text: "The letter is too large")
        case .noMemory: SMTPReply(code: 452, enhanced: "4.3.1", text: "Too many letters at once, try again")
        case .noRoom: SMTPReply(code: 452, enhanced: "4.3.1", text: "No room for the letter now, try again later")
        }
    }
}

extension SMTPReply {
    fileprivate static func outOfOrder(_ text: String) -> SMTPReply { SMTPReply(code: 503, enhanced: "5.5.1", text: text) }
}
