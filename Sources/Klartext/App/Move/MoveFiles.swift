import Storage

/// Copies the files that a database names from one place to another, each checked against its digest on both sides.
struct MoveFiles: Sendable {
    var database: Database
    var source: FileStore
    var target: FileStore

    struct Report: Sendable, Equatable {
        var copied = 0
        /// There already, and right.
        var there = 0
    }

    private static let mostNamed = 10

    /// What is there and right is passed over, so that an interrupted move goes on where it was.
    /// - Throws: `MoveFailure.files` with those that are in neither place, or damaged; all others are copied by then.
    func run() async throws -> Report {
        var report = Report()
        var lost: [String] = []
        var last = ""
        while true {
            let after = last
            let digests = try await database.read { db in try db.fileDigests(after: after, limit: 500) }
            guard let newest = digests.last else { break }
            for digest in digests {
                switch try await move(digest) {
                case .copied: report.copied += 1
                case .there: report.there += 1
                case .lost: lost.append(String(digest.prefix(12)))
                }
            }
            last = newest
        }
        guard lost.isEmpty else { throw MoveFailure.files(Array(lost.prefix(Self.mostNamed))) }
        return report
    }

    private enum Outcome { case copied, there, lost }

    private func move(_ digest: String) async throws -> Outcome {
        do {
            try await target.verify(digest)
            return .there
        } catch FileStoreError.missing, FileStoreError.damaged {
            do {
                _ = try await target.store { sink in try await source.read(digest) { try await sink.write($0) } }
                return .copied
            } catch FileStoreError.missing, FileStoreError.damaged {
                return .lost
            }
        }
    }
}
