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
        try await shelf.settleRemovals(before: oldest, isNamed: isNamed)
        var removed = 0
        try await shelf.list { files in
            for file in files where file.changedSecondsSinceEpoch < oldest {
                // The shelf looks at the date once more: the same file may come again while its name is asked for.
                guard try await !isNamed(file.digest), try await shelf.remove(file.digest, ifOlderThan: oldest) else { continue }
                removed += 1
            }
        }
        return removed
    }

    /// All digests kept, sorted.
    func digests() async throws -> [String] {
        var digests: [String] = []
        try await shelf.list { digests += $0.map(\.digest) }
        return digests.sorted()
    }
}
