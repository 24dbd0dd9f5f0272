import Testing

@testable import Mail

/// Bytes in, responses out.
@Suite(.timeLimit(.minutes(1)))
struct IMAPResponseTests {
    private func responses(_ text: String, limits: IMAPLimits = IMAPLimits()) throws -> [IMAPResponse] {
        var parser = IMAPResponseParser(limits: limits)
        var all: [IMAPResponse] = []
        try parser.feed(Array(text.utf8)) { all.append($0) }
        return all
    }

    @Test(
        arguments: [
            ("* OK [UIDVALIDITY 77] UIDs valid", .status(IMAPStatus(.ok, Array("[UIDVALIDITY 77] UIDs valid".utf8)))),
            ("* ok hello", .status(IMAPStatus(.ok, Array("hello".utf8)))),
            ("* 23 EXISTS", .data(word: "EXISTS", number: 23)), ("* search", .data(word: "SEARCH", number: nil)),
            ("* 5 FETCH (UID 9)", .data(word: "FETCH", number: 5)),
            ("k7 NO [AUTHENTICATIONFAILED] no", .tagged("k7", IMAPStatus(.no, Array("[AUTHENTICATIONFAILED] no".utf8)))),
            ("+ idling", .continuation(text: "idling")), ("+", .continuation(text: "")), ("* BYE", .status(IMAPStatus(.bye, []))),
            ("", .unknown), ("*", .unknown), ("* 5", .unknown), ("HTTP/1.1 400 Bad", .unknown),
            ("* 99999999999 EXISTS", .data(word: "99999999999", number: nil)),
        ] as [(String, IMAPResponse.Kind)])
    func `a line says what it is`(line: String, kind: IMAPResponse.Kind) throws {
        #expect(try responses(line + "\r\n").map(\.kind) == [kind])
    }

    @Test func `values are read through literals, lists and quotes`() throws {
        let text =
            "* 1 FETCH (UID 7 FLAGS (\\Seen $X) BODY[HEADER.FIELDS (TO CC)] {5}\r\na)\r\n( X \"q\\\"\\\\\" Y NIL Z ~{0}\r\n BODY[]<0> \"\")\r\n"
        let values = try #require(try responses(text).first?.values)
        #expect(
            values == [
                .list([
                    .atom("UID"), .atom("7"), .atom("FLAGS"), .list([.atom("\\Seen"), .atom("$X")]), .atom("BODY[HEADER.FIELDS (TO CC)]"),
                    .string(Array("a)\r\n(".utf8)), .atom("X"), .string(Array("q\"\\".utf8)), .atom("Y"), .atom("NIL"), .atom("Z"),
                    .string([]), .atom("BODY[]<0>"), .string([]),
                ])
            ])
    }

    @Test(arguments: [
        "* 1 FETCH (UID 7", "* 1 FETCH UID 7)", "* 1 FETCH (\"open)", "* 1 FETCH (BODY[ 1)", "* 1 FETCH \"\\",
        "* 1 FETCH " + String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000),
    ])
    func `what is not whole is no value`(line: String) throws {
        #expect(try responses(line + "\r\n").map(\.values) == [nil])
    }

    @Test func `it does not matter how the network cuts it`() throws {
        let text = "* OK hi\r\n* 1 FETCH (UID 7 BODY[] {12}\r\nA: b\r\n\r\nHi\r\n FLAGS ())\nk1 OK done\r\n"
        let whole = try responses(text)
        #expect(whole.count == 3)
        for size in 1...text.utf8.count {
            var parser = IMAPResponseParser(limits: IMAPLimits())
            var pieces: [IMAPResponse] = []
            for start in stride(from: 0, to: text.utf8.count, by: size) {
                try parser.feed(Array(text.utf8.dropFirst(start).prefix(size))) { pieces.append($0) }
            }
            #expect(pieces == whole)
            #expect(parser.isEmpty)
        }
    }

    @Test func `what is too much is refused as soon as it is known`() {
        var limits = IMAPLimits()
        (limits.lineBytes, limits.literalBytes) = (50, 10)
        let cases: [(String, IMAPFailure)] = [
            (String(repeating: "x", count: 51), .malformed("a line of more than 50 bytes")),
            ("* 1 FETCH {11}\r\n", .tooLarge(11)), ("* {6}\r\nabcdef {5}\r\n", .tooLarge(5)),
            ("* {99999999999999999999999}\r\n", .tooLarge(.max)),
            (String(repeating: "{0}\r\n", count: 20), .malformed("a line of more than 50 bytes")),
        ]
        for (text, failure) in cases {
            #expect(throws: failure) { try responses(text, limits: limits) }
        }
    }

    @Test func `a server's words hold no control characters`() throws {
        let status = try #require(try responses("* BYE [X \u{1b}[31m] a\u{7}b\r\n").first?.kind)
        guard case .status(let status) = status else { return #expect(Bool(false), "\(status)") }
        #expect(!status.words.utf8.contains { $0 < 0x20 || $0 == 0x7F })
    }

    @Test(arguments: [
        ("INBOX", "INBOX"), ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("Entwürfe", "Entw&APw-rfe"), ("A & B", "A &- B"),
        ("☺!", "&Jjo-!"), ("😀", "&2D3eAA-"), ("a\r\nb", "a&AA0ACg-b"),
    ])
    func `a folder's name is sent in modified UTF-7`(name: String, sent: String) { #expect(IMAPText.folderName(name) == sent) }

    @Test(arguments: [
        ("a", "\"a\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("a\r\nb", nil), ("ä", nil), ("\u{0}", nil), ("", "\"\""),
        (String(repeating: "a", count: 1001), nil),
    ])
    func `a text is quoted or needs a literal`(text: String, quoted: String?) { #expect(IMAPText.quoted(text) == quoted) }
}
