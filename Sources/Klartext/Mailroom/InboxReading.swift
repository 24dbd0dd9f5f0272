import Mail
import NIOCore
import Storage

extension Inbox {
    /// Reads a mail for as long as `work` goes on: the large parts of a large one lie on a disk meanwhile, and are gone after that.
    ///
    /// Mails were let in at their size, whatever the limit is today. A file that cannot be had now throws: that is no fault of the mail.
    /// - Parameter work: gets nil where the bytes do not have the form of a mail.
    func reading<Result>(_ entry: InboxEntry, _ work: (Email?) async throws -> Result) async throws -> Result {
        let limits = Email.Limits.taking(sizeBytes: entry.sizeBytes)
        if let raw = try await inline(entry) { return try await work(try? Email(parsing: raw, limits: limits)) }
        let scratch = MailScratch(in: files.incomingPath)
        do {
            let result = try await work(try await read(entry, limits, scratch))
            await close(scratch)
            return result
        } catch {
            await close(scratch)
            throw error
        }
    }

    private func read(_ entry: InboxEntry, _ limits: Email.Limits, _ scratch: MailScratch) async throws -> Email? {
        let intake = EmailIntake(limits: limits, scratch: scratch)
        try await files.read(entry.digest) { piece in
            try await files.disk.run { try piece.withUnsafeReadableBytes { try intake.take($0) } }
        }
        do {
            return try await files.disk.run { try intake.email() }
        } catch EmailError.notAMessage {
            return nil
        }
    }

    private func close(_ scratch: MailScratch) async {
        // Without its threads the process is ending, and takes the files with it.
        try? await files.disk.run { scratch.close() }
    }

    /// The first bytes of a mail as they came.
    func beginning(of entry: InboxEntry, bytes count: Int) async throws -> [UInt8] {
        struct Enough: Error {}
        if let raw = try await inline(entry) { return Array(raw.prefix(count)) }
        var bytes: [UInt8] = []
        do {
            try await files.read(entry.digest) { piece in
                bytes.append(contentsOf: piece.readableBytesView.prefix(count - bytes.count))
                if bytes.count == count { throw Enough() }
            }
        } catch is Enough {}
        return bytes
    }

    /// All bytes of a mail that is kept in the database; nil for one that is kept as a file.
    func inline(_ entry: InboxEntry) async throws -> [UInt8]? { try await database.read { db in try db.raw(digest: entry.digest) } }
}

extension FileStore {
    /// Keeps a file that came with a mail.
    func store(_ content: EmailContent) async throws -> StoredFile {
        try await store { sink in
            var offset = 0
            while let piece = try await disk.run({ [offset] in try content.piece(at: offset) }) {
                offset += piece.readableBytes
                try await sink.write(piece)
            }
        }
    }
}
