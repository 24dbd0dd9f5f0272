import Foundation

/// Where a webhook is called: `https://host[:port]/path?query`, and nothing else.
struct WebhookAddress: Sendable, Equatable {
    /// As it is called.
    let url: String
    /// A host name in lower case; never an IP address in numbers, since no certificate of the public web is for one.
    let host: String

    private static let mostBytes = 500

    /// - Returns: nil for everything that we would not call: another scheme, a user name, an address in numbers, anything but printable ASCII.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.mostBytes, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 }) else { return nil }
        guard let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https", parts.user == nil, parts.password == nil,
            parts.fragment == nil, let host = parts.host?.lowercased(), Self.isName(host)
        else { return nil }
        if let port = parts.port, !(1...65_535).contains(port) { return nil }
        (url, self.host) = (text, host)
    }

    /// A name with a dot in it whose last part begins with a letter: `localhost`, `127.1` and `0x7f.1` are none.
    private static func isName(_ host: String) -> Bool {
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, host.utf8.count <= 253, let last = labels.last?.first, isLetter(last) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63
                && label.allSatisfy { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x5F }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
