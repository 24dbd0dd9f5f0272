import Foundation

/// Somebody of the company who answers customers.
struct Agent: Sendable, Equatable {
    var id: Int64
    var address: String
    var name: String
    var language: Language
    /// Who shares their work; empty where there are no teams.
    var team: String
    var disabledAt: Date?
}
