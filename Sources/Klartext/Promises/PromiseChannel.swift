/// How a promise is to be kept: what the customer will notice.
enum PromiseChannel: String, Sendable, CaseIterable, Codable {
    case call, mail, visit, refund, parcel, other
}
