import Foundation

/// A mark in a form that says when we gave it out, signed so that nobody can make one up. Nothing is stored for it.
///
/// It tells a person's form from a robot's by the time it took to fill in, and a form sent twice from two forms.
struct FormStamp: Sendable, Equatable {
    var issuedAt: Date
    /// Random, so that no two forms are the same.
    var token: String

    /// Longer than anybody leaves a form open; a form that is older is asked to be sent once more.
    static let validSeconds: Double = 3 * 86_400
    private static let purpose = "form stamp"
    private static let markBits = 80

    init(issuedAt: Date, token: String) { (self.issuedAt, self.token) = (issuedAt, token) }

    /// Reads a form's stamp.
    /// - Returns: nil for a stamp that is not ours, lies in the future or is too old. A minute into the future is two machines' clocks.
    init?(_ text: String, seal: Seal, now: Date) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 200, parts.count == 3, let milliseconds = Int64(parts[0]) else { return nil }
        guard seal.isGenuine(parts[2], Self.purpose, "\(parts[0]).\(parts[1])", bits: Self.markBits) else { return nil }
        self.init(issuedAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000), token: parts[1])
        guard (-60...Self.validSeconds).contains(now.timeIntervalSince(issuedAt)) else { return nil }
    }

    /// As it stands in the form: milliseconds since 1970, token, mark.
    func text(_ seal: Seal) -> String {
        let content = "\(Int64((issuedAt.timeIntervalSince1970 * 1000).rounded())).\(token)"
        return "\(content).\(seal.mark(Self.purpose, content, bits: Self.markBits))"
    }
}
