import NIOCore

/// Turns a letter into what follows DATA: CRLF line ends, a dot doubled at the start of a line, and the final dot (RFC 5321 section 4.5.2).
///
/// A bare CR or LF becomes CRLF too. Sent as it is, some servers would take it for a line end and others not, and a letter could end
/// where we did not end it (CVE-2023-51764).
struct SMTPDotStuffing {
    /// Bytes of the letter per block. One block is in memory encoded at a time, and its sending has a timeout of its own.
    static let blockBytes = 256 * 1024

    private let letter: [UInt8]
    private var position = 0
    private var isLineStart = true
    private var isAfterCR = false
    private(set) var isFinished = false

    init(_ letter: [UInt8]) { self.letter = letter }

    /// The next block; the last one ends with the final dot.
    mutating func nextBlock() -> ByteBuffer {
        let end = min(letter.count, position + Self.blockBytes)
        var block = ByteBufferAllocator().buffer(capacity: (end - position) + (end - position) / 32 + 16)
        var runStart = position
        letter.withUnsafeBytes { bytes in
            for index in position..<end {
                let byte = bytes[index]
                if isAfterCR, byte != 10 {
                    block.writeBytes(bytes[runStart..<index])
                    block.writeInteger(UInt8(10))
                    runStart = index
                    isLineStart = true
                }
                if byte == 10, !isAfterCR {
                    block.writeBytes(bytes[runStart..<index])
                    block.writeInteger(UInt8(13))
                    runStart = index
                } else if byte == UInt8(ascii: "."), isLineStart {
                    block.writeBytes(bytes[runStart..<index])
                    block.writeInteger(UInt8(ascii: "."))
                    runStart = index
                }
                isAfterCR = byte == 13
                isLineStart = byte == 10
            }
            block.writeBytes(bytes[runStart..<end])
        }
        position = end
        guard position == letter.count else { return block }
        isFinished = true
        block.writeStaticString(isLineStart ? ".\r\n" : isAfterCR ? "\n.\r\n" : "\r\n.\r\n")
        return block
    }
}
