import Storage

@testable import Klartext

extension Transaction {
    /// Takes a promise away, which nothing in the product does.
    func removePromise(_ id: Int64) throws { try run("DELETE FROM promise WHERE id = \(id)") }
}
