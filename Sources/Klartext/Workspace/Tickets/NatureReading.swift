import Mail

extension Workspace {
    /// The file with what its mails are apart from their words, as far as the kept files tell.
    func knowingNatures(_ file: TicketFile) async -> TicketFile {
        var file = file
        for message in file.messages where message.isMailOfCustomer {
            let parts = file.attachments.filter { $0.message == message.id }
            guard !parts.isEmpty || message.body.utf8.contains(0x2D) else { continue }
            file.natures[message.id] = MailNature(text: message.body, files: await self.parts(parts))
        }
        return file
    }

    /// More than any mail has of them.
    private static let mostParts = 20

    private func parts(_ attachments: [Attachment]) async -> [MailNature.File] {
        var parts: [MailNature.File] = []
        for attachment in attachments {
            var part = MailNature.File(name: attachment.name, contentType: attachment.contentType, bytes: [])
            if MailNature.isRead(contentType: part.contentType) {
                // of a file that cannot be had nothing is claimed
                guard parts.count < Self.mostParts, let bytes = await beginning(of: attachment.digest) else { continue }
                part.bytes = bytes
            }
            parts.append(part)
        }
        return parts
    }

    /// As much of a file as an invitation may have; nil when it cannot be read.
    private func beginning(of digest: String) async -> [UInt8]? {
        struct Enough: Error {}
        var bytes: [UInt8] = []
        do {
            try await files.read(digest) { piece in
                bytes.append(contentsOf: piece.readableBytesView)
                if bytes.count >= Invitation.sizeLimitBytes { throw Enough() }
            }
        } catch is Enough {
            return bytes
        } catch {
            return nil
        }
        return bytes
    }
}

extension Message {
    /// What customers upload or say on the phone is not signed by anybody's mail program.
    fileprivate var isMailOfCustomer: Bool {
        guard case .customer = author else { return false }
        return channel == .mail
    }
}
