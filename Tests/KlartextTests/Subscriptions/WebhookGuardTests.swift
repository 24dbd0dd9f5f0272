import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct WebhookGuardTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1",
        "203.0.113.7", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::a00:1",
        "2001:db8::1", "2002:7f00:1::", "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1",
    ]) func `an address behind our own door is not called`(_ text: String) throws {
        #expect(!WebhookGuard().lets(try #require(IPAddress(text))))
    }

    @Test(arguments: ["93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
    func `an address of the public internet is`(_ text: String) throws {
        #expect(WebhookGuard().lets(try #require(IPAddress(text))))
    }

    @Test func `one bad address among those of a name refuses the name`() throws {
        let (good, bad) = (try #require(IPAddress("93.184.215.14")), try #require(IPAddress("127.0.0.1")))
        #expect(WebhookGuard().choice(of: [good, bad]) == nil)
        #expect(WebhookGuard().choice(of: [good]) == good)
        #expect(WebhookGuard().choice(of: []) == nil)
    }

    @Test func `a signature can be checked with any HMAC`() {
        let signature = WebhookKeys.signature(Array("{}".utf8), secret: "key", at: Date(timeIntervalSince1970: 1_795_421_520))
        // printf '1795421520.{}' | openssl dgst -sha256 -hmac key
        #expect(signature == "t=1795421520,v1=d07c64591009a61ab87f23ab945838a0558567f9de899dae0479f1abbd0f9cbf")
    }

    @Test func `a challenge is answered by itself or under its name, and by nothing else`() {
        #expect(WebhookChallenge.isAnswered(by: Array(" abc\n".utf8), "abc"))
        #expect(WebhookChallenge.isAnswered(by: Array(#"{"challenge":"abc"}"#.utf8), "abc"))
        #expect(!WebhookChallenge.isAnswered(by: Array("OK".utf8), "abc"))
        #expect(!WebhookChallenge.isAnswered(by: [], "abc"))
    }
}
