import Foundation
import Testing

@testable import Klartext

/// The shape that Statuspage's clients were written for, as its captured documents have it.
@Suite(.timeLimit(.minutes(1)))
struct StatuspageDocumentTests {
    private static let componentKeys = [
        "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date", "group_id", "page_id",
        "group", "only_show_if_degraded",
    ]
    private static let incidentKeys = [
        "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink", "started_at", "page_id",
        "incident_updates", "components",
    ]
    private static let updateKeys = [
        "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components", "deliver_notifications",
        "custom_tweet", "tweet_id",
    ]
    private static let postmortemKeys = [
        "postmortem_body", "postmortem_body_last_updated_at", "postmortem_ignored", "postmortem_notified_subscribers",
        "postmortem_notified_twitter", "postmortem_published_at",
    ]

    private func document(_ name: String, _ status: PublishedStatus = SampleStatus.whole) throws -> JSONText {
        let documents = StatuspageDocuments(status).all
        return try #require(documents.first { $0.path == "api/v2/\(name).json" }).document
    }

    @Test(arguments: [
        ("summary", ["page", "components", "incidents", "scheduled_maintenances", "status"]), ("status", ["page", "status"]),
        ("components", ["page", "components"]), ("incidents", ["page", "incidents"]), ("incidents/unresolved", ["page", "incidents"]),
        ("scheduled-maintenances", ["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/upcoming", ["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/active", ["page", "scheduled_maintenances"]),
    ])
    func `each document has its keys at the top`(name: String, keys: [String]) throws {
        let document = try document(name)
        #expect(document.names == keys)
        #expect(document["page"]?.names == ["id", "name", "url", "time_zone", "updated_at"])
    }

    @Test func `objects have exactly the keys of Statuspage`() throws {
        let summary = try document("summary")
        for component in summary["components"]?.list ?? [] {
            let isGroup = component["group"] == .bool(true)
            #expect(component.names == Self.componentKeys + (isGroup ? ["components"] : []))
        }
        for incident in try document("incidents/unresolved")["incidents"]?.list ?? [] { #expect(incident.names == Self.incidentKeys) }
        for incident in try document("incidents")["incidents"]?.list ?? [] {
            #expect(incident.names == Self.incidentKeys + Self.postmortemKeys)
            for update in incident["incident_updates"]?.list ?? [] { #expect(update.names == Self.updateKeys) }
        }
        for maintenance in try document("scheduled-maintenances")["scheduled_maintenances"]?.list ?? [] {
            #expect(maintenance.names == Self.incidentKeys + ["scheduled_for", "scheduled_until"])
            #expect(maintenance["impact"] == "maintenance")
        }
        #expect(summary["status"]?.names == ["indicator", "description"])
    }

    @Test func `only what is open, coming or running is in the documents for it`() throws {
        func ids(_ name: String, _ key: String) throws -> [JSONText?] { try document(name)[key]?.list?.map { $0["id"] } ?? [] }
        let all = try ids("incidents", "incidents")
        #expect(all == ["in0000000001", "in0000000002", "in0000000003", "in0000000004"])
        let open = try ids("incidents/unresolved", "incidents")
        #expect(open == ["in0000000001", "in0000000002"])
        let coming = try ids("scheduled-maintenances/upcoming", "scheduled_maintenances")
        #expect(coming == ["ma0000000004"], "what was called off is not coming")
        let running = try ids("scheduled-maintenances/active", "scheduled_maintenances")
        #expect(running == ["ma0000000002"])
        let summary = try ids("summary", "scheduled_maintenances")
        #expect(summary == ["ma0000000002", "ma0000000004"])
    }

    @Test func `texts are English, or German where nobody has written English`() throws {
        let components = try document("components")["components"]?.list ?? []
        #expect(components[0]["name"] == "Account")
        #expect(components[2]["name"] == "Kundenkonto")
        #expect(components[0]["description"] == .null)
        #expect(components[1]["description"] == "Im Browser und in der App")
    }

    @Test func `an update names what it changed, with the group before the name`() throws {
        let incident = try document("incidents")["incidents"]?.list?.first
        let first = incident?["incident_updates"]?.list?.last
        #expect(
            first?["affected_components"]
                == .list([["code": "co0000000001", "name": "Account - Sign-in", "old_status": "operational", "new_status": "major_outage"]])
        )
        #expect(incident?["incident_updates"]?.list?.first?["affected_components"] == .null)
        #expect(incident?["shortlink"] == "https://status.nordlicht.example/en/incidents/in0000000001/")
    }

    @Test func `what is not there is null, never missing`() throws {
        let incident = try document("incidents")["incidents"]?.list?.first
        #expect(incident?["resolved_at"] == .null)
        #expect(incident?["postmortem_body"] == .null)
        let told = try document("incidents")["incidents"]?.list?[2]
        #expect(told?["postmortem_body"] == "A queue was full.\n\nSince 18 November it warns us before.")
    }

    @Test func `the documents are JSON that Foundation reads, whatever stands in them`() throws {
        for (path, document) in StatuspageDocuments(SampleStatus.whole).all {
            let read = try JSONSerialization.jsonObject(with: Data(document.bytes))
            #expect(read is [String: Any], "\(path)")
        }
        let name = try JSONSerialization.jsonObject(with: Data(JSONText.text(SampleStatus.hostile).bytes), options: .fragmentsAllowed)
        #expect(name as? String == SampleStatus.hostile)
    }

    @Test func `the same status gives the same bytes`() throws {
        let (once, again) = (try StatusPageStage.files(SampleStatus.whole), try StatusPageStage.files(SampleStatus.whole))
        #expect(once == again)
    }

    @Test func `our extras are in a document of their own`() throws {
        let document = KlartextDocument(status: SampleStatus.whole, formula: PublicText(de: "so", en: "like this")).document
        let late = document["incidents"]?.list?.first
        #expect(late?["is_late"] == .bool(true))
        #expect(late?["next_update_by"] == "2026-11-23T08:50:11.000Z")
        #expect(document["updates_promised"] == ["days": .number(90), "made": .number(15), "kept": .number(14)])
        let debt = document["incidents"]?.list?[1]["translation_due"]?.list?.first
        #expect(debt?["language"] == "en")
        let named = document["incidents"]?.list?[1]["name"]
        #expect(named?["en"] == .null)
        #expect(document["availability"]?["formula"]?["de"] == "so")
    }
}

extension JSONText {
    /// A member of an object.
    subscript(name: String) -> JSONText? { if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil } }

    var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }

    var list: [JSONText]? { if case .list(let values) = self { values } else { nil } }
}
