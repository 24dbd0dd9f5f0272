import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct ConfigurationValuesTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]:0", "::1", 0), ("desk.example:65535", "desk.example", 65535),
    ])
    func `an endpoint is read and written alike`(text: String, host: String, port: Int) {
        let endpoint = Endpoint(text)
        #expect(endpoint == Endpoint(host: host, port: port))
        #expect(endpoint?.description == text)
    }

    @Test(arguments: [
        ("support@nordlicht.example", "", "support", "Nordlicht"), ("Hilfe <hilfe@mail.nordlicht.example>", "Hilfe", "hilfe", "Nordlicht"),
        ("\"Müller, Post\" <post@MUELLER.co.uk>", "Müller, Post", "post", "Mueller"), ("a.b@localhost", "", "a.b", "Localhost"),
    ])
    func `a support address has a name, an address and a guess for the company`(
        text: String, name: String, localPart: String, company: String
    ) throws {
        let address = try #require(SupportAddress(text))
        #expect(address.name == name)
        #expect(address.localPart == localPart)
        #expect(address.companyGuess == company)
    }

    @Test func `a list of networks is taken whole or refused`() throws {
        let networks = try #require(IPNetwork.list("127.0.0.1, ::1,10.8.0.0/13"))
        #expect(networks.count == 3)
        #expect(try networks.contains { $0.contains(try #require(IPAddress("10.15.255.255"))) })
        #expect(IPNetwork.list("") == [])
        #expect(IPNetwork.list("127.0.0.1,localhost") == nil)
    }
}
