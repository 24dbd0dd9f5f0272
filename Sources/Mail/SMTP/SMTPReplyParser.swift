/// Puts replies together from whatever pieces the network delivers.
///
/// A line longer than ``maxLineBytes``, a reply of more than ``maxLines`` lines, or a line that does not start with a code ends the
/// conversation: after that nobody can say which reply belongs to which command.
struct SMTPReplyParser {
    /// RFC 5321 section 4.5.3.1.5 says 512; servers with long policy texts and addresses send more.
    static let maxLineBytes = 4096
    /// EHLO replies of large providers have about 15 lines.
    static let maxLines = 100

    struct Malformed: Error { let reason: String }

    private var line: [UInt8] = []
    private var code = 0
    private var enhanced: String?
    private var texts: [String] = []

    /// Nothing is half read. Asked before TLS starts: what arrived in the clear must not be taken for part of the first secure reply.
    var isEmpty: Bool { line.isEmpty && texts.isEmpty }

    /// Takes in some bytes and hands over each reply as soon as it is complete, also those before something malformed.
    mutating func feed(_ bytes: some Sequence<UInt8>, each take: (SMTPReply) -> Void) throws(Malformed) {
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                guard line.count < Self.maxLineBytes else { throw Malformed(reason: "a reply line is too long") }
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let reply = try endOfLine() { take(reply) }
            line.removeAll(keepingCapacity: true)
        }
    }

    private mutating func endOfLine() throws(Malformed) -> SMTPReply? {
        guard let lineCode = Self.code(line) else { throw Malformed(reason: "not an SMTP reply: \(Self.excerpt(line))") }
        guard texts.isEmpty || lineCode == code else { throw Malformed(reason: "the lines of a reply have different codes") }
        guard texts.count < Self.maxLines else { throw Malformed(reason: "a reply has too many lines") }
        let isLast = line.count == 3 || line[3] == UInt8(ascii: " ")
        var rest = line.dropFirst(4)
        if let status = Self.enhancedCode(rest, class: lineCode / 100) {
            rest = rest.dropFirst(status.utf8.count + 1)
            enhanced = enhanced ?? status
        }
        code = lineCode
        texts.append(String(decoding: rest, as: UTF8.self))
        guard isLast else { return nil }
        defer { (texts, enhanced) = ([], nil) }
        return SMTPReply(code: code, enhanced: enhanced, text: texts.joined(separator: "\n"))
    }

    /// The code of a line that is `ddd`, `ddd text` or `ddd-text`.
    private static func code(_ line: [UInt8]) -> Int? {
        guard line.count >= 3, line.count == 3 || line[3] == UInt8(ascii: " ") || line[3] == UInt8(ascii: "-") else { return nil }
        guard (0x32...0x35).contains(line[0]), (0x30...0x39).contains(line[1]), (0x30...0x39).contains(line[2]) else { return nil }
        return line.prefix(3).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    /// An enhanced code at the start, if its class agrees with the reply's (RFC 3463 section 2: `class.subject.detail`).
    private static func enhancedCode(_ text: ArraySlice<UInt8>, class first: Int) -> String? {
        let word = text.prefix { $0 != UInt8(ascii: " ") }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, Int(String(decoding: parts[0], as: UTF8.self)) == first else { return nil }
        guard parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    private static func excerpt(_ line: [UInt8]) -> String {
        SMTPReply(code: 500, text: String(decoding: line.prefix(60), as: UTF8.self)).text
    }
}
