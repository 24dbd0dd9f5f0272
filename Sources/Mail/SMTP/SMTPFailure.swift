/// Why a letter was not accepted, and whether trying again later makes sense.
public enum SMTPFailure: Error, Sendable, Equatable {
    /// The server answered a command with 4yz or 5yz.
    case refused(SMTPReply, stage: Stage)
    /// The connection could not be made, broke, or the server spoke something else than SMTP. In stage ``Stage/final`` the fate of the
    /// letter is unknown: the server may have accepted it, and sending it again may deliver it twice.
    case connection(String, stage: Stage)
    /// The server did not answer within the time of ``SMTPTimeouts``. For stage ``Stage/final`` see ``connection(_:stage:)``.
    case timeout(Stage)
    /// TLS was required and not offered, or the handshake or the certificate was wrong.
    case tls(String)
    /// The server refused the user or the password, or knows none of our ways to sign in.
    case authentication(SMTPReply)
    /// This letter cannot be sent through this server: it needs an extension the server lacks, or its envelope is malformed.
    case unsupported(String)

    /// How far the conversation had got.
    public enum Stage: String, Sendable {
        case connect, greeting, hello, tls, authentication, mail, recipient, data
        /// After the final dot was sent.
        case final
        case reset, quit
    }

    /// Whether the letter itself was refused for good, so that trying again is pointless.
    ///
    /// A 5yz reply to the greeting, EHLO or AUTH says something about us or the server and is never the letter's fault; neither is a
    /// demand to sign in or to use TLS first (530, 534, 535, 538: RFC 4954 section 6, RFC 3207 section 4).
    public var isPermanent: Bool {
        switch self {
        case .refused(let reply, let stage):
            [.mail, .recipient, .data, .final].contains(stage) && reply.code / 100 == 5 && ![530, 534, 535, 538].contains(reply.code)
        case .unsupported: true
        case .connection, .timeout, .tls, .authentication: false
        }
    }

    /// Whether the server may have accepted the letter although we never heard so: the dot was sent and no reply came.
    public var isFateUnknown: Bool {
        switch self {
        case .connection(_, let stage), .timeout(let stage): stage == .final
        case .refused, .tls, .authentication, .unsupported: false
        }
    }

    /// The server's words, where it said any.
    public var reply: SMTPReply? {
        switch self {
        case .refused(let reply, _), .authentication(let reply): reply
        case .connection, .timeout, .tls, .unsupported: nil
        }
    }
}

extension SMTPFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let reply, let stage): "\(stage.rawValue): \(reply)"
        case .connection(let reason, let stage): "\(stage.rawValue): \(reason)"
        case .timeout(let stage): "\(stage.rawValue): no answer in time"
        case .tls(let reason): "tls: \(reason)"
        case .authentication(let reply): "authentication: \(reply)"
        case .unsupported(let what): "not possible with this server: \(what)"
        }
    }
}

/// How long to wait for a server, in seconds. The defaults are those of RFC 5321 section 4.5.3.2.
public struct SMTPTimeouts: Sendable {
    /// For the TCP connection. The RFC names no figure.
    public var connectSeconds = 30.0
    public var greetingSeconds = 300.0
    /// For EHLO, STARTTLS with its handshake, and each step of AUTH.
    public var helloSeconds = 300.0
    public var mailSeconds = 300.0
    public var recipientSeconds = 300.0
    /// From DATA to the 354.
    public var dataSeconds = 120.0
    /// For handing one block of the letter to the network.
    public var blockSeconds = 180.0
    /// From the final dot to the reply. Too short a time delivers letters twice (RFC 1047).
    public var finalSeconds = 600.0
    /// For RSET and QUIT, on which nothing depends.
    public var farewellSeconds = 5.0

    public init() {}

    func seconds(for stage: SMTPFailure.Stage) -> Double {
        switch stage {
        case .connect: connectSeconds
        case .greeting: greetingSeconds
        case .hello, .tls, .authentication: helloSeconds
        case .mail: mailSeconds
        case .recipient: recipientSeconds
        case .data: dataSeconds
        case .final: finalSeconds
        case .reset, .quit: farewellSeconds
        }
    }
}
