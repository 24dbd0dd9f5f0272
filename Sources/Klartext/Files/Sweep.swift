import Foundation

/// Removing what nobody names any more.
extension FileStore {
    /// Removes files that are old and unnamed, and says how many.
    ///
    /// - Parameters:
    ///   - ageSeconds: files that came (or came again) more recently stay: a form may still be about to name them. Longer than an
    ///     `UploadTicket` is valid.
    ///   - isNamed: whether anything still refers to the digest.
    func sweep(olderThan ageSeconds: Int, now: Date, isNamed: (String) async throws -> Bool) async throws -> Int {
        let oldest = Int(now.timeIntervalSince1970) - ageSeconds
        var removed = 0
        for digest in try await digests() {
            guard try await isOlder(digest, than: oldest), try await !isNamed(digest) else { continue }
            if try await remove(digest, ifOlderThan: oldest) { removed += 1 }
        }
        return removed
    }

    /// All digests kept, sorted.
    func digests() async throws -> [String] {
        let root = root
        return try await disk.run {
            try Disk.names(in: root).filter { $0.utf8.count == 2 }.flatMap { prefix in
                try Disk.names(in: "\(root)/\(prefix)").map { prefix + $0 }.filter { FileStore.isDigest($0) }
            }.sorted()
        }
    }

    private func isOlder(_ digest: String, than oldest: Int) async throws -> Bool {
        let path = try path(of: digest)
        return try await disk.run { try Disk.status(path, missing: .missing(digest: digest)).changedSecondsSinceEpoch < oldest }
    }

    /// Looks at the date once more under the lock, since the same file may have come again while `isNamed` was asked.
    private func remove(_ digest: String, ifOlderThan oldest: Int) async throws -> Bool {
        let (path, lockPath) = (try path(of: digest), lockPath)
        return try await disk.run {
            try Disk.locked(lockPath) {
                guard try Disk.status(path, missing: .missing(digest: digest)).changedSecondsSinceEpoch < oldest else { return false }
                try Disk.check("unlink", unlink(path))
                return true
            }
        }
    }

    /// Guards the moment between looking at a file's date and removing it.
    var lockPath: String { "\(root)/lock" }

    /// Removes files in `incoming/` that no living process holds. Blocks.
    static func removeLeftovers(in incoming: String) throws {
        for name in try Disk.names(in: incoming) {
            let path = "\(incoming)/\(name)"
            let descriptor = open(path, O_RDWR | O_CLOEXEC)
            // Gone already: somebody finished it, or another process swept it.
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
        }
    }
}
