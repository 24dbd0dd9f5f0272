import Foundation

/// A value that may be left out on purpose, which is not the same as one that could not be read.
struct Voluntary<Value> {
    let value: Value?
}

/// How the text of one value becomes the value, or nil where it cannot.
extension Configuration {
    static func orEmpty<Value>(_ parse: @escaping (String) -> Value?) -> (String) -> Voluntary<Value>? {
        { text in text.isEmpty ? Voluntary(value: nil) : parse(text).map { Voluntary(value: $0) } }
    }

    static func nonEmpty(_ text: String) -> String? {
        text.trimmingCharacters(in: .whitespaces).isEmpty || hasControlCharacter(text) ? nil : text
    }

    static func number(_ range: ClosedRange<Int>) -> (String) -> Int? {
        { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    /// A name of the IANA database. Foundation would also read abbreviations such as `CET`, which know no summer.
    static func timeZone(_ text: String) -> TimeZone? {
        guard text == "UTC" || text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return TimeZone(identifier: text)
    }

    /// Reads a base URL and writes it in its one form: scheme, host and port, nothing behind.
    static func baseURL(_ text: String) -> String? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = parts.encodedHost?.lowercased(), !host.isEmpty, Endpoint("\(host):\(parts.port ?? 80)") != nil,
            parts.user == nil, parts.password == nil, parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil
        else { return nil }
        return "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }

    /// The same with a path, which may hold letters, digits and `-._~` between its slashes.
    static func pageURL(_ text: String) -> String? {
        guard var parts = URLComponents(string: text) else { return nil }
        let path = parts.percentEncodedPath.split(separator: "/")
        let isPlain = path.allSatisfy { part in
            part != "." && part != ".."
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || "-._~".utf8.contains(byte)
                }
        }
        parts.path = ""
        guard isPlain, let base = parts.string.flatMap(baseURL) else { return nil }
        return ([Substring(base)] + path).joined(separator: "/")
    }

    /// How a browser on this machine reaches the address that we listen on.
    static func localURL(_ listen: Endpoint) -> String {
        let isWildcard = listen.host == "0.0.0.0" || listen.host == "::"
        return "http://\(isWildcard ? Endpoint(host: "localhost", port: listen.port) : listen)"
    }

    /// The address that goes with a public URL; a machine without a name of its own has no mail from outside anyway.
    static func supportAddress(_ url: String) -> String {
        let host = URLComponents(string: url)?.host ?? ""
        return "support@" + (host.hasPrefix("[") || IPAddress(host) != nil ? "localhost" : host)
    }

    /// Whether the text is a host name or an IPv4 address: labels of letters, digits and inner hyphens (RFC 1123, section 2.1).
    static func isHostName(_ text: String) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let bytes = Array(label.utf8)
            guard (1...63).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
            return bytes.allSatisfy { byte in
                byte == 0x2D || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            }
        }
    }

    /// Whether a C0 control or DEL is among the scalars: such a value could break a line of a protocol.
    static func hasControlCharacter(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
