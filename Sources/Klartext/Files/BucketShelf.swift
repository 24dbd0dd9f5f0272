import AsyncHTTPClient
import Foundation
import NIOCore

/// Files in a bucket of an S3-compatible store, under the same names as in a directory, `ab/cdef…`, so that either can be copied to the other.
///
/// S3 knows no lock. Between a sweep's last look at a file and its removal the same content may be sent again, and be removed although somebody
/// is about to name it. So nothing is removed at once: a sweep copies the file to `swept/` first, under a name of its own. Who finds a file
/// missing reads it from there. A later sweep, when the copy is as old as an unnamed file must be, asks again: a file that is named by now is
/// put back, the others go for good. That age is longer than anybody may wait between sending a file and naming it, so who counted on the file
/// that was removed has named it by then.
struct BucketShelf: Shelf {
    let client: S3Client
    let disk: Disk
    /// Keys on one page of a listing; stores give 1,000 at most.
    var pageSize = 1000

    /// The body's digest is the file's name: the store refuses what was damaged on the way to it.
    func put(_ file: StoredFile, from spooled: SpooledFile) async throws {
        let (key, pieces) = (try Self.key(of: file.digest), SpooledPieces(file: spooled, disk: disk))
        try await reporting {
            try await client.put(key, digest: file.digest) {
                .stream(pieces, length: .known(Int64(file.sizeBytes)))
            }
        }
    }

    func sizeBytes(_ digest: String) async throws -> Int {
        let key = try Self.key(of: digest)
        return try await reporting {
            if let head = try await client.head(key) { return head.sizeBytes }
            guard let swept = try await sweptCopy(of: digest), let head = try await client.head(swept) else {
                throw FileStoreError.missing(digest: digest)
            }
            return head.sizeBytes
        }
    }

    func read(_ digest: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        let key = try Self.key(of: digest)
        try await reporting {
            do {
                try await client.get(key, piece)
            } catch let failure as S3Failure where failure.isMissing {
                guard let swept = try await sweptCopy(of: digest) else { throw FileStoreError.missing(digest: digest) }
                try await client.get(swept, piece)
            }
        }
    }

    func list(_ batch: ([KeptFile]) async throws -> Void) async throws {
        try await pages("") { objects in
            let files = objects.compactMap { object -> KeptFile? in
                guard let digest = Self.digest(of: object.key) else { return nil }
                return KeptFile(digest: digest, changedSecondsSinceEpoch: object.changedSecondsSinceEpoch)
            }
            if !files.isEmpty { try await batch(files) }
        }
    }

    func remove(_ digest: String, ifOlderThan oldest: Int) async throws -> Bool {
        let key = try Self.key(of: digest)
        return try await reporting {
            guard let head = try await client.head(key), head.changedSecondsSinceEpoch < oldest else { return false }
            return try await setAside(digest)
        }
    }

    /// Takes a file off its shelf without losing it; false when it is gone already.
    func setAside(_ digest: String) async throws -> Bool {
        let key = try Self.key(of: digest)
        // A name of its own for each removal: a copy that another sweep is about to remove is never the one that counts.
        let copy = "\(Self.swept)\(key).\(FileStore.hexadecimal((0..<8).map { _ in UInt8.random(in: .min ... .max) }))"
        guard try await client.copy(key, to: copy) else { return false }
        try await client.delete(key)
        return true
    }

    /// Puts back what is named by now, and removes for good what is not.
    func settleRemovals(before oldest: Int, isNamed: (String) async throws -> Bool) async throws {
        try await pages(Self.swept) { objects in
            for object in objects where object.changedSecondsSinceEpoch < oldest {
                guard let digest = Self.digest(ofSwept: object.key) else { continue }
                let isWanted = try await isNamed(digest)
                try await reporting {
                    let key = try Self.key(of: digest)
                    if isWanted, try await client.head(key) == nil { _ = try await client.copy(object.key, to: key) }
                    try await client.delete(object.key)
                }
            }
        }
    }

    func close() async { await client.close() }

    private func sweptCopy(of digest: String) async throws -> String? {
        try await client.list("\(Self.swept)\(try Self.key(of: digest)).", most: 1, after: nil).objects.first?.key
    }

    private func pages(_ beginning: String, _ visit: ([S3Listing.Object]) async throws -> Void) async throws {
        var continuation: String?
        repeat {
            let page = try await reporting { [continuation] in try await client.list(beginning, most: pageSize, after: continuation) }
            try await visit(page.objects)
            continuation = page.continuation
        } while continuation != nil
    }

    /// Callers know one kind of error, whatever the shelf.
    private func reporting<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let failure as S3Failure { throw FileStoreError.bucket(failure) }
    }
}

/// The names in the bucket.
extension BucketShelf {
    private static let swept = "swept/"

    /// Only 64 lower-case hexadecimal digits are a digest, so no key can be smuggled in.
    static func key(of digest: String) throws -> String {
        guard FileStore.isDigest(digest) else { throw FileStoreError.notADigest }
        return "\(digest.prefix(2))/\(digest.dropFirst(2))"
    }

    /// nil for what is no file of ours.
    static func digest(of key: String) -> String? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 2, FileStore.isDigest(parts[0] + parts[1]) else { return nil }
        return String(parts[0] + parts[1])
    }

    /// `swept/ab/cdef….0123456789abcdef`.
    static func digest(ofSwept key: String) -> String? {
        guard key.hasPrefix(swept), let dot = key.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        return digest(of: String(key[..<dot].dropFirst(swept.count)))
    }
}
