import Testing

@testable import Mail

/// The URL of a mailbox.
@Suite(.timeLimit(.minutes(1)))
struct IMAPAddressTests {
    @Test(
        arguments: [
            ("imaps://hilfe%40a.example:ge%3Aheim@mail.a.example", 993, .implicit, .systemRoots, "INBOX"),
            ("imap://u:p@mail.a.example/", 143, .startTLS, .systemRoots, "INBOX"),
            ("imap://u:p@127.0.0.1:1143/Kunden/Anfragen", 1143, .startTLSIfOffered, .anyCertificate, "Kunden/Anfragen"),
            ("imap://u:p@localhost/Entw%C3%BCrfe?tls=required&ca=/a.pem", 143, .startTLS, .certificates(pemFile: "/a.pem"), "Entwürfe"),
            ("imap://u:p@localhost?tls=off", 143, .none, .systemRoots, "INBOX"),
            ("imaps://u:p/q@[2001:db8::1]:9993/x", 9993, .implicit, .systemRoots, "x"),
        ] as [(String, Int, ServerSecurity, ServerTrust, String)])
    func `says where, how and which folder`(url: String, port: Int, security: ServerSecurity, trust: ServerTrust, folder: String) throws {
        let address = try #require(IMAPServerAddress(url: url))
        #expect((address.port, address.security) == (port, security))
        #expect(address.trust == trust)
        #expect(address.folder == folder)
    }

    @Test func `names what proves who we are`() throws {
        let address = try #require(IMAPServerAddress(url: "imaps://hilfe%40a.example:ge%3Aheim@mail.a.example"))
        #expect((address.user, address.credential) == ("hilfe@a.example", .password("ge:heim")))
        let token = try #require(IMAPServerAddress(url: "imaps://hilfe@mail.a.example/?token_file=/run/t&since=2026-11-01"))
        #expect(token.credential == .tokenFile("/run/t"))
        #expect(token.since == .day(try #require(IMAPDay(year: 2026, month: 11, day: 1))))
        #expect(IMAPServerAddress(url: "imap://u:p@h?since=all")?.since == .always)
        #expect(IMAPDay("2026-11-01")?.searchText == "1-Nov-2026")
    }

    @Test(arguments: [
        "", "imap://", "imap://host", "imap://user@host", "imap://:p@host", "imap://u:@host", "http://u:p@host", "imap://u:p@host?tls=off",
        "imaps://u:p@localhost?tls=off", "imap://u:p@host?verify=off", "imap://u:p@host?since=2026-13-01",
        "imap://u:p@host?since=1.11.2026",
        "imap://u:p@host?token_file=/a", "imap://u@host?token_file=a", "imap://u:p%0d%0a@host", "imap://u:p@host/a%00b",
        "imap://u:p@host?x=1",
        "imap://u:p@host:0",
    ])
    func `anything else is refused`(url: String) { #expect(IMAPServerAddress(url: url) == nil) }

    @Test func `the password is shown nowhere`() throws {
        let address = try #require(IMAPServerAddress(url: "imaps://me:secret@[::1]/Box"))
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped, "\([address])"] {
            #expect(text.contains("imaps://me@[::1]:993/Box"))
            #expect(!text.contains("secret"))
        }
    }
}
