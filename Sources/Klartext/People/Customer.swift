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
    /// The telephone number as `+4930123456`; empty where none is known.
    var phone = ""

    /// As the customer writes it.
    var address: String { mailAddress.mailbox }
    /// Normalised for comparing.
    var addressKey: String { mailAddress.key }

    /// Whether letters can reach the customer: somebody who called, or stood at the counter, may have no address.
    var hasMail: Bool { !mailAddress.isNowhere }

    /// What to call the customer: the name, else the address.
    var displayName: String { name.isEmpty ? address : name }
}

extension Address {
    /// Under which nobody can ever have a mailbox (RFC 6761 section 6.4).
    private static let nowhere = "no-address.invalid"

    /// What stands for the address of somebody who has none.
    /// - Parameter id: letters and digits that nobody else has.
    static func nowhere(_ id: String) -> Address? { Address("\(id.lowercased())@\(nowhere)") }

    var isNowhere: Bool { domain == Self.nowhere }
}
