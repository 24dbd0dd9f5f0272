import Storage

@testable import Klartext

extension Transaction {
    /// As it is right after the upgrade: everything there, nothing to be found.
    func forgetSearch() throws { try run("DELETE FROM search_document") }
}
