import Foundation

/// Which addresses of the network a stranger may have us call: those of the public internet, and none that stands behind our own door.
struct WebhookGuard: Sendable {
    /// Networks that may be called all the same; for tests.
    var allowed: [IPNetwork] = []
    /// Certificates of authorities that are trusted beside the usual ones, as PEM; for tests.
    var trustedPEM: String?

    /// Not of the public internet (IANA special-purpose registries, RFC 6890): this host, private, shared, link-local with the metadata of clouds,
    /// documentation, benchmarking, multicast, reserved.
    private static let closed: [IPNetwork] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // within what is routed: protocol assignments with Teredo, documentation, addresses that carry an IPv4 address
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ].compactMap(IPNetwork.init)

    /// All that is routed in IPv6; the rest is loopback, link-local, unique local, mapped and translated IPv4, multicast.
    private static let routed = IPNetwork("2000::/3")

    func lets(_ address: IPAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if address.bytes.count == 16, Self.routed?.contains(address) != true { return false }
        return !Self.closed.contains { $0.contains(address) }
    }

    /// The address to call, of all that a name has: one bad one among them refuses the name, since nobody can tell which the next answer begins with.
    func choice(of addresses: [IPAddress]) -> IPAddress? { addresses.allSatisfy(lets) ? addresses.first : nil }
}
