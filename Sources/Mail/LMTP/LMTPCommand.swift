/// A command line of an LMTP client, understood (RFC 2033, with the syntax of RFC 5321 section 4.1).
enum LMTPCommand: Equatable {
    case hello(name: String)
    case mail(from: String, LMTPMailParameters)
    case recipient(String)
    case data, reset, noop, verify, quit, startTLS
    /// Wrong, unknown or not for us; the reply says why.
    case refused(SMTPReply)

    /// - Parameter line: without the line end.
    init(_ line: some BidirectionalCollection<UInt8>) {
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: line, as: UTF8.self) else {
            self = .refused(SMTPReply(code: 500, enhanced: "5.5.2", text: "Control characters or malformed UTF-8"))
            return
        }
        let bytes = Array(text.utf8)
        let verb = bytes.prefix { $0 != UInt8(ascii: " ") }
        var rest = bytes[verb.endIndex...].trimmingSpaces()
        switch String(decoding: verb, as: UTF8.self).uppercased() {
        case "LHLO":
            let isName = !rest.isEmpty && rest.allSatisfy { $0 > 0x20 }
            self = isName ? .hello(name: String(decoding: rest, as: UTF8.self)) : .refused(.syntax("LHLO needs a name"))
        case "HELO", "EHLO":
            self = .refused(SMTPReply(code: 500, enhanced: "5.5.1", text: "This is LMTP: say LHLO"))
        case "MAIL": self = rest.removeKeyword("FROM:") ? Self.mail(rest) : .refused(.syntax("MAIL FROM:<address>"))
        case "RCPT": self = rest.removeKeyword("TO:") ? Self.recipient(rest) : .refused(.syntax("RCPT TO:<address>"))
        case "DATA": self = Self.bare(.data, rest)
        case "RSET": self = Self.bare(.reset, rest)
        case "QUIT": self = Self.bare(.quit, rest)
        case "STARTTLS": self = Self.bare(.startTLS, rest)
        case "NOOP": self = .noop
        case "VRFY": self = .verify
        default: self = .refused(SMTPReply(code: 500, enhanced: "5.5.1", text: "Unknown command"))
        }
    }

    private static func bare(_ command: LMTPCommand, _ rest: ArraySlice<UInt8>) -> LMTPCommand {
        rest.isEmpty ? command : .refused(.syntax("No parameters here"))
    }

    private static func mail(_ text: ArraySlice<UInt8>) -> LMTPCommand {
        var rest = text
        guard let sender = rest.removePath() else { return .refused(.syntax("MAIL FROM:<address>")) }
        var parameters = LMTPMailParameters()
        for word in rest.split(separator: UInt8(ascii: " ")) {
            if let refusal = parameters.take(word) { return .refused(refusal) }
        }
        guard parameters.isSMTPUTF8 || sender.utf8.allSatisfy({ $0 < 0x80 }) else { return .refused(.needsSMTPUTF8) }
        return .mail(from: sender, parameters)
    }

    /// Whether UTF-8 is allowed in the address depends on MAIL, so that is checked by the session.
    private static func recipient(_ text: ArraySlice<UInt8>) -> LMTPCommand {
        var rest = text
        guard let address = rest.removePath(), !address.isEmpty else { return .refused(.syntax("RCPT TO:<address>")) }
        guard rest.isEmpty else { return .refused(.unknownParameter) }
        return .recipient(address)
    }
}

/// What follows the sender's address.
struct LMTPMailParameters: Equatable {
    var sizeBytes: Int?
    var isEightBit = false
    var isSMTPUTF8 = false

    /// Takes in one parameter; returns a refusal if it is none we offered.
    mutating func take(_ word: ArraySlice<UInt8>) -> SMTPReply? {
        let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self).uppercased() : nil
        switch (String(decoding: parts[0], as: UTF8.self).uppercased(), value) {
        case ("SIZE", let digits?):
            // RFC 1870 section 4: up to 20 digits. What does not fit into an Int does not fit into memory either.
            guard (1...20).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return .syntax("SIZE is a number")
            }
            sizeBytes = Int(digits) ?? .max
        case ("BODY", "8BITMIME"): isEightBit = true
        case ("BODY", "7BIT"): isEightBit = false
        case ("SMTPUTF8", nil): isSMTPUTF8 = true
        default: return .unknownParameter
        }
        return nil
    }
}

extension SMTPReply {
    static func syntax(_ text: String) -> SMTPReply { SMTPReply(code: 501, enhanced: "5.5.4", text: text) }
    static let unknownParameter = SMTPReply(code: 555, enhanced: "5.5.4", text: "Unknown parameter")
    static let needsSMTPUTF8 = SMTPReply(code: 553, enhanced: "5.6.7", text: "This address needs SMTPUTF8")
}

extension ArraySlice<UInt8> {
    fileprivate func trimmingSpaces() -> ArraySlice<UInt8> {
        var slice = drop { $0 == UInt8(ascii: " ") }
        while slice.last == UInt8(ascii: " ") { slice.removeLast() }
        return slice
    }

    fileprivate mutating func removeKeyword(_ keyword: String) -> Bool {
        guard String(decoding: prefix(keyword.utf8.count), as: UTF8.self).uppercased() == keyword else { return false }
        self = dropFirst(keyword.utf8.count).trimmingSpaces()
        return true
    }

    /// Takes `<address>` off the front, without a source route `@relay,@relay:` (RFC 5321 appendix C says to ignore it). Brackets
    /// within a quoted local part belong to the address. Nil if there is no such thing, or something other than a space behind it.
    fileprivate mutating func removePath() -> String? {
        guard first == UInt8(ascii: "<") else { return nil }
        var isQuoted = false
        var isEscaped = false
        var end: Int?
        for (index, byte) in zip(indices, self).dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if !isQuoted {
                if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "<") { return nil }
                if byte == UInt8(ascii: ">") {
                    end = index
                    break
                }
            }
        }
        guard let end else { return nil }
        var address = self[(startIndex + 1)..<end]
        let tail = self[(end + 1)...]
        guard tail.isEmpty || tail.first == UInt8(ascii: " ") else { return nil }
        if address.first == UInt8(ascii: "@") {
            guard let colon = address.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            address = address[(colon + 1)...]
        }
        self = tail.trimmingSpaces()
        return String(decoding: address, as: UTF8.self)
    }
}
