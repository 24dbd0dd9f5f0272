import Foundation

extension Incidents {
    /// What the public is told now.
    func published() async throws -> PublishedStatus {
        // the time is taken first: what changes meanwhile is told by the next version
        let now = clock.now()
        return StatusPublishing(record: try await record(), site: site, wall: wall, now: now).status
    }
}
