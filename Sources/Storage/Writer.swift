import Dispatch

/// Who carries out units of work: SQLite's one thread that commits many together, or PostgreSQL's several.
protocol Writer: AnyObject, Sendable {
    /// Set by tests.
    var faults: FaultPlan? { get set }
    /// How many units wait.
    var depth: Int { get }
    /// Left by each thread at its end.
    var finished: DispatchGroup { get }
    /// Takes a unit; it is answered once it is durable or has failed.
    func submit(_ unit: WriteUnit)
    /// Accepts nothing more; the threads end when the accepted units are done.
    func stop()
}
