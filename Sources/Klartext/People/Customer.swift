import Foundation
import Mail

/// Somebody who writes to us; known by the address that letters reach.
struct Customer: Sendable, Equatable {
    var id: Int64
    /// Where letters go.
    var mailAddress: Address
    /// May be empty.
    var name: String
    var language: Language

    /// As the customer writes it.
    var address: String { mailAddress.mailbox }
    /// Normalised for comparing.
    var addressKey: String { mailAddress.key }

    /// What to call the customer: the name, else the address.
    var displayName: String { name.isEmpty ? address : name }
}
