import Crypto
import Foundation
import Logging
import NIOCore
import NIOPosix

/// Keeps attachments and evidence by their content: a file's name is its SHA-256, so equal files are kept once and damage shows.
///
/// `incoming/` holds what is still arriving, on a disk of this machine; the shelf, a directory or a bucket, holds what is kept. A file is durable
/// on its shelf before anybody is told that it is kept; a crash at any point leaves either the whole file or a leftover that the next start
/// removes. Whatever is read is checked against its name. All blocking calls happen on a thread pool, off the event loops.
struct FileStore: Sendable {
    let shelf: any Shelf
    let disk: Disk
    /// Where files arrive: on the file system of the shelf where that is a directory, since what has arrived is renamed.
    let incomingPath: String
    private let logger: Logger

    /// Opens files in a directory, and removes what a crash left in its `incoming/`.
    ///
    /// Several processes may share one directory: each holds a lock on what it is receiving, so only abandoned leftovers go.
    init(root: String, threads: NIOThreadPool = .singleton, logger: Logger = Logger(label: "files") { _ in SwiftLogNoOpLogHandler() })
        async throws
    {
        let disk = Disk(threads)
        let shelf = try await DirectoryShelf(root: root, disk: disk)
        try await self.init(shelf: shelf, disk: disk, incomingPath: "\(root)/incoming", logger: logger)
    }

    /// Opens files in a bucket, and removes what a crash left in `incomingPath`. Whoever opens it closes it.
    ///
    /// - Throws: `FileStoreError.bucket` when the bucket cannot be reached or not be listed.
    init(
        bucket: S3Bucket, incomingPath: String, threads: NIOThreadPool = .singleton,
        logger: Logger = Logger(label: "files") { _ in SwiftLogNoOpLogHandler() }
    ) async throws {
        let disk = Disk(threads)
        let client = S3Client(bucket)
        do {
            try await client.greet()
            try await self.init(shelf: BucketShelf(client: client, disk: disk), disk: disk, incomingPath: incomingPath, logger: logger)
        } catch {
            await client.close()
            throw (error as? S3Failure).map { FileStoreError.bucket($0) } ?? error
        }
    }

    private init(shelf: any Shelf, disk: Disk, incomingPath: String, logger: Logger) async throws {
        (self.shelf, self.disk, self.incomingPath, self.logger) = (shelf, disk, incomingPath, logger)
        try await disk.run {
            try Disk.makeDirectories(incomingPath)
            try SpooledFile.removeLeftovers(in: incomingPath)
        }
    }

    /// Ends connections; files under way fail.
    func close() async { await shelf.close() }

    /// Begins to receive a file. Whoever calls this calls `finish` or `abort`; `store` does so by itself.
    func begin() async throws -> FileSink { try await disk.run { try FileSink(store: self) } }

    /// Receives one file, piece by piece; an error thrown by `fill` leaves nothing behind.
    func store(_ fill: (FileSink) async throws -> Void) async throws -> StoredFile {
        let sink = try await begin()
        do {
            try await fill(sink)
            return try await sink.finish()
        } catch {
            await sink.abort()
            throw error
        }
    }

    /// Keeps bytes that are at hand.
    func store(_ bytes: some Collection<UInt8> & Sendable) async throws -> StoredFile {
        try await store { try await $0.write(ByteBuffer(bytes: bytes)) }
    }

    /// A whole file, its digest checked.
    ///
    /// - Parameter limitBytes: the most the caller is ready to hold in memory; as a rule the size that the file had when it was let in.
    /// - Throws: `FileStoreError.tooLarge`, and what ``read(_:_:)`` throws.
    func bytes(_ digest: String, limitBytes: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await read(digest) { piece in
            guard bytes.count + piece.readableBytes <= limitBytes else { throw FileStoreError.tooLarge(limitBytes: limitBytes) }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    /// A file's size in bytes; throws `missing` when it is not here.
    func sizeBytes(_ digest: String) async throws -> Int { try await shelf.sizeBytes(digest) }

    /// Hands over a file's bytes in pieces, checking them on the way.
    ///
    /// The last piece is handed over only when the digest is right. So of a damaged file somebody who was told its size gets less than that,
    /// and a browser reports a download that broke off, instead of keeping a wrong file.
    /// - Throws: `missing`, `damaged` or what the shelf says.
    func read(_ digest: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        var hasher = SHA256()
        var last: ByteBuffer?
        try await shelf.read(digest) { next in
            guard next.readableBytes > 0 else { return }
            next.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) }
            if let last { try await piece(last) }
            last = next
        }
        guard FileStore.hexadecimal(hasher.finalize()) == digest else {
            logger.error("a file is not what its name says", metadata: ["digest": "\(digest.prefix(12))"])
            throw FileStoreError.damaged(digest: digest)
        }
        if let last { try await piece(last) }
    }

    /// Reads a file whole and compares: throws `missing`, `damaged` or what the shelf says.
    func verify(_ digest: String) async throws { try await read(digest) { _ in } }

    /// Lower-case hexadecimal.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether a text is the name of a file: 64 digits, lower case.
    static func isDigest(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// What is known of a file once it is kept.
struct StoredFile: Hashable, Sendable {
    /// SHA-256 in lower-case hexadecimal; the name under which it can be read again.
    let digest: String
    let sizeBytes: Int
}

enum FileStoreError: Error, Equatable {
    case missing(digest: String)
    /// The bytes that are kept are no longer those that were given.
    case damaged(digest: String)
    case notADigest
    case tooLarge(limitBytes: Int)
    /// What the operating system said, with its `errno`.
    case disk(operation: String, code: Int32)
    /// What the store said, or the network on the way to it.
    case bucket(S3Failure)
}

extension FileStoreError: CustomStringConvertible {
    /// For an operator.
    var description: String {
        switch self {
        case .missing: "the file is missing"
        case .damaged: "the file is damaged: its content is not what its name says"
        case .notADigest: "no file has such a name"
        case .tooLarge(let limitBytes): "the file is larger than \(limitBytes) bytes"
        case .disk(let operation, let code): "\(operation): \(String(cString: strerror(code)))"
        case .bucket(let failure): "\(failure)"
        }
    }
}
