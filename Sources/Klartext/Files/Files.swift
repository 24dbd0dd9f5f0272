import Crypto
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Keeps attachments and evidence by their content: a file's name is its SHA-256, so equal files are kept once and damage shows.
///
/// `incoming/` holds what is still arriving, `ab/cdef…` what is kept. A file is synced, renamed and its directory synced before anybody is
/// told that it is kept; a crash at any point leaves either the whole file or a leftover that the next start removes. All reading and
/// writing happens on a thread pool, off the event loops.
struct FileStore: Sendable {
    let root: String
    let disk: Disk

    /// Opens the directory, making it and its 256 shelves if need be, and removes what a crash left in `incoming/`.
    ///
    /// Several processes may share one directory: each holds a lock on what it is receiving, so only abandoned leftovers go.
    init(root: String, threads: NIOThreadPool = .singleton) async throws {
        self.root = root
        self.disk = Disk(threads)
        let incoming = incomingPath
        try await disk.run {
            try Disk.makeDirectories(incoming)
            // All of them now, so that a shelf's own name is on disk long before a file stands on it.
            let areNew = try (0...255).map { try Disk.makeDirectory("\(root)/\(FileStore.hexadecimal([UInt8($0)]))") }
            if areNew.contains(true) { try Disk.syncDirectory(root) }
            try Self.removeLeftovers(in: incoming)
        }
    }

    /// Begins to receive a file. Whoever calls this calls `finish` or `abort`; `store` does so by itself.
    func begin() async throws -> FileSink {
        let incoming = incomingPath
        return try await disk.run { try FileSink(store: self, incoming: incoming) }
    }

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
    /// - Parameter limitBytes: the most the caller is ready to hold in memory.
    func bytes(_ digest: String, limitBytes: Int = 32 << 20) async throws -> [UInt8] {
        let path = try path(of: digest)
        let bytes = try await disk.run { try Disk.read(path, limitBytes: limitBytes) }
        guard FileStore.hexadecimal(SHA256.hash(data: bytes)) == digest else { throw FileStoreError.damaged(digest: digest) }
        return bytes
    }

    /// A file's size in bytes; throws `missing` when it is not here.
    func sizeBytes(_ digest: String) async throws -> Int {
        let path = try path(of: digest)
        return try await disk.run { try Disk.status(path, missing: .missing(digest: digest)).sizeBytes }
    }

    /// Hands over a file's bytes in pieces of 64 KiB. The digest is not checked: `verify` does that for all files, at leisure.
    func read(_ digest: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        let path = try path(of: digest)
        let descriptor = try await disk.run { try Disk.open(path, missing: .missing(digest: digest)) }
        do {
            while let buffer = try await disk.run({ try Disk.readPiece(descriptor) }) { try await piece(buffer) }
        } catch {
            await disk.close(descriptor)
            throw error
        }
        await disk.close(descriptor)
    }

    /// Reads a file whole and compares: throws `missing`, `damaged` or what the disk says.
    func verify(_ digest: String) async throws {
        var hasher = SHA256()
        try await read(digest) { $0.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) } }
        guard FileStore.hexadecimal(hasher.finalize()) == digest else { throw FileStoreError.damaged(digest: digest) }
    }

    /// `ab/cdef…` under the root. Only 64 lower-case hexadecimal digits are a digest, so no path can be smuggled in.
    func path(of digest: String) throws -> String {
        guard FileStore.isDigest(digest) else { throw FileStoreError.notADigest }
        return "\(directory(of: digest))/\(digest.dropFirst(2))"
    }

    func directory(of digest: String) -> String { "\(root)/\(digest.prefix(2))" }

    var incomingPath: String { "\(root)/incoming" }

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
    /// The bytes on disk are no longer those that were kept.
    case damaged(digest: String)
    case notADigest
    case tooLarge(limitBytes: Int)
    /// What the operating system said, with its `errno`.
    case disk(operation: String, code: Int32)
}
