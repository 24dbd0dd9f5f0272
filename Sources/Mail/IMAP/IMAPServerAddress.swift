/// A folder of a mailbox on a server: host, port, how it is secured, who signs in and how.
///
/// As text it is a URL, everything in it percent-encoded where needed:
/// - `imaps://user:password@mail.example.org/INBOX` is TLS from the first byte, port 993 (RFC 8314).
/// - `imap://user:password@mail.example.org/INBOX` is STARTTLS, port 143. Without TLS nothing is said, except on this machine.
/// - The path is the folder, `INBOX` where there is none. Its levels are separated as the server does it: `Kunden/Anfragen`, `Kunden.Anfragen`.
/// - `?token_file=/run/mail/token` signs in with the OAuth 2 access token in that file instead of a password.
/// - `?since=2026-11-01` or `?since=all`: see ``Since``.
/// - `?ca=/etc/ssl/mail.pem` trusts the certificates of that file only; `?tls=off` and `?verify=off` are for a loopback host.
public struct IMAPServerAddress: Sendable, Equatable {
    /// What proves who we are.
    public enum Credential: Sendable, Equatable {
        case password(String)
        /// The path of a file that holds an OAuth 2 access token; it is read anew with each sign-in, since something else renews it.
        case tokenFile(String)
    }

    /// From which arrival on mails are taken when a folder is seen for the first time.
    public enum Since: Sendable, Equatable {
        /// A few days before we came, so that nobody who wrote yesterday is forgotten and nobody who wrote last year gets an answer.
        case recently
        case day(IMAPDay)
        case always
    }

    public var host: String
    public var port: Int
    public var security: ServerSecurity
    public var trust: ServerTrust
    public var user: String
    public var credential: Credential
    /// As people write it, not as it is sent.
    public var folder: String
    public var since: Since

    public init(
        host: String, port: Int, security: ServerSecurity, trust: ServerTrust = .systemRoots, user: String, credential: Credential,
        folder: String = "INBOX", since: Since = .recently
    ) {
        (self.host, self.port, self.security, self.trust) = (host, port, security, trust)
        (self.user, self.credential, self.folder, self.since) = (user, credential, folder, since)
    }

    public var isLoopback: Bool { ServerTrust.isLoopback(host) }
}

extension IMAPServerAddress {
    /// Reads the URL form described above; nil when it is anything else, also for an unknown option: a misspelt `tls` must not go unseen.
    public init?(url: String) {
        guard let parts = ServerURL(url, schemes: ["imap", "imaps"]), let user = parts.user else { return nil }
        let isImplicit = parts.scheme == "imaps"
        let isLoopback = ServerTrust.isLoopback(parts.host)
        self.init(
            host: parts.host, port: parts.port ?? (isImplicit ? 993 : 143),
            security: isImplicit ? .implicit : isLoopback ? .startTLSIfOffered : .startTLS, user: user,
            credential: .password(parts.password ?? ""), folder: parts.path.isEmpty ? "INBOX" : parts.path)
        var isVerified = true
        for (name, value) in parts.options {
            switch (name, value) {
            case ("tls", "required"): security = isImplicit ? .implicit : .startTLS
            case ("tls", "off") where !isImplicit && isLoopback: security = .none
            case ("ca", _) where !value.isEmpty: trust = .certificates(pemFile: value)
            case ("verify", "off") where isLoopback: isVerified = false
            case ("token_file", _) where value.utf8.first == UInt8(ascii: "/") && parts.password == nil: credential = .tokenFile(value)
            case ("since", "all"): since = .always
            case ("since", _):
                guard let day = IMAPDay(value) else { return nil }
                since = .day(day)
            default: return nil
            }
        }
        guard credential != .password("") else { return nil }
        if trust == .systemRoots, isLoopback, !isVerified || security == .startTLSIfOffered { trust = .anyCertificate }
    }
}

extension IMAPServerAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address for logs and pages: no password.
    public var description: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(security == .implicit ? "imaps" : "imap")://\(user)@\(name):\(port)/\(folder)"
    }

    public var debugDescription: String { description }

    /// Neither does `dump` show the password.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}

/// A day as IMAP searches for it, in the server's own time zone.
public struct IMAPDay: Sendable, Equatable, CustomStringConvertible {
    /// 1970 to 9999, 1 to 12, 1 to 31.
    public let year, month, day: Int

    public init?(year: Int, month: Int, day: Int) {
        guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2026-11-01`.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(ASCII.isDigit) }) else { return nil }
        let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    public var description: String {
        let (month, day) = (month < 10 ? "0\(month)" : "\(month)", day < 10 ? "0\(day)" : "\(day)")
        return "\(year)-\(month)-\(day)"
    }

    /// `1-Nov-2026` (RFC 9051, `date`).
    var searchText: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(day)-\(months[month - 1])-\(year)"
    }
}
