import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct SMTPServerAddressTests {
    @Test func `a URL with everything is understood`() throws {
        let address = try #require(
            SMTPServerAddress(url: "smtp://desk%40example.org:p%3Aw%2F%25@mail.example.org:2587?tls=required&ca=/etc/ca%20x.pem"))
        #expect(address.host == "mail.example.org")
        #expect(address.port == 2587)
        #expect(address.user == "desk@example.org")
        #expect(address.password == "p:w/%")
        #expect(address.security == .startTLS)
        #expect(address.trust == .certificates(pemFile: "/etc/ca x.pem"))
    }

    @Test(
        arguments: [
            ("smtp://mail.example.org", 25, .startTLSIfOffered),
            ("smtp://me:secret@mail.example.org/", 587, .startTLSIfOffered),
            ("smtp://mail.example.org:26?tls=off", 26, .none),
            ("smtps://me:secret@mail.example.org", 465, .implicit),
            ("smtps://[2001:db8::1]:4650", 4650, .implicit),
        ] as [(String, Int, ServerSecurity)])
    func `ports and security have defaults`(url: String, port: Int, security: ServerSecurity) throws {
        let address = try #require(SMTPServerAddress(url: url))
        #expect(address.port == port)
        #expect(address.security == security)
        #expect(address.trust == .systemRoots)
    }

    @Test(arguments: [
        "", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://:25", "smtp://host:0", "smtp://host:65536", "smtp://host:+25",
        "smtp://a:b:c", "smtp://host?tls=maybe", "smtp://host?tsl=required", "smtps://host?tls=off", "smtp://u:%zz@host",
        "smtp://u:%0@host",
        "smtp://u:a%00b@host", "smtp://u:%0d%0a@host", "smtp://ho st", "smtp://[::1", "smtp://[::1]x", "smtp://host?verify=off",
        "smtp://:secret@host",
    ])
    func `anything else is refused`(url: String) { #expect(SMTPServerAddress(url: url) == nil) }

    @Test(
        arguments: [
            ("smtp://127.0.0.1", .anyCertificate), ("smtp://localhost?tls=required", .systemRoots),
            ("smtp://localhost?tls=required&verify=off", .anyCertificate), ("smtps://[::1]?verify=off", .anyCertificate),
            ("smtp://127.0.0.1.example.org", .systemRoots), ("smtp://localhost?ca=/a.pem", .certificates(pemFile: "/a.pem")),
        ] as [(String, ServerTrust)])
    func `only on the own machine a certificate may go unchecked`(url: String, trust: ServerTrust) {
        #expect(SMTPServerAddress(url: url)?.trust == trust)
    }

    @Test func `the password is shown nowhere`() throws {
        let address = try #require(SMTPServerAddress(url: "smtps://me:secret@[::1]:465"))
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped, "\([address])"] {
            #expect(text.contains("smtps://me:***@[::1]:465"))
            #expect(!text.contains("secret"))
        }
    }
}
