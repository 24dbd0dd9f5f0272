/// A mail server that delivers: by SMTP (RFC 5321) to Postfix, by LMTP (RFC 2033) to Klartext. Used by one task.
final class Postman {
    enum Language: String { case smtp = "EHLO", lmtp = "LHLO" }

    /// What a server says when it does not go on.
    struct Refused: Error, CustomStringConvertible {
        var command: String
        var reply: String
        var description: String { "\(command): \(reply)" }
    }

    let wire: Wire

    /// Connects and greets.
    init(_ language: Language, port: Int) async throws {
        wire = try await Wire(port: port)
        try await expect("220", after: "connecting")
        try await say("\(language.rawValue) mx.kunde.example", expecting: "250")
    }

    /// Delivers one mail to one recipient.
    /// - Returns: the reply after the mail.
    @discardableResult func deliver(_ mail: [UInt8], from sender: String, to recipient: String) async throws -> String {
        try await begin(from: sender, to: recipient)
        try await wire.send(mail + Array("\r\n.\r\n".utf8))
        return try await expect("250", after: "the mail")
    }

    /// Everything up to the point where the mail itself is asked for.
    func begin(from sender: String, to recipient: String) async throws {
        try await say("MAIL FROM:<\(sender)>", expecting: "250")
        try await say("RCPT TO:<\(recipient)>", expecting: "250")
        try await say("DATA", expecting: "354")
    }

    /// Reads one reply.
    /// - Returns: its last line.
    @discardableResult func expect(_ code: String, after command: String) async throws -> String {
        var line = try await wire.line()
        while line.utf8.dropFirst(3).first == UInt8(ascii: "-") { line = try await wire.line() }
        guard line.hasPrefix(code) else { throw Refused(command: command, reply: line) }
        return line
    }

    private func say(_ command: String, expecting code: String) async throws {
        try await wire.send(command + "\r\n")
        try await expect(code, after: command)
    }
}

extension Postman {
    /// A mail as a customer's program writes it. No line of it begins with a dot.
    static func mail(from sender: String, to recipient: String = "hilfe@nordlicht.example", subject: String, id: String, text: String)
        -> [UInt8]
    {
        let head = [
            "From: \(sender)", "To: \(recipient)", "Subject: \(subject)", "Message-ID: <\(id)>", "Date: Mon, 23 Nov 2026 09:12:00 +0100",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        ]
        return Array((head + ["", text]).joined(separator: "\r\n").utf8)
    }
}
