/// The parts of a server's URL such as `smtp://user:password@host:587?tls=required` (RFC 3986), taken apart as bytes.
struct ServerURL {
    var scheme: String
    var user: String?
    var password: String?
    var host = ""
    var port: Int?
    /// What stands behind the host, without its slash; empty where nothing does.
    var path = ""
    var options: [(String, String)] = []

    /// - Parameter schemes: those that are taken, `smtp` and `smtps`.
    init?(_ text: String, schemes: [String]) {
        var rest = Array(text.utf8)[...]
        guard let prefix = schemes.map({ $0 + "://" }).first(where: { rest.starts(with: $0.utf8) }) else { return nil }
        scheme = String(prefix.dropLast(3))
        rest = rest.dropFirst(prefix.utf8.count)
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard let options = Self.options(rest[(mark + 1)...]) else { return nil }
            self.options = options
            rest = rest[..<mark]
        }
        // The last @ ends the sign-in, so a slash in a password that nobody encoded is not taken for the path's.
        let at = rest.lastIndex(of: UInt8(ascii: "@"))
        if let slash = rest[(at ?? rest.startIndex)...].firstIndex(of: UInt8(ascii: "/")) {
            guard let path = Self.decoded(rest[(slash + 1)...]) else { return nil }
            self.path = path
            rest = rest[..<slash]
        }
        if let at {
            let login = rest[..<at].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = Self.decoded(login[0]), !user.isEmpty else { return nil }
            self.user = user
            if login.count == 2 {
                guard let password = Self.decoded(login[1]) else { return nil }
                self.password = password
            }
            rest = rest[(at + 1)...]
        }
        guard let (host, port) = Self.hostAndPort(rest) else { return nil }
        (self.host, self.port) = (host, port)
    }

    private static func hostAndPort(_ rest: ArraySlice<UInt8>) -> (host: String, port: Int?)? {
        let host: String
        var portDigits: ArraySlice<UInt8>?
        if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
            host = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
            let tail = rest[(end + 1)...]
            guard tail.isEmpty || tail.first == UInt8(ascii: ":") else { return nil }
            portDigits = tail.isEmpty ? nil : tail.dropFirst()
        } else {
            let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count) else { return nil }
            host = String(decoding: parts[0], as: UTF8.self)
            portDigits = parts.count == 2 ? parts[1] : nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy(isHostByte) else { return nil }
        guard let portDigits else { return (host, nil) }
        guard portDigits.allSatisfy(ASCII.isDigit), let port = Int(String(decoding: portDigits, as: UTF8.self)), (1...65535).contains(port)
        else { return nil }
        return (host, port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func options(_ query: ArraySlice<UInt8>) -> [(String, String)]? {
        var options: [(String, String)] = []
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = decoded(parts[0]), let value = decoded(parts[1]) else { return nil }
            options.append((name, value))
        }
        return options
    }

    /// Percent-decodes; nil for a stray `%`, for control characters (a NUL would end the password in AUTH PLAIN), and for bad UTF-8.
    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else { return nil }
            bytes.append(high << 4 | low)
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
