import Foundation
import NIOCore

/// An IPv4 or IPv6 address as bytes. An IPv4 address that came mapped into IPv6 (`::ffff:1.2.3.4`) is the IPv4 address.
struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16.
    let bytes: [UInt8]

    init?(_ text: String) {
        // inet_pton reads up to a NUL and knows no zones: both must not make two texts one address.
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            bytes = Self.unmapped(withUnsafeBytes(of: &sixteen) { Array($0) })
        } else {
            return nil
        }
    }

    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        // A link-local peer comes with its zone: "fe80::1%eth0".
        self.init(String(decoding: text.utf8.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self))
    }

    /// The usual text form, IPv6 as RFC 5952 writes it.
    var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What one household or one server has: an IPv4 address itself, of IPv6 the first 64 bits. For limits per sender.
    var network: IPAddress { bytes.count == 4 ? self : IPAddress(bytes: bytes.prefix(8) + [UInt8](repeating: 0, count: 8)) }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private static func unmapped(_ bytes: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: prefix) ? Array(bytes.suffix(4)) : bytes
    }
}

/// A network in CIDR notation, such as `10.0.0.0/8` or `::1`.
struct IPNetwork: Hashable, Sendable {
    private let address: IPAddress
    private let prefixBits: Int

    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        guard let address = IPAddress(String(decoding: first, as: UTF8.self)) else { return nil }
        let width = address.bytes.count * 8
        let bits = parts.count == 2 ? Int(String(decoding: parts[1], as: UTF8.self)) : width
        guard let bits, (0...width).contains(bits) else { return nil }
        self.address = address
        self.prefixBits = bits
    }

    /// Networks separated by commas, empty for none; nil if one of them is none.
    static func list(_ text: String) -> [IPNetwork]? {
        let items = text.split(separator: ",").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        let networks = items.compactMap(IPNetwork.init)
        return networks.count == items.count ? networks : nil
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return zip(address.bytes, other.bytes).enumerated().allSatisfy { index, pair in
            let bits = min(8, max(0, prefixBits - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
