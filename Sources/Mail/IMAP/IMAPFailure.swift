/// Why a mailbox could not be read.
public enum IMAPFailure: Error, Sendable, Equatable {
    /// The connection could not be made, or broke.
    case connection(String)
    /// The server did not answer in time.
    case timeout
    /// TLS was required and not offered, or the handshake or the certificate was wrong.
    case tls(String)
    /// The server refused the user, the password or the token, or knows none of our ways to sign in.
    case authentication(String)
    /// The server refused a command, in its own words.
    case refused(String)
    /// There is no such folder, or it may not be opened.
    case folder(String)
    /// What came is not IMAP, or more than anybody needs: nobody can say any more what belongs to what.
    case malformed(String)
    /// A single thing was announced with so many bytes that it was not read.
    case tooLarge(Int)

    /// Whether a new connection is needed: after a refusal the old one still works.
    public var endsConnection: Bool {
        switch self {
        case .refused, .folder: false
        case .connection, .timeout, .tls, .authentication, .malformed, .tooLarge: true
        }
    }
}

extension IMAPFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connection(let reason): "connection: \(reason)"
        case .timeout: "no answer in time"
        case .tls(let reason): "tls: \(reason)"
        case .authentication(let reason): "sign-in: \(reason)"
        case .refused(let reason): "refused: \(reason)"
        case .folder(let reason): "folder: \(reason)"
        case .malformed(let reason): "not IMAP: \(reason)"
        case .tooLarge(let bytes): "\(bytes) bytes at once"
        }
    }
}

/// How long to wait for a server, in seconds, and how much to take from it.
public struct IMAPLimits: Sendable {
    public var connectSeconds = 30.0
    /// Without a single byte, while we wait for something.
    public var silenceSeconds = 60.0
    /// For one thing, however steadily it comes: a mail of 60 MB at 1 Mbit/s takes 480 s.
    public var wholeSeconds = 600.0
    /// For LOGOUT, on which nothing depends.
    public var farewellSeconds = 5.0
    /// A line without its literals. A search result of 100,000 mails is at most this long.
    public var lineBytes = 1_200_000
    /// All literals of one response together: a mail.
    public var literalBytes = 64_000_000
    /// What a server may say in answer to one command: FETCH says something about each mail that somebody marks meanwhile.
    public var responses = 100_000

    public init() {}
}
