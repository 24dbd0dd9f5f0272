import Storage

@testable import Klartext

extension Transaction {
    /// As if everything had been kept by a version without a ledger.
    func forgetLedger() throws {
        try run("UPDATE inbox SET day = NULL, mailbox = '', counted = ''")
        try run("DELETE FROM inbox_day")
    }

    /// What an older version does when an agent sets a mail aside.
    func settleWithoutLedger(_ id: Int64) throws {
        try run("UPDATE inbox SET state = 'machine' WHERE id = \(id)")
        try count("held", by: -1)
    }

    func miscountLedger() throws { try run("UPDATE inbox_day SET mails = 0 WHERE state = 'filed'") }
}

extension Snapshot {
    /// How the engine finds the days.
    func ledgerPlan() throws -> String {
        let explain: SQL = engine == .sqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN"
        return try rows(
            "\(raw: explain) SELECT day, mailbox, state, sum(mails) AS mails FROM inbox_day WHERE day >= 20000 GROUP BY day, mailbox, state"
        ).map { row in engine == .sqlite ? try row["detail"] : try row[0] }.joined(separator: "\n")
    }
}
