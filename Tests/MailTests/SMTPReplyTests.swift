import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct SMTPReplyTests {
    private func parse(_ text: String, pieces: Int = .max) throws -> [SMTPReply] {
        var parser = SMTPReplyParser()
        var replies: [SMTPReply] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try parser.feed(rest.prefix(pieces)) { replies.append($0) }
            rest = rest.dropFirst(pieces)
        }
        return replies
    }

    @Test(
        arguments: [
            ("250 ok\r\n", 250, nil, "ok"),
            ("250\r\n", 250, nil, ""),
            ("250 \r\n", 250, nil, ""),
            ("550 5.1.1 no such mailbox\r\n", 550, "5.1.1", "no such mailbox"),
            ("550-5.1.1 no such\r\n550 5.1.1 mailbox\r\n", 550, "5.1.1", "no such\nmailbox"),
            ("250 2.0.0\n", 250, "2.0.0", ""),
            ("550 4.1.1 class and code differ\r\n", 550, nil, "4.1.1 class and code differ"),
            ("250 1.2.3.4 is your address\r\n", 250, nil, "1.2.3.4 is your address"),
            ("451 a\u{1B}[31mred\u{0}\r\n", 451, nil, "a [31mred "),
        ] as [(String, Int, String?, String)])
    func `a reply is read whole and byte by byte`(wire: String, code: Int, enhanced: String?, text: String) throws {
        let expected = SMTPReply(code: code, enhanced: enhanced, text: text)
        #expect(try parse(wire) == [expected])
        #expect(try parse(wire, pieces: 1) == [expected])
    }

    @Test func `replies that arrive together are told apart`() throws {
        #expect(try parse("250 a\r\n354 b\r\n250-c\r\n250 d\r\n").map(\.code) == [250, 354, 250])
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n", "25 ok\r\n", "2500 ok\r\n", "\r\n", "150 ok\r\n", "650 ok\r\n", "250-a\r\n251 b\r\n"])
    func `what is no reply ends the conversation`(wire: String) {
        #expect(throws: SMTPReplyParser.Malformed.self) { try parse(wire) }
    }

    @Test func `lines and replies have a limit`() throws {
        #expect(throws: SMTPReplyParser.Malformed.self) { try parse("250 " + String(repeating: "a", count: 5000)) }
        #expect(throws: SMTPReplyParser.Malformed.self) { try parse(String(repeating: "250-a\r\n", count: 101)) }
        #expect(try parse(String(repeating: "250-a\r\n", count: 99) + "250 a\r\n").count == 1)
    }

    @Test func `replies before something malformed are still delivered`() {
        var parser = SMTPReplyParser()
        var replies: [SMTPReply] = []
        #expect(throws: SMTPReplyParser.Malformed.self) { try parser.feed("250 taken\r\nnonsense\r\n".utf8) { replies.append($0) } }
        #expect(replies.map(\.text) == ["taken"])
    }

    @Test func `a reply is written with its codes on every line and cannot be broken up by its text`() {
        let reply = SMTPReply(code: 550, enhanced: "5.7.1", text: "first\nsecond\r\n250 forged")
        #expect(String(decoding: reply.wireBytes, as: UTF8.self) == "550-5.7.1 first\r\n550-5.7.1 second \r\n550 5.7.1 250 forged\r\n")
        #expect(reply.description == "550 5.7.1 first second  250 forged")
    }

    @Test func `extensions are read from any spelling`() {
        let reply = SMTPReply(code: 250, text: "mx.example greets PIPELINING\n8bitmime\nsize 1000\nAuth login PLAIN\nStartTLS\nX-OTHER")
        let extensions = SMTPExtensions(reply)
        #expect(extensions.eightBitMIME && extensions.startTLS && !extensions.pipelining && !extensions.dsn)
        #expect(extensions.sizeLimitBytes == 1000)
        #expect(extensions.authentication == ["LOGIN", "PLAIN"])
        #expect(SMTPExtensions(SMTPReply(code: 250, text: "mx\nSIZE 0")).sizeLimitBytes == nil)
    }
}
