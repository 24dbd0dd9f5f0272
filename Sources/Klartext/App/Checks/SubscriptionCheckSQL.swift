import Foundation
import Storage

extension Snapshot {
    /// Bulletins whose ledger says something else than its notices.
    func wrongLedgers() throws -> Finding {
        let looked: Int = try value("SELECT count(*) FROM bulletin") ?? 0
        let wrong = try rows(
            """
            SELECT b.id FROM bulletin b
            LEFT JOIN (SELECT bulletin, sum(CASE WHEN state = 'queued' THEN 1 ELSE 0 END) AS queued,
                    sum(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END) AS accepted, sum(CASE WHEN state = 'bounced' THEN 1 ELSE 0 END) AS bounced,
                    sum(CASE WHEN state = 'skipped' THEN 1 ELSE 0 END) AS skipped
                FROM notice GROUP BY bulletin) n ON n.bulletin = b.id
            LEFT JOIN (SELECT bulletin, sum(queued) AS queued, sum(accepted) AS accepted, sum(bounced) AS bounced, sum(skipped) AS skipped
                FROM bulletin_count GROUP BY bulletin) c ON c.bulletin = b.id
            WHERE coalesce(n.queued, 0) <> coalesce(c.queued, 0) OR coalesce(n.accepted, 0) <> coalesce(c.accepted, 0)
                OR coalesce(n.bounced, 0) <> coalesce(c.bounced, 0) OR coalesce(n.skipped, 0) <> coalesce(c.skipped, 0)
            ORDER BY b.id LIMIT 11
            """)
        return (looked, try wrong.map { "what was told as \(try $0["id"] as String)" })
    }

    /// Notices that wait and that nobody will send.
    func noticesWithoutJob() throws -> Finding {
        let looked: Int = try value("SELECT count(*) FROM notice WHERE state = 'queued'") ?? 0
        let wrong = try rows(
            """
            SELECT id FROM notice n WHERE state = 'queued'
                AND NOT EXISTS (SELECT 1 FROM job j WHERE j.key = 'send-notice/' || n.id)
                AND NOT EXISTS (SELECT 1 FROM job j WHERE j.key = 'call-webhook/' || n.id)
                AND NOT EXISTS (SELECT 1 FROM job j WHERE j.key = 'retry-notice/' || n.id)
            LIMIT 11
            """)
        return (looked, try wrong.map { "notice \(try $0["id"] as Int64)" })
    }
}
