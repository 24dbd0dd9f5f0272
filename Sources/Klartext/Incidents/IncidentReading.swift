import Foundation
import Storage

/// All that there is to tell of the state of the service, as it was at one moment.
struct StatusRecord: Sendable {
    var components: [Component]
    /// The newest first by the time they began.
    var incidents: [Incident]
    /// The earliest first.
    var maintenances: [Maintenance]
    /// The newest first.
    var announcements: [Announcement]
    /// When anything of it changed last; nil while nothing was ever told.
    var changedAt: Date?
}

extension Incidents {
    /// Everything, in one snapshot: what is published belongs together.
    func record() async throws -> StatusRecord {
        try await database.read { db in
            StatusRecord(
                components: try db.components(), incidents: try db.incidents(), maintenances: try db.maintenances(),
                announcements: try db.announcements(), changedAt: try db.pageVersion()?.changedAt)
        }
    }

    func components() async throws -> [Component] { try await database.read { db in try db.components() } }
    func incident(_ id: PublicID) async throws -> Incident? { try await database.read { db in try db.incident(id) } }
    func incidents() async throws -> [Incident] { try await database.read { db in try db.incidents() } }
    func openIncidents() async throws -> [Incident] { try await database.read { db in try db.openIncidents() } }
    func maintenance(_ id: PublicID) async throws -> Maintenance? { try await database.read { db in try db.maintenance(id) } }
    func maintenances() async throws -> [Maintenance] { try await database.read { db in try db.maintenances() } }
}
