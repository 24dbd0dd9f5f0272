import NIOSSL

/// Where the LMTP server listens and what it puts up with. Times in seconds, sizes in bytes.
public struct LMTPConfiguration: Sendable {
    public var host: String
    /// 0 takes any free port.
    public var port: Int
    /// Our name in the greeting.
    public var serverName: String
    /// The largest letter taken; announced by SIZE (RFC 1870).
    public var maxSizeBytes = 26 << 20
    /// A letter above this leaves memory piece by piece while it comes, where the server has a spool to put it in.
    public var spoolBytes = 64 << 10
    /// What is in memory of letters being received or stored, all connections together. Beyond it letters are put off with 452, so that the
    /// memory of this process is bounded by this figure and not by connections times size.
    public var maxBytesInFlight = 256 << 20
    /// Connections at the same time; one more is answered with 421.
    public var maxConnections = 64
    /// Recipients per letter. RFC 5321 section 4.5.3.1.8 wants at least 100.
    public var maxRecipients = 100
    /// From a reply to the end of the next command, however slowly it drips in; the TLS handshake counts as part of a command.
    public var lineTimeoutSeconds = 60.0
    /// The age from which a connection is ended between two letters.
    public var sessionTimeoutSeconds = 3600.0
    /// From DATA to the final dot.
    public var dataTimeoutSeconds = 600.0
    /// What a client has to send during DATA on average, measured over each `progressSeconds`.
    public var minBytesPerSecond = 256.0
    public var progressSeconds = 60.0
    /// How long ``LMTPServer/stop()`` waits for letters under way.
    public var graceSeconds = 10.0
    /// With it STARTTLS is offered (RFC 3207).
    public var tls: NIOSSLContext?

    public init(host: String, port: Int, serverName: String, tls: NIOSSLContext? = nil) {
        self.host = host
        self.port = port
        self.serverName = serverName
        self.tls = tls
    }
}

/// A letter as received, not yet accepted.
public struct LMTPDelivery: Sendable {
    /// Address and port of the client.
    public var peer: String
    /// What the client called itself in LHLO.
    public var heloName: String
    /// Where bounces go; empty for mail that must not be answered.
    public var sender: String
    /// The accepted recipients in the order of their RCPT commands, at least one. The same address may occur twice.
    public var recipients: [String]
    /// Header and body as sent, without the doubled dots and the final dot. Any byte may occur, also NUL, bare CR and bare LF.
    public var content: Content
    /// The client said BODY=8BITMIME (RFC 6152).
    public var isEightBit: Bool
    /// The client said SMTPUTF8: addresses and header may hold UTF-8 (RFC 6531).
    public var isSMTPUTF8: Bool
    /// The letter came over TLS.
    public var isSecure: Bool

    public enum Content: Sendable {
        case bytes([UInt8])
        /// Written whole. Whoever does not take it over before the delivery ends lets it go.
        case spooled(any LMTPSpool)
    }
}
