/// Whom a letter is from and for, as told to the server: not necessarily what its header says (RFC 5321 section 2.3.1).
public struct Envelope: Sendable, Equatable {
    /// Where bounces go; empty for mail that must never be answered by a machine (RFC 5321 section 4.5.5, RFC 3834 section 3.3).
    public var from: String
    /// The recipients, at least one.
    public var to: [String]
    /// The letter's header holds UTF-8, so the server must know SMTPUTF8 (RFC 6531). Not needed for addresses: those are looked at.
    public var needsSMTPUTF8: Bool
    /// A name for this sending that comes back in delivery reports (ENVID, RFC 3461 section 4.4), at most 100 bytes once encoded.
    public var envelopeID: String?
    /// Asks for reports of delivery, delay and failure with the header only (RFC 3461), where the server offers DSN and `from` is not empty.
    public var requestsDeliveryReports: Bool

    public init(
        from: String, to: [String], needsSMTPUTF8: Bool = false, envelopeID: String? = nil, requestsDeliveryReports: Bool = false
    ) {
        self.from = from
        self.to = to
        self.needsSMTPUTF8 = needsSMTPUTF8
        self.envelopeID = envelopeID
        self.requestsDeliveryReports = requestsDeliveryReports
    }
}

/// What a letter's bytes ask of a server, found in one pass.
struct SMTPContent {
    /// The size once every line ends with CRLF, without stuffed dots: what SIZE means (RFC 1870 section 3).
    private(set) var sizeBytes = 0
    private(set) var isEightBit = false

    init(_ bytes: [UInt8]) {
        var previous: UInt8 = 10
        var lineBreaks = 0
        var ends = 0
        for byte in bytes {
            isEightBit = isEightBit || byte >= 0x80
            if byte == 13 || byte == 10 { ends += 1 }
            if byte == 13 || (byte == 10 && previous != 13) { lineBreaks += 1 }
            previous = byte
        }
        let hasOpenEnd = !bytes.isEmpty && previous != 10 && previous != 13
        sizeBytes = bytes.count - ends + 2 * (lineBreaks + (hasOpenEnd ? 1 : 0))
    }
}

extension Envelope {
    /// The commands for this envelope, without line ends.
    ///
    /// - Throws: ``SMTPFailure/unsupported(_:)`` when the envelope is malformed or the server lacks what the letter needs.
    func commands(for content: SMTPContent, server: SMTPExtensions) throws(SMTPFailure) -> (mail: String, recipients: [String]) {
        guard !to.isEmpty, to.allSatisfy({ !$0.isEmpty }) else { throw .unsupported("a letter without recipient") }
        guard Self.isSafePath(from), to.allSatisfy(Self.isSafePath) else { throw .unsupported("a malformed address") }
        let utf8 = needsSMTPUTF8 || !([from] + to).allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        if utf8, !server.smtpUTF8 { throw .unsupported("SMTPUTF8") }
        if content.isEightBit, !server.eightBitMIME { throw .unsupported("8BITMIME") }
        if let limit = server.sizeLimitBytes, content.sizeBytes > limit {
            throw .unsupported("a letter of \(content.sizeBytes) bytes where the limit is \(limit)")
        }
        let reports = requestsDeliveryReports && server.dsn && !from.isEmpty
        var mail = "MAIL FROM:<\(from)>"
        if server.size { mail += " SIZE=\(content.sizeBytes)" }
        if content.isEightBit || (utf8 && server.eightBitMIME) { mail += " BODY=8BITMIME" }
        if utf8 { mail += " SMTPUTF8" }
        if reports {
            mail += " RET=HDRS"
            if let id = envelopeID.map(Self.xtext), (1...100).contains(id.utf8.count) { mail += " ENVID=\(id)" }
        }
        return (mail, to.map { "RCPT TO:<\($0)>" + (reports ? Self.notify($0) : "") })
    }

    /// ORCPT is left out for addresses beyond ASCII, whose encoding (RFC 6533) few reporters understand.
    private static func notify(_ address: String) -> String {
        let original = address.utf8.allSatisfy { $0 < 0x80 } ? " ORCPT=rfc822;\(xtext(address))" : ""
        return " NOTIFY=SUCCESS,DELAY,FAILURE" + original
    }

    /// RFC 3461 section 4: everything but printable ASCII, and `+` and `=`, as `+XX`.
    static func xtext(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "+"), byte != UInt8(ascii: "=") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "+0\(digits)" : "+\(digits)"
            }
        }
    }

    /// Whether an address can stand between `<` and `>` without ending there, or the command: no control characters anywhere, and
    /// spaces and angle brackets only within a quoted local part. Longer paths than 512 bytes are no addresses (RFC 5321: 256).
    static func isSafePath(_ address: String) -> Bool {
        guard address.utf8.count <= 512 else { return false }
        var isQuoted = false
        var isEscaped = false
        for byte in address.utf8 {
            if byte < 0x20 || byte == 0x7F { return false }
            if isEscaped {
                isEscaped = false
                continue
            }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\\") {
                guard isQuoted else { return false }
                isEscaped = true
            }
            let needsQuotes = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            if needsQuotes, !isQuoted { return false }
        }
        return !isQuoted && !isEscaped
    }
}
