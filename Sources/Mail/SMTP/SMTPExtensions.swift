/// What a server says it can do, read from its reply to EHLO (RFC 5321 section 4.1.1.1).
struct SMTPExtensions: Sendable, Equatable {
    private(set) var pipelining = false
    private(set) var eightBitMIME = false
    private(set) var smtpUTF8 = false
    private(set) var dsn = false
    private(set) var startTLS = false
    private(set) var size = false
    /// The largest letter taken, if there is a limit (RFC 1870: 0 means none).
    private(set) var sizeLimitBytes: Int?
    /// Ways to sign in, in capitals.
    private(set) var authentication: Set<String> = []

    /// No extensions: a server that knows only HELO.
    init() {}

    init(_ reply: SMTPReply) {
        for line in reply.text.utf8.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self).uppercased() }
            switch words.first {
            case "PIPELINING": pipelining = true
            case "8BITMIME": eightBitMIME = true
            case "SMTPUTF8": smtpUTF8 = true
            case "DSN": dsn = true
            case "STARTTLS": startTLS = true
            case "AUTH": authentication.formUnion(words.dropFirst())
            case "SIZE":
                size = true
                sizeLimitBytes = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            default: break
            }
        }
    }
}
