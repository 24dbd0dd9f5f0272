import Foundation

/// Who did something: a customer, an agent, or Klartext itself acting by a named rule.
///
/// Written as `customer/12`, `agent/3` or `system/outbox`.
enum Actor: Hashable, Sendable {
    case customer(Int64)
    case agent(Int64)
    case system(String)

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch (parts[0], Int64(parts[1])) {
        case ("customer", let id?): self = .customer(id)
        case ("agent", let id?): self = .agent(id)
        case ("system", _): self = .system(parts[1])
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .customer(let id): "customer/\(id)"
        case .agent(let id): "agent/\(id)"
        case .system(let name): "system/\(name)"
        }
    }

    var agentID: Int64? { if case .agent(let id) = self { id } else { nil } }
}
