import NIOCore
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct SMTPEnvelopeTests {
    private func server(_ lines: String...) -> SMTPExtensions {
        SMTPExtensions(SMTPReply(code: 250, text: (["mx"] + lines).joined(separator: "\n")))
    }

    private func refusal(_ envelope: Envelope, _ letter: String = "a\r\n", _ server: SMTPExtensions = SMTPExtensions()) -> String? {
        do {
            _ = try envelope.commands(for: SMTPContent(Array(letter.utf8)), server: server)
            return nil
        } catch {
            return error.isPermanent ? "\(error)" : nil
        }
    }

    @Test func `parameters are given where the server offers them`() throws {
        let envelope = Envelope(from: "desk@example.org", to: ["a+b=c@example.net"], envelopeID: "T 1=", requestsDeliveryReports: true)
        let bare = try envelope.commands(for: SMTPContent(Array("x".utf8)), server: SMTPExtensions())
        #expect(bare.mail == "MAIL FROM:<desk@example.org>")
        #expect(bare.recipients == ["RCPT TO:<a+b=c@example.net>"])
        let full = try envelope.commands(for: SMTPContent(Array("ü\n".utf8)), server: server("SIZE", "8BITMIME", "SMTPUTF8", "DSN"))
        #expect(full.mail == "MAIL FROM:<desk@example.org> SIZE=4 BODY=8BITMIME RET=HDRS ENVID=T+201+3D")
        #expect(full.recipients == ["RCPT TO:<a+b=c@example.net> NOTIFY=SUCCESS,DELAY,FAILURE ORCPT=rfc822;a+2Bb+3Dc@example.net"])
    }

    @Test func `a null sender asks for no reports`() throws {
        let envelope = Envelope(from: "", to: ["a@example.net"], requestsDeliveryReports: true)
        let commands = try envelope.commands(for: SMTPContent([]), server: server("DSN"))
        #expect(commands.mail == "MAIL FROM:<>")
        #expect(commands.recipients == ["RCPT TO:<a@example.net>"])
    }

    @Test func `what the server cannot carry is refused for good`() {
        let plain = Envelope(from: "a@example.org", to: ["b@example.org"])
        #expect(refusal(Envelope(from: "a@example.org", to: ["grün@example.org"]))?.contains("SMTPUTF8") == true)
        #expect(refusal(Envelope(from: "a@example.org", to: ["b@example.org"], needsSMTPUTF8: true))?.contains("SMTPUTF8") == true)
        #expect(refusal(plain, "grün")?.contains("8BITMIME") == true)
        #expect(refusal(plain, "12345678", server("SIZE 10")) == nil)
        #expect(refusal(plain, "123456789", server("SIZE 10"))?.contains("11 bytes") == true)
        #expect(refusal(Envelope(from: "a@example.org", to: [])) != nil)
    }

    @Test(arguments: [
        "a@example.org>\r\nRCPT TO:<b@example.org", "a b@example.org", "a<b@example.org", "\"open@example.org", "a\\>@b", "a\u{0}@b", "",
        "\"a\\",
    ])
    func `an address that would end the command is refused`(address: String) {
        #expect(refusal(Envelope(from: "a@example.org", to: [address])) != nil)
    }

    @Test(arguments: ["a@example.org", "\"a b>\\\"\"@example.org", "postmaster", "a+b'c@example.org", "x@[192.0.2.1]"])
    func `an unusual address passes`(address: String) { #expect(refusal(Envelope(from: "a@example.org", to: [address])) == nil) }

    @Test func `every letter of a few bytes is stuffed so that it arrives as it was, with whole line ends`() {
        for letter in Self.words(upTo: 5) {
            var stuffing = SMTPDotStuffing(letter)
            var sent = ByteBuffer(buffer: stuffing.nextBlock())
            #expect(stuffing.isFinished)
            let expected = Self.normalised(letter)
            #expect(SMTPContent(letter).sizeBytes == expected.count)
            var body = LMTPBody(limit: 100, announced: 0, budget: LMTPBudget(limitBytes: 100))
            guard body.take(from: &sent), sent.readableBytes == 0, body.bytes == expected else {
                Issue.record("\(letter) arrives as \(body.bytes)")
                return
            }
        }
    }

    @Test func `a large letter is stuffed in blocks`() {
        let line = Array((String(repeating: ".", count: 70) + "\n").utf8)
        let letter = Array(repeatElement(line, count: 20_000).joined())
        var stuffing = SMTPDotStuffing(letter)
        var sent = ByteBuffer()
        var count = 0
        while !stuffing.isFinished {
            sent.writeImmutableBuffer(stuffing.nextBlock())
            count += 1
        }
        var body = LMTPBody(limit: 2 << 20, announced: 0, budget: LMTPBudget(limitBytes: 2 << 20))
        #expect(count == 6)
        let isComplete = body.take(from: &sent)
        #expect(isComplete)
        #expect(body.bytes == Self.normalised(letter))
    }

    /// All words over the four bytes that matter.
    static func words(upTo length: Int) -> [[UInt8]] {
        var all: [[UInt8]] = [[]]
        var last = all
        for _ in 0..<length {
            last = last.flatMap { word in [46, 13, 10, 97].map { word + [$0] } }
            all += last
        }
        return all
    }

    private static func normalised(_ letter: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < letter.count {
            let byte = letter[index]
            let isPair = byte == 13 && index + 1 < letter.count && letter[index + 1] == 10
            result += byte == 13 || byte == 10 ? [13, 10] : [byte]
            index += isPair ? 2 : 1
        }
        return result.isEmpty || result.last == 10 ? result : result + [13, 10]
    }
}
