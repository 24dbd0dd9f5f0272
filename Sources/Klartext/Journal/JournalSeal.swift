import Crypto
import Foundation

/// Binds all lines of the journal up to one of them together, so that not even a whole subject can be taken out unseen.
///
/// A line is chained to the one before it about the same subject, at once and without waiting for others; seals follow in their own time, each
/// holding all lines since the one before. Number 0 is the beginning, or the end of the one chain that went through all lines in the first
/// versions.
struct JournalSeal: Sendable, Equatable {
    var number: Int64
    var sealedAt: Date
    /// The sequence number of the last line it holds.
    var last: Int64
    var hash: String

    /// Lines one seal holds at most: as many as are quick to read again.
    static let mostLines = 10_000
    /// Lines younger than this are left for the next seal: a transaction that took an earlier number may still be under way. None takes longer
    /// than a minute.
    static let ageSeconds: Double = 600

    /// The SHA-256 of the seal before, the number of the last line, and the hashes of all lines since, in order.
    static func hash(after previous: String, last: Int64, lines: [String]) -> String {
        Hexadecimal.text(SHA256.hash(data: Data("\(previous)\u{1F}\(last)\u{1F}\(lines.joined(separator: "\u{1F}"))".utf8)))
    }
}
