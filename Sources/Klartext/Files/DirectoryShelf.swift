import Foundation
import NIOCore

/// Files in a directory, `ab/cdef…`, on a disk of this machine or on one that several share.
///
/// A file is synced, renamed and its directory synced before anybody is told that it is kept; a crash at any point leaves either the whole file
/// or a leftover in `incoming/`. A lock file guards the moment between looking at a file's date and removing it, also against other processes.
struct DirectoryShelf: Shelf {
    let root: String
    let disk: Disk

    /// Opens the directory, making it and its 256 shelves if need be.
    init(root: String, disk: Disk) async throws {
        self.root = root
        self.disk = disk
        try await disk.run {
            try Disk.makeDirectories(root)
            // All of them now, so that a shelf's own name is on disk long before a file stands on it.
            let areNew = try Self.names.map { try Disk.makeDirectory("\(root)/\($0)") }
            if areNew.contains(true) { try Disk.syncDirectory(root) }
        }
    }

    /// `00` to `ff`.
    private static var names: [String] { (0...255).map { FileStore.hexadecimal([UInt8($0)]) } }

    func put(_ file: StoredFile, from spooled: SpooledFile) async throws {
        let (directory, target, lockPath) = (directory(of: file.digest), try path(of: file.digest), lockPath)
        try await disk.run {
            try spooled.sync()
            // Over a file that may be there: the content is the same, and its fresh date tells `remove` that somebody counts on it.
            try Disk.locked(lockPath) { try spooled.move(to: target) }
            try Disk.syncDirectory(directory)
        }
    }

    func sizeBytes(_ digest: String) async throws -> Int {
        let path = try path(of: digest)
        return try await disk.run { try Disk.status(path, missing: .missing(digest: digest)).sizeBytes }
    }

    /// In pieces of 64 KiB.
    func read(_ digest: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        let path = try path(of: digest)
        let descriptor = try await disk.run { try Disk.open(path, missing: .missing(digest: digest)) }
        do {
            var offset = 0
            while let buffer = try await disk.run({ [offset] in try Disk.readPiece(descriptor, at: offset) }) {
                offset += buffer.readableBytes
                try await piece(buffer)
            }
        } catch {
            await disk.close(descriptor)
            throw error
        }
        await disk.close(descriptor)
    }

    /// One batch for each of the 256 shelves, in order. What is removed meanwhile is left out.
    func list(_ batch: ([KeptFile]) async throws -> Void) async throws {
        for name in Self.names {
            let shelf = "\(root)/\(name)"
            let files = try await disk.run {
                try Disk.names(in: shelf).sorted().compactMap { rest -> KeptFile? in
                    guard FileStore.isDigest(name + rest) else { return nil }
                    let digest = name + rest
                    guard let status = try? Disk.status("\(shelf)/\(rest)", missing: .missing(digest: digest)) else { return nil }
                    return KeptFile(digest: digest, changedSecondsSinceEpoch: status.changedSecondsSinceEpoch)
                }
            }
            if !files.isEmpty { try await batch(files) }
        }
    }

    /// Looks at the date once more under the lock, since the same file may have come again meanwhile.
    func remove(_ digest: String, ifOlderThan oldest: Int) async throws -> Bool {
        let (path, lockPath) = (try path(of: digest), lockPath)
        return try await disk.run {
            try Disk.locked(lockPath) {
                guard let status = try? Disk.status(path, missing: .missing(digest: digest)), status.changedSecondsSinceEpoch < oldest
                else {
                    return false
                }
                try Disk.check("unlink", unlink(path))
                return true
            }
        }
    }

    /// What is removed here is gone at once.
    func settleRemovals(before oldest: Int, isNamed: (String) async throws -> Bool) async throws {}

    func close() async {}

    /// Only 64 lower-case hexadecimal digits are a digest, so no path can be smuggled in.
    func path(of digest: String) throws -> String {
        guard FileStore.isDigest(digest) else { throw FileStoreError.notADigest }
        return "\(directory(of: digest))/\(digest.dropFirst(2))"
    }

    private func directory(of digest: String) -> String { "\(root)/\(digest.prefix(2))" }

    private var lockPath: String { "\(root)/lock" }
}
