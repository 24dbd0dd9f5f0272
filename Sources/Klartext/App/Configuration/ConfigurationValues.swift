import Foundation

/// A host and a port, as in `127.0.0.1:8080`, `[::1]:8080` or `desk.example:80`.
struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// A name or an address, without the brackets of IPv6.
    let host: String
    /// 0 to 65535; 0 lets the system choose a free port.
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port`, or nil. An IPv6 address needs brackets, as in a URL (RFC 3986, section 3.2.2).
    init?(_ text: String) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let portText = text[text.index(after: colon)...]
        guard !portText.isEmpty, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(portText), port <= 65535
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard IPAddress(String(host))?.bytes.count == 16 else { return nil }
        } else {
            guard Configuration.isHostName(String(host)) else { return nil }
        }
        self.init(host: String(host), port: port)
    }

    var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The address that customers write to and that our mails come from.
struct SupportAddress: Sendable, Equatable, CustomStringConvertible {
    /// Display name, or empty.
    let name: String
    /// `support` in `support@nordlicht.example`.
    let localPart: String
    /// `nordlicht.example`, in lower case.
    let domain: String

    /// `support@nordlicht.example`.
    var address: String { "\(localPart)@\(domain)" }

    /// Reads `a@b` or `Name <a@b>`, or nil.
    ///
    /// The local part is a dot-atom of RFC 5322, section 3.2.3, of at most 40 bytes: a reply token is added to it and the
    /// whole may have 64 (RFC 5321, section 4.5.3.1.1). It holds no `+`, which separates the token.
    init?(_ text: String) {
        var name = ""
        var address = text.trimmingCharacters(in: .whitespaces)
        if address.hasSuffix(">"), let open = address.lastIndex(of: "<") {
            name = address[..<open].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
            address = String(address[address.index(after: open)...].dropLast())
        }
        let halves = address.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, (1...40).contains(halves[0].utf8.count), !Configuration.hasControlCharacter(name),
            halves[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ atom in
                !atom.isEmpty && atom.utf8.allSatisfy(isAtomByte)
            }),
            Configuration.isHostName(String(halves[1]))
        else { return nil }
        self.name = name
        localPart = String(halves[0])
        domain = halves[1].lowercased()
    }

    var description: String { name.isEmpty ? address : "\(name) <\(address)>" }

    /// A name for the company when nobody gave one: the label before the public ending, `Nordlicht` for
    /// `support.nordlicht.example` and for `nordlicht.co.uk`.
    var companyGuess: String {
        var labels = domain.split(separator: ".")
        if labels.count > 1 { labels.removeLast() }
        if labels.count > 1, let last = labels.last, last.utf8.count <= 3 { labels.removeLast() }
        let label = labels.last ?? ""
        return label.prefix(1).uppercased() + label.dropFirst()
    }
}

/// The characters of an atom (RFC 5322, section 3.2.3) without `+`.
private func isAtomByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*-/=?^_`{|}~".utf8.contains(byte)
    }
}

/// By which secret a telephone system tells us of calls.
enum CallsSetting: Sendable, Equatable {
    /// One that follows from the instance key.
    case derived
    case chosen(CallSecret)

    init?(_ text: String) {
        if text == "derived" {
            self = .derived
        } else if let secret = CallSecret(chosen: text) {
            self = .chosen(secret)
        } else {
            return nil
        }
    }

    func secret(_ seal: Seal) -> CallSecret {
        switch self {
        case .derived: CallSecret(seal: seal)
        case .chosen(let secret): secret
        }
    }
}
