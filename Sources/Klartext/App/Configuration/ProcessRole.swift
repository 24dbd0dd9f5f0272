/// What a process does. All of it, unless `KLARTEXT_ROLES` says less; several processes share one database.
enum ProcessRole: String, Sendable, CaseIterable {
    /// Serves customers and agents in the browser, and answers `/healthz`, `/readyz` and `/metrics`.
    case web
    /// Takes mail by LMTP.
    case mail
    /// Does promised jobs (sorting mail and sending letters among them), and keeps the timetable.
    case work

    /// Reads a list with commas between, in any order; nil where it is empty or has another word in it.
    static func list(_ text: String) -> Set<ProcessRole>? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
        let roles = words.compactMap { ProcessRole(rawValue: $0) }
        return roles.count == words.count ? Set(roles) : nil
    }
}
