import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct LMTPCommandTests {
    @Test(
        arguments: [
            ("lhlo mx.example.org", .hello(name: "mx.example.org")),
            ("LHLO [IPv6:::1]", .hello(name: "[IPv6:::1]")),
            ("MAIL FROM:<>", .mail(from: "", LMTPMailParameters())),
            (
                "mail from: <a@example.org>  size=42 BODY=8bitmime ",
                .mail(from: "a@example.org", LMTPMailParameters(sizeBytes: 42, isEightBit: true))
            ),
            ("MAIL FROM:<grün@example.org> SMTPUTF8", .mail(from: "grün@example.org", LMTPMailParameters(isSMTPUTF8: true))),
            ("MAIL FROM:<@relay,@other:a@example.org>", .mail(from: "a@example.org", LMTPMailParameters())),
            ("MAIL FROM:<a@example.org> SIZE=99999999999999999999", .mail(from: "a@example.org", LMTPMailParameters(sizeBytes: .max))),
            ("RCPT TO:<\"a b>\\\"\"@example.org>", .recipient("\"a b>\\\"\"@example.org")),
            ("RCPT TO:<postmaster>", .recipient("postmaster")),
            ("RCPT TO:<grün@example.org>", .recipient("grün@example.org")),
            ("DATA", .data), ("data ", .data), ("RSET", .reset), ("NOOP whatever", .noop), ("VRFY a", .verify), ("QUIT", .quit),
            ("STARTTLS", .startTLS),
        ] as [(String, LMTPCommand)])
    func `a command is understood`(line: String, command: LMTPCommand) { #expect(LMTPCommand(line.utf8) == command) }

    @Test(
        arguments: [
            ("", 500), ("HELO x", 500), ("EHLO x", 500), ("BDAT 1", 500), ("DATA\tx", 500), ("NOOP \u{0}", 500), ("LHLO", 501),
            ("LHLO a b", 501),
            ("MAIL", 501), ("MAIL FROM:", 501), ("MAIL FROM:a@example.org", 501), ("MAIL FROM:<a@example.org", 501),
            ("MAIL TO:<a@example.org>", 501),
            ("MAIL FROM:<a b@example.org>", 501), ("MAIL FROM:<a@example.org>SIZE=1", 501), ("MAIL FROM:<a> SIZE=x", 501),
            ("MAIL FROM:<a> SIZE=", 501),
            ("MAIL FROM:<a> SIZE=-1", 501), ("MAIL FROM:<a> SIZE", 555), ("MAIL FROM:<a> BODY=BINARYMIME", 555),
            ("MAIL FROM:<a> RET=HDRS", 555),
            ("MAIL FROM:<a> SMTPUTF8=1", 555), ("MAIL FROM:<grün@example.org>", 553), ("RCPT TO:<>", 501),
            ("RCPT TO:<a> NOTIFY=NEVER", 555),
            ("RCPT FROM:<a>", 501), ("RCPT TO:<@relay>", 501), ("RCPT TO:<\"a@example.org>", 501), ("DATA now", 501), ("STARTTLS x", 501),
        ] as [(String, Int)])
    func `anything else is refused with the code for it`(line: String, code: Int) {
        guard case .refused(let reply) = LMTPCommand(line.utf8) else {
            Issue.record("was accepted")
            return
        }
        #expect(reply.code == code)
    }

    @Test func `malformed UTF-8 is refused`() {
        guard case .refused = LMTPCommand(Array("RCPT TO:<".utf8) + [0xC3, 0x28] + Array(">".utf8)) else {
            Issue.record("was accepted")
            return
        }
    }
}
