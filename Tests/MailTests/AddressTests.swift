import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct AddressTests {
    @Test(arguments: [
        ("jonas@example.de", "jonas@example.de"), (" jonas@Example.DE ", "jonas@example.de"),
        ("Jonas.Weber+shop@example.co.uk", "Jonas.Weber+shop@example.co.uk"),
        ("o'leary@example.com", "o'leary@example.com"), ("jörg@müller.example", "jörg@müller.example"),
        ("x@MÜLLER.example", "x@müller.example"),
        ("\"jonas\"@example.de", "jonas@example.de"), ("root@localhost", "root@localhost"), ("a@[192.0.2.1]", "a@[192.0.2.1]"),
        ("葉@例子。公司", "葉@例子.公司"),
    ])
    func `what can be written to is an address`(_ text: String, _ mailbox: String) {
        #expect(Address(text)?.mailbox == mailbox)
    }

    @Test(arguments: [
        "", "@", "jonas", "jonas@", "@example.de", "jonas@example..de", "jonas@-example.de", "jonas@example-.de", ".jonas@example.de",
        "jonas.@example.de",
        "jo..nas@example.de", "jonas weber@example.de", "jonas@exam ple.de", "jonas@example.de\r\nBcc: all@example.de",
        "jonas\u{0}@example.de",
        "jonas\n@example.de", "<jonas@example.de>", "jonas@example.de,tom@example.de", "a@b@example.de", "jonas@ex_ample.de",
        "jonas@example.de.",
        "jo\u{202E}nas@example.de", "jo\u{200B}nas@example.de", "jonas@exa\u{200B}mple.de", "\"jonas weber\"@example.de",
        "jonas@\u{1F600}.example", "jonas@[]",
    ])
    func `what cannot be written to is none`(_ text: String) {
        #expect(Address(text) == nil)
    }

    @Test func `the limits of RFC 5321 are kept`() {
        let domain = "example.de"
        #expect(Address(String(repeating: "a", count: 64) + "@" + domain) != nil)
        #expect(Address(String(repeating: "a", count: 65) + "@" + domain) == nil)
        #expect(Address("a@" + String(repeating: "b", count: 63) + ".de") != nil)
        #expect(Address("a@" + String(repeating: "b", count: 64) + ".de") == nil)
        #expect(Address("a@" + String(repeating: "bbbbbbb.", count: 31) + "de") != nil)
        #expect(Address("a@" + String(repeating: "bbbbbbb.", count: 32) + "de") == nil)
    }

    @Test func `two spellings of one mailbox have one key`() {
        #expect(Address("Jonas@Example.DE")?.key == Address("jonas@example.de")?.key)
        #expect(Address("jonas@müller.example")?.key == "jonas@xn--mller-kva.example")
        #expect(Address("jonas@xn--mller-kva.example")?.key == Address("jonas@MU\u{308}LLER.example")?.key)
        #expect(Address("a@bücher.example")?.key != Address("a@bucher.example")?.key)
    }

    /// IDNA 2003 maps both to strasse.example, and a stranger's mail would count as the customer's.
    @Test func `straße and strasse are two domains`() {
        #expect(Address("a@straße.example")?.key == "a@xn--strae-oqa.example")
        #expect(Address("a@straße.example")?.key != Address("a@strasse.example")?.key)
    }

    @Test(arguments: [
        ("bücher", "xn--bcher-kva"), ("münchen-ost", "xn--mnchen-ost-9db"), ("例え", "xn--r8jz45g"), ("почта", "xn--80a1acny"),
        ("faß", "xn--fa-hia"),
        ("παράδειγμα", "xn--hxajbheg2az3al"),
    ])
    func `names beyond ASCII become A-labels`(_ name: String, _ ascii: String) {
        #expect(Hostname.ascii(name) == ascii)
    }

    @Test func `the parts of an address can be asked for`() {
        let address = Address("support+k3f9q2+x@nordlicht-hosting.example", name: " Nordlicht \u{202E}Hosting\n")
        #expect(address?.localPart == "support+k3f9q2+x")
        #expect(address?.domain == "nordlicht-hosting.example")
        #expect(address?.detail == "k3f9q2+x")
        #expect(address?.name == "Nordlicht Hosting")
        #expect(Address("a@b.example", name: "  ")?.name == nil)
        #expect(Address("a@b.example")?.detail == nil)
    }

    @Test(arguments: [
        "noreply@example.de", "no-reply@example.de", "No_Reply@example.de", "shop-noreply@example.de", "do-not-reply@example.de",
        "donotreply@example.de",
        "mailer-daemon@example.de", "MAILER-DAEMON@example.de", "postmaster@example.de", "bounces+123@example.de", "bounce@example.de",
        "bitte-nicht-antworten@example.de",
    ])
    func `nobody reads there`(_ text: String) {
        #expect(Address(text)?.looksLikeNoReply == true)
    }

    @Test(arguments: [
        "info@noreply.example", "noah.reply@example.de", "bouncer@example.de", "norbert@example.de", "postmeister@example.de",
    ])
    func `somebody may read there`(_ text: String) {
        #expect(Address(text)?.looksLikeNoReply == false)
    }

    @Test(arguments: [
        ("a@x.example, b@x.example", ["a@x.example", "b@x.example"]), ("<a@x.example>;<b@x.example>", ["a@x.example", "b@x.example"]),
        ("Jonas <a@x.example", ["a@x.example"]), ("Jonas <a@x.example, Tom <b@x.example>", ["a@x.example", "b@x.example"]),
        ("Jonas a@x.example", ["a@x.example"]), ("'a@x.example'", ["a@x.example"]), ("<mailto:a@x.example>", ["a@x.example"]),
        ("mailto:a@x.example", ["a@x.example"]),
        ("<@relay.example,@b.example:a@x.example>", ["a@x.example"]), ("\"a, b\" <a@x.example>", ["a@x.example"]),
        ("\"unclosed <a@x.example>", ["a@x.example"]),
        ("(comment (nested)) a@x.example (more)", ["a@x.example"]), ("(unclosed a@x.example", ["a@x.example"]), ("", []), (",,;;", []),
        ("<>", []), ("nobody", []),
        ("\"john doe\"@x.example", []), ("a@x.example <b@x.example>", ["b@x.example"]),
        ("Freunde: a@x.example, b@x.example;", ["a@x.example", "b@x.example"]),
        ("<a@x.example><b@x.example>", ["a@x.example"]),
    ])
    func `a list is read as it was meant`(_ header: String, _ mailboxes: [String]) {
        #expect(Address.parseList(header).map(\.mailbox) == mailboxes)
    }

    @Test func `recipients without end are cut to a thousand`() {
        let header = String(repeating: "a@x.example, ", count: HostileMailTests.many)
        #expect(Address.parseList(header).count == 1_000)
    }
}
