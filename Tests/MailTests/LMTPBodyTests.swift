import NIOCore
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct LMTPBodyTests {
    private func body(limit: Int = 1000, budget: Int = 1000) -> LMTPBody {
        LMTPBody(limit: limit, announced: 0, budget: LMTPBudget(limitBytes: budget))
    }

    /// RFC 5321 section 4.5.2 word by word: nil if there is no end.
    private func reference(_ input: [UInt8]) -> (letter: [UInt8], rest: [UInt8])? {
        var letter: [UInt8] = []
        var rest = input[...]
        while let lineEnd = rest.indices.dropLast().first(where: { rest[$0] == 13 && rest[$0 + 1] == 10 }) {
            let line = rest[..<lineEnd]
            rest = rest[(lineEnd + 2)...]
            if line.elementsEqual([46]) { return (letter, Array(rest)) }
            letter += (line.first == 46 ? line.dropFirst() : line) + [13, 10]
        }
        return nil
    }

    @Test func `every word of a few bytes is read as the standard says, whole and byte by byte`() {
        for word in SMTPEnvelopeTests.words(upTo: 5) {
            let input = word + Array("\r\n.\r\nNOOP".utf8)
            guard let expected = reference(input) else {
                Issue.record("\(input) has no end")
                return
            }
            var buffer = ByteBuffer(bytes: input)
            var whole = body()
            let isWhole = whole.take(from: &buffer)
            var pieces = body()
            let end = input.indices.first { index in
                var piece = ByteBuffer(bytes: input[index...index])
                return pieces.take(from: &piece)
            }
            let rest = end.map { Array(input[($0 + 1)...]) }
            let isRight =
                isWhole && whole.bytes == expected.letter && Array(buffer.readableBytesView) == expected.rest
                && pieces.bytes == expected.letter && rest == expected.rest
            guard isRight else {
                Issue.record("\(input): \(whole.bytes) \(pieces.bytes)")
                return
            }
        }
    }

    @Test(arguments: ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\r\n.\r\r\n", "\r\n\0.\r\n", "\n\n.\r\n.\n"])
    func `nothing but CRLF dot CRLF ends a letter`(attempt: String) {
        var buffer = ByteBuffer(string: "text" + attempt + "MAIL FROM:<forged@example.org>")
        var letter = body()
        let isEnd = letter.take(from: &buffer)
        #expect(!isEnd)
        #expect(buffer.readableBytes == 0)
        var end = ByteBuffer(string: "\r\n.\r\n")
        let isEndNow = letter.take(from: &end)
        #expect(isEndNow)
        #expect(String(decoding: letter.bytes, as: UTF8.self).hasSuffix("forged@example.org>\r\n"))
    }

    @Test func `bytes of any kind are kept`() {
        let bytes = [0, 255, 10, 13, 0, 128, 10, 10, 13, 13, 65] as [UInt8]
        var buffer = ByteBuffer(bytes: bytes + Array("\r\n.\r\n".utf8))
        var letter = body()
        let isEnd = letter.take(from: &buffer)
        #expect(isEnd)
        #expect(letter.bytes == bytes + [13, 10])
    }

    @Test func `an oversize letter is read to its end and not kept`() {
        let budget = LMTPBudget(limitBytes: 1000)
        var letter = LMTPBody(limit: 10, announced: 0, budget: budget)
        var buffer = ByteBuffer(string: "12345678\r\n")
        _ = letter.take(from: &buffer)
        #expect(letter.overflow == nil)
        #expect(budget.usedBytes == 10)
        buffer = ByteBuffer(string: "1\r\n.\r\n")
        let isEnd = letter.take(from: &buffer)
        #expect(isEnd)
        #expect(letter.overflow == .tooLarge)
        #expect(letter.bytes.isEmpty)
        #expect(budget.usedBytes == 0)
    }

    @Test func `letters share one budget`() {
        let budget = LMTPBudget(limitBytes: 10)
        var first = LMTPBody(limit: 10, announced: 0, budget: budget)
        var second = LMTPBody(limit: 10, announced: 0, budget: budget)
        var buffer = ByteBuffer(string: "123456")
        _ = first.take(from: &buffer)
        buffer = ByteBuffer(string: "123456")
        _ = second.take(from: &buffer)
        #expect(first.overflow == nil)
        #expect(second.overflow == .noMemory)
        first.release()
        #expect(budget.usedBytes == 0)
    }
}
