/// Whose status page it is, and where.
struct StatusSite: Sendable, Equatable {
    /// Stays the same for as long as the instance lives.
    var id: PublicID
    /// The company's name.
    var name: String
    /// Where the page is, without a slash at the end.
    var url: String
    /// Where customers write to us, without a slash at the end.
    var deskURL: String
    /// An IANA name.
    var timeZone: String
}
