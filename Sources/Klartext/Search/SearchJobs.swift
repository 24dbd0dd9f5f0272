/// Writes the documents of what is there, newest first, a part at a time: after an upgrade, and when a customer with many tickets is named.
struct IndexDocuments: JobParameters, Equatable {
    static let kind = "index-documents"
    static let lane = Job.Lane.work

    /// Whose tickets' documents; nil for all.
    var customer: Int64?
    /// Where to go on: below this document. Nil for the beginning.
    var below: Int64?

    var key: String { "\(Self.kind)/\(customer.map(String.init) ?? "all")/\(below.map(String.init) ?? "newest")" }
}
