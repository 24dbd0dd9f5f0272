/// Where letters are handed over: host, port, how it is secured, and who signs in.
///
/// As text it is a URL, everything in it percent-encoded where needed:
/// - `smtp://user:password@mail.example.org:587` uses STARTTLS if the server offers it. Without a port it is 587 with a user, else 25.
/// - `?tls=required` insists on STARTTLS, `?tls=off` never asks for it.
/// - `smtps://user:password@mail.example.org` is TLS from the first byte, port 465 (RFC 8314).
/// - `?ca=/etc/ssl/mail.pem` trusts the certificates of that file only.
///
/// Certificates are checked, with two exceptions on a loopback host, where nobody can listen in between: when STARTTLS is used only
/// because it is offered (local Postfix comes with a certificate of its own making), and with `?verify=off`.
public struct SMTPServerAddress: Sendable {
    public var host: String
    public var port: Int
    public var security: ServerSecurity
    public var user: String?
    public var password: String?
    public var trust: ServerTrust

    public init(
        host: String, port: Int, security: ServerSecurity, user: String? = nil, password: String? = nil, trust: ServerTrust = .systemRoots
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.trust = trust
    }

    /// Whether the host is this machine. Only there may a password travel without TLS.
    public var isLoopback: Bool { ServerTrust.isLoopback(host) }
}

extension SMTPServerAddress {
    /// Reads the URL form described above; nil when it is anything else, also for an unknown option: a misspelt `tls` must not go unseen.
    public init?(url: String) {
        guard let parts = ServerURL(url, schemes: ["smtp", "smtps"]), parts.path.isEmpty else { return nil }
        let isImplicit = parts.scheme == "smtps"
        let defaultPort = isImplicit ? 465 : parts.user == nil ? 25 : 587
        self.init(
            host: parts.host, port: parts.port ?? defaultPort, security: isImplicit ? .implicit : .startTLSIfOffered,
            user: parts.user, password: parts.password)
        var isVerified: Bool?
        for (name, value) in parts.options {
            switch (name, value) {
            case ("tls", "required"): security = isImplicit ? .implicit : .startTLS
            case ("tls", "off") where !isImplicit: security = .none
            case ("ca", _) where !value.isEmpty: trust = .certificates(pemFile: value)
            case ("verify", "off") where isLoopback: isVerified = false
            default: return nil
            }
        }
        if trust == .systemRoots, isLoopback, isVerified == false || security == .startTLSIfOffered { trust = .anyCertificate }
    }
}

extension SMTPServerAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address for logs: the password is three stars.
    public var description: String {
        let scheme = security == .implicit ? "smtps" : "smtp"
        let login = user.map { password == nil ? "\($0)@" : "\($0):***@" } ?? ""
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        let option =
            switch security {
            case .none: "?tls=off"
            case .startTLS: "?tls=required"
            case .startTLSIfOffered, .implicit: ""
            }
        return "\(scheme)://\(login)\(name):\(port)\(option)"
    }

    public var debugDescription: String { description }

    /// Neither does `dump` show the password.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
