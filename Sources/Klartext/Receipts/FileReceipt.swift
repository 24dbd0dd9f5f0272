import Foundation

/// What we confirm of one file: that we received it, for which ticket, and when. docs/formats/receipt.md says how it is written and signed.
struct FileReceipt: Sendable, Equatable {
    /// Who received it, as customers know us.
    var company: String
    /// The instance's public address, without a slash at its end.
    var url: String
    /// The ticket's number as it was then, `100-014`.
    var ticket: String
    var fileName: String
    var sizeBytes: Int
    /// 64 hexadecimal digits, lower case.
    var sha256: String
    /// To the millisecond.
    var receivedAt: Date
    /// Which key signs it: 16 hexadecimal digits.
    var key: String

    static let format = "klartext-receipt/1"
    static let signatureBytes = 64

    /// All that is signed.
    var content: FlatJSON.Object {
        [
            "company": .text(company), "fileName": .text(fileName), "format": .text(Self.format), "key": .text(key),
            "receivedAt": .text(ReceiptTime.text(receivedAt)), "sha256": .text(sha256), "sizeBytes": .number(sizeBytes),
            "ticket": .text(ticket), "url": .text(url),
        ]
    }

    /// How the receipt is called as a file.
    var documentName: String { "\(fileName).receipt.json" }

    /// The bytes that are signed.
    var signedBytes: [UInt8] { FlatJSON.canonical(content) }

    /// - Throws: `ReceiptProblem` for anything that is not exactly the content of a receipt.
    init(content: FlatJSON.Object) throws(ReceiptProblem) {
        guard let format = content["format"]?.text, format.hasPrefix("klartext-receipt/") else { throw .notAReceipt }
        guard format == Self.format else { throw .otherFormat(format) }
        func text(_ name: String) throws(ReceiptProblem) -> String {
            guard let text = content[name]?.text, !text.isEmpty else { throw .badMember(name) }
            return text
        }
        (company, url, ticket) = (try text("company"), try text("url"), try text("ticket"))
        (fileName, sha256, key) = (try text("fileName"), try text("sha256"), try text("key"))
        guard Self.isHexadecimal(sha256, digits: 64) else { throw .badMember("sha256") }
        guard Self.isHexadecimal(key, digits: 16) else { throw .badMember("key") }
        guard let size = content["sizeBytes"]?.number else { throw .badMember("sizeBytes") }
        guard let time = ReceiptTime.date(try text("receivedAt")) else { throw .badMember("receivedAt") }
        (sizeBytes, receivedAt) = (size, time)
        // Whatever else stood there was signed by somebody, and shown to nobody.
        guard content == self.content else { throw .badMember(content.keys.sorted().first { self.content[$0] != content[$0] } ?? "format") }
    }

    init(
        company: String, url: String, ticket: String, fileName: String, sizeBytes: Int, sha256: String, receivedAt: Date, key: String
    ) {
        (self.company, self.url, self.ticket, self.fileName) = (company, url, ticket, fileName)
        (self.sizeBytes, self.sha256, self.receivedAt, self.key) = (sizeBytes, sha256, receivedAt, key)
    }

    static func isHexadecimal(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// Why a text is no receipt.
enum ReceiptProblem: Error, Equatable, Sendable {
    case empty
    /// No JSON, or not of one level.
    case notJSON
    /// JSON, but of something else.
    case notAReceipt
    /// A receipt of a later version.
    case otherFormat(String)
    /// A member is missing, has another form, or does not belong there.
    case badMember(String)
}

/// A receipt with its signature: what a customer keeps.
struct SignedReceipt: Sendable, Equatable {
    var receipt: FileReceipt
    /// Ed25519 (RFC 8032), 64 bytes.
    var signature: [UInt8]

    /// The whole receipt as a file's content: canonical JSON, the signature one of its members.
    var document: [UInt8] {
        var content = receipt.content
        content["signature"] = .text(Data(signature).base64EncodedString())
        return FlatJSON.canonical(content)
    }

    init(receipt: FileReceipt, signature: [UInt8]) { (self.receipt, self.signature) = (receipt, signature) }

    /// Reads a receipt, however its JSON was spaced and ordered since. Says nothing of whether the signature is genuine.
    init(_ document: some Collection<UInt8>) throws(ReceiptProblem) {
        guard document.contains(where: { $0 > 0x20 }) else { throw .empty }
        guard var content = FlatJSON.read(document) else { throw .notJSON }
        let signature = content.removeValue(forKey: "signature")
        receipt = try FileReceipt(content: content)
        // One spelling only: what is not exactly what we write is refused.
        guard let text = signature?.text, let bytes = Data(base64Encoded: text), bytes.base64EncodedString() == text,
            bytes.count == FileReceipt.signatureBytes
        else { throw .badMember("signature") }
        self.signature = Array(bytes)
    }
}

/// A moment as receipts write it: `2026-11-23T08:12:30.123Z` (RFC 3339), always UTC, always three digits behind the full stop.
enum ReceiptTime {
    static func text(_ date: Date) -> String {
        let milliseconds = milliseconds(date)
        let time = CivilTime(secondsSinceEpoch: milliseconds.dividedDown(by: 1000))
        let day = "\(digits(time.year, 4))-\(digits(time.month, 2))-\(digits(time.day, 2))"
        let clock = "\(digits(time.hour, 2)):\(digits(time.minute, 2)):\(digits(time.second, 2))"
        return "\(day)T\(clock).\(digits(milliseconds - milliseconds.dividedDown(by: 1000) * 1000, 3))Z"
    }

    /// nil for anything that `text` does not write.
    static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let time = CivilTime(
            year: number(0..<4), month: number(5..<7), day: number(8..<10), hour: number(11..<13), minute: number(14..<16),
            second: number(17..<19))
        guard (1...12).contains(time.month), (1...31).contains(time.day) else { return nil }
        let date = Date(timeIntervalSince1970: Double(time.secondsSinceEpoch) + Double(number(20..<23)) / 1000)
        return self.text(date).utf8.elementsEqual(bytes) ? date : nil
    }

    private static func milliseconds(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1000).rounded()) }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
