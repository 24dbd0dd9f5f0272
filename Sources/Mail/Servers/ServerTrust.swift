import NIOCore
import NIOSSL

/// When a conversation with a server is put under TLS.
public enum ServerSecurity: Sendable {
    case none, startTLS, startTLSIfOffered
    /// From the first byte (RFC 8314).
    case implicit
}

/// Which certificates of a server are believed.
public enum ServerTrust: Sendable, Equatable {
    case systemRoots
    /// Path of a PEM file with the root certificates.
    case certificates(pemFile: String)
    /// Any certificate: for development on the loopback interface.
    case anyCertificate
}

extension ServerTrust {
    /// TLS 1.2 at least (RFC 8997). Reads files.
    func makeContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        switch self {
        case .systemRoots: break
        case .certificates(let file): configuration.trustRoots = .file(file)
        case .anyCertificate: configuration.certificateVerification = .none
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// SNI knows names only (RFC 6066 section 3); for an address the certificate is compared with the address of the peer.
    static func handler(_ context: NIOSSLContext, host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }

    /// Whether a host is this machine, by name or address: nobody can listen in between.
    static func isLoopback(_ host: String) -> Bool {
        let name = ASCII.lowercased(host)
        let isDotted = name.utf8.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
        return name == "localhost" || name == "::1" || (name.utf8.starts(with: "127.".utf8) && isDotted)
    }
}
