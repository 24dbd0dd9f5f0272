/// One connection to a database engine, used by one thread at a time. Everything above it is the same for every engine.
protocol Connection: AnyObject {
    var dialect: Dialect { get }
    /// A small number that no other connection which writes has at this moment.
    var share: Int { get }
    /// Makes sure that there is a connection; throws `StorageError.unavailable` where none is to be had.
    func open() throws
    /// Ends a transaction that was left open by an error; does nothing where none is.
    func rollBack() throws
    /// Counts the statements and makes one fail; nil outside tests.
    var faults: FaultPlan? { get set }
    /// Whether a transaction is open. Engines end it by themselves after some errors.
    var isInTransaction: Bool { get }
    /// Runs one statement to its end and returns its first rows, at most `limit` of them.
    func rows(_ sql: SQL, limit: Int) throws -> [Row]
    /// Runs one statement and returns how many rows it inserted, updated or deleted (0 for any other).
    func run(_ sql: SQL) throws -> Int
    /// Runs several statements without parameters.
    func script(_ text: String) throws
    /// Throws where the open transaction owes a deferred constraint something, so that its COMMIT would fail.
    func checkDeferred() throws
    /// What the engine needs between two transactions, when nobody waits for an answer.
    func tidy()
    /// Frees everything. A connection to a server can be opened again, one to a file is not used afterwards.
    func close()
}
