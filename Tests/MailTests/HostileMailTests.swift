import Testing

@testable import Mail

/// Mails nobody would write by accident. None may crash, hang or lose what can be kept.
@Suite(.timeLimit(.minutes(2)))
struct HostileMailTests {
    /// How often the evil is repeated. Unoptimised code is some fifty times slower; what is quadratic shows either way.
    #if DEBUG
        static let many = 4_000
    #else
        static let many = 100_000
    #endif

    private func parse(_ text: String, limits: Email.Limits = .standard) throws -> Email {
        try Email(parsing: Array(text.utf8), limits: limits)
    }

    @Test(arguments: ["", "\n\n", "\r\n", "x", "kein Brief", "\u{0}", ": leer", " x: y"])
    func `what has no header is not a message`(_ text: String) {
        #expect(throws: EmailError.notAMessage) { try parse(text) }
    }

    @Test func `multiparts nested without end stop at the depth limit`() throws {
        var text = "From: a@x.example\n"
        for level in 0..<Self.many { text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        #expect(try parse(text).defects.contains(.tooDeep))
    }

    @Test func `parts without end stop at the part limit`() throws {
        let parts = String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: Self.many)
        let email = try parse("From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n\(parts)--b--\n")
        #expect(email.defects.contains(.tooManyParts))
        #expect(email.text.utf8.count < 1_000)
    }

    @Test func `fields and addresses without end are cut`() throws {
        let fields = String(repeating: "X-A: b\n", count: Self.many)
        let email = try parse(fields + "\nText")
        #expect(email.headers.count == 2_000)
        #expect(email.defects.contains(.tooManyHeaders))
        #expect(email.text == "Text")
        let addresses = String(repeating: "a@x.example,\n ", count: Self.many)
        #expect(try parse("From: b@x.example\nTo: \(addresses)\n\nText").to.count <= 1_000)
    }

    @Test func `two thousand nested messages become one file`() throws {
        let text = "From: a@x.example\n" + String(repeating: "Content-Type: message/rfc822\n\nFrom: b@x.example\n", count: 2_000) + "\nText"
        #expect(try parse(text).attachments.count == 1)
    }

    @Test func `sizes beyond the limits are cut and noted`() throws {
        let small = Email.Limits(sizeBytes: 1_000, depth: 3, parts: 3, decodedBytes: 500)
        let email = try parse("From: a@x.example\n\n" + String(repeating: "x", count: 5_000), limits: small)
        #expect(email.defects.contains(.tooLarge))
        #expect(email.defects.contains(.tooManyBytes))
        #expect(email.text.utf8.count == 500)
    }

    @Test(arguments: [
        "multipart/mixed; boundary=\"\"", "multipart/mixed; boundary=" + String(repeating: "b", count: 100_000),
        "multipart/mixed; boundary=\"\u{0}\"", "multipart", "/", ";;;", "text/plain; charset=\"", "multipart/alternative; boundary=--",
        "message/rfc822", "message/partial; id=x; number=1", "message/external-body", "multipart/report; boundary=b",
        "multipart/signed; boundary=b", "text/html; charset=utf-7", "application/ms-tnef",
    ])
    func `a strange content type loses nothing`(_ type: String) throws {
        let email = try parse("From: a@x.example\nContent-Type: \(type)\n\n--b\n\nwichtiger Text\n--b--\n")
        let kept = email.text + email.attachments.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        #expect(kept.contains("wichtiger Text"))
    }

    /// Every fixture with bytes flipped, cut and doubled: a poor man's fuzzer, the same on each run.
    @Test(arguments: MailFixture.all)
    func `a damaged mail does no harm`(_ fixture: MailFixture) throws {
        let original = try fixture.bytes()
        guard original.count < 20_000 else { return }
        var seed = UInt64(original.count)
        func random(_ limit: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % max(limit, 1)
        }
        for round in 0..<20 {
            var bytes = original
            for _ in 0...random(20) where !bytes.isEmpty {
                switch random(4) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.remove(at: random(bytes.count))
                case 2: bytes.insert(UInt8([0, 10, 13, 34, 45, 61, 63, 255][random(8)]), at: random(bytes.count))
                default: bytes.insert(contentsOf: bytes[..<min(random(bytes.count), 200)], at: random(bytes.count))
                }
            }
            if round % 4 == 3 { bytes = Array(bytes.prefix(random(bytes.count))) }
            guard let email = try? Email(parsing: bytes) else { continue }
            _ = email.automation()
            _ = email.mayBeAnswered()
            #expect(email.folded().segments.map(\.content).joined(separator: "\n") == email.text)
            if let html = email.html { _ = SafeHTML.clean(html) }
        }
    }

    @Test func `broken winmail.dat is refused without harm`() {
        let head: [UInt8] = [0x78, 0x9F, 0x3E, 0x22, 1, 0]
        #expect(TNEF(head) == nil)
        for length in [0, 1, 0xFF, 0xFFFF_FFFF] as [UInt32] {
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(8 * $0)) }
            #expect(TNEF(head + [2, 0x05, 0x90, 0x06, 0x00] + bytes + [1, 2, 3]) == nil)
            #expect(TNEF(head + [1, 0x03, 0x90, 0x06, 0x00, 12, 0, 0, 0] + bytes + [0x1F, 0, 0, 0x10] + bytes + [0, 0]) == nil)
        }
    }
}
