import Crypto
import Foundation
import NIOCore
import Storage

/// Files that come in pieces. Each piece is a file of the store and a row of the database, so that any process can take the next one: whatever
/// happens to the one that took the last, it counts from the moment it was acknowledged.
///
/// In the end the pieces are put together, and the client gets the same signed ticket that a rejected form carries for its files: the form itself
/// is none the wiser.
extension Frontdesk {
    /// Begins an upload.
    /// - Returns: the token for its address.
    /// - Throws: `UploadRefusal`, before a byte is stored.
    func beginUpload(name: String, type: String?, sizeBytes: Int, from remote: IPAddress?) async throws -> String {
        guard sizeBytes > 0 else { throw UploadRefusal.malformed }
        guard sizeBytes <= rules.fileBytes else { throw UploadRefusal.tooLarge(limitBytes: rules.fileBytes) }
        var random = SystemRandomNumberGenerator()
        let secret: (UInt64, UInt64) = (random.next(), random.next())
        let token = withUnsafeBytes(of: secret) { Base32.text($0) }
        let now = clock.now()
        let upload = Upload(
            id: Self.uploadID(token), name: FileName.safe(name), type: FileName.safeType(type), sizeBytes: sizeBytes, receivedBytes: 0,
            parts: 0,
            file: nil, createdAt: now)
        try await tickets.database.write { [self] tx in
            if let remote { try count(upload, from: remote, in: tx, at: now) }
            try tx.insertUpload(upload)
        }
        return token
    }

    /// Counts by megabytes, begun ones as whole: many small files cost as much as some large ones.
    private func count(_ upload: Upload, from remote: IPAddress, in tx: Transaction, at now: Date) throws {
        let most = rules.uploadsPerNetwork * max(1, rules.fileBytes / 1_000_000)
        do {
            try hit("upload from", by: "\(remote.network)", most: most, times: 1 + upload.sizeBytes / 1_000_000, in: tx, at: now)
        } catch let error as TooMany {
            throw UploadRefusal.tooMany(until: error.until)
        }
    }

    /// - Throws: `UploadRefusal.gone`.
    func upload(_ token: String) async throws -> Upload {
        let id = Self.uploadID(token)
        guard let upload = try await tickets.database.read({ db in try db.upload(id) }), upload.isValid(at: clock.now()) else {
            throw UploadRefusal.gone
        }
        return upload
    }

    /// Takes the next piece.
    ///
    /// - Parameter pieces: hands over what comes. What it handed over before it throws is kept all the same: over a poor connection that is how
    ///   an upload gets on.
    /// - Throws: `UploadRefusal`, or what `pieces` throws.
    func append(to upload: Upload, _ pieces: (FileSink) async throws -> Void) async throws -> Upload {
        let sink = try await files.begin()
        var broken: (any Error)?
        do { try await pieces(sink) } catch { broken = error }
        let database = tickets.database
        let room = upload.sizeBytes - upload.receivedBytes
        guard sink.sizeBytes > 0, sink.sizeBytes <= room else {
            await sink.abort()
            if sink.sizeBytes > room { throw UploadRefusal.tooLarge(limitBytes: upload.sizeBytes) }
            if let broken { throw broken }
            return upload
        }
        // A task of its own: where the connection is gone, this one may be cancelled, and what has arrived is to be kept nevertheless.
        let now = try await Task {
            let part = try await sink.finish()
            guard try await database.write({ tx in try tx.insertUploadPart(part, of: upload) }) else {
                throw UploadRefusal.otherOffset(try await database.read { db in try db.upload(upload.id) }?.receivedBytes ?? 0)
            }
            return try await database.read { db in try db.upload(upload.id) } ?? upload
        }.value
        if let broken { throw broken }
        return now
    }

    /// Puts a file together whose pieces are all here; doing it again gives the same file.
    /// - Returns: the ticket that forms take for the file.
    func finish(_ upload: Upload) async throws -> String {
        let digest = try await wholeFile(of: upload)
        let ticket = UploadTicket(
            digest: digest, name: upload.name, sizeBytes: upload.sizeBytes, type: upload.type, issuedAt: clock.now())
        return ticket.signed(with: seal.derivedKey(UploadTicket.formPurpose))
    }

    private func wholeFile(of upload: Upload) async throws -> String {
        if let digest = upload.file { return digest }
        let parts = try await tickets.database.read { db in try db.uploadParts(upload.id) }
        let digest = try await parts.count == 1 ? parts[0] : joined(parts)
        try await tickets.database.write { tx in try tx.finishUpload(upload.id, file: digest) }
        return digest
    }

    private func joined(_ parts: [String]) async throws -> String {
        let whole = try await files.store { sink in
            for part in parts { try await files.read(part) { try await sink.write($0) } }
        }
        return whole.digest
    }

    private static func uploadID(_ token: String) -> String { Hexadecimal.text(SHA256.hash(data: Data(token.utf8))) }
}
