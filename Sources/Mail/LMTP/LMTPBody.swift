import Foundation
import NIOCore

/// Receives what follows DATA: finds the end, takes the doubled dots away, and stops storing beyond a limit.
///
/// The end is CRLF `.` CRLF and nothing else. A server that also believes LF `.` LF lets a letter within a letter through that the
/// sending server never saw (CVE-2023-51764); here such a line is just text.
struct LMTPBody {
    private enum State { case lineStart, dot, dotCR, text, textCR }

    /// Why nothing is stored any more.
    enum Overflow { case tooLarge, noMemory, noRoom }

    /// What is in memory: the whole letter, or of a large one what has come since the last piece was taken away.
    private(set) var bytes: [UInt8] = []
    private(set) var overflow: Overflow?
    private var state = State.lineStart
    private let limit: Int
    private let budget: LMTPBudget
    private var reserved = 0
    /// What is in memory no more.
    private var takenBytes = 0

    /// - Parameter announced: the size the client announced, for reserving memory; believed up to 1 MiB only.
    init(limit: Int, announced: Int, budget: LMTPBudget) {
        self.limit = limit
        self.budget = budget
        bytes.reserveCapacity(min(max(announced, 4096), limit, 1 << 20))
    }

    /// Whether so much is in memory that it is to be taken away.
    func isWaitingForSpool(above limit: Int) -> Bool { overflow == nil && bytes.count > limit }

    /// Takes away what is in memory, to be written elsewhere. It counts as memory until ``release()``.
    mutating func takePiece() -> ByteBuffer {
        defer {
            takenBytes += bytes.count
            bytes.removeAll(keepingCapacity: true)
        }
        return ByteBuffer(bytes: bytes)
    }

    /// Stops storing: there is nowhere to put the letter.
    mutating func giveUp() {
        overflow = overflow ?? .noRoom
        release()
    }

    /// Takes bytes from the buffer up to the end of the letter; true when that was reached. What follows stays in the buffer.
    mutating func take(from buffer: inout ByteBuffer) -> Bool {
        let (used, isEnd) = buffer.withUnsafeReadableBytes { scan($0) }
        buffer.moveReaderIndex(forwardBy: used)
        return isEnd
    }

    /// Gives the memory back to the budget, once the letter, or the piece that was taken away, has been dealt with.
    mutating func release() {
        budget.release(reserved)
        (reserved, bytes) = (0, [])
    }

    /// One pass; lines are found by `memchr`, and everything between two dropped dots is copied at once.
    private mutating func scan(_ input: UnsafeRawBufferPointer) -> (used: Int, isEnd: Bool) {
        var index = 0
        var runStart = 0
        while index < input.count {
            let byte = input[index]
            switch state {
            case .lineStart where byte == UInt8(ascii: "."):
                store(input, runStart..<index)
                runStart = index + 1
                state = .dot
            case .dot where byte == 13:
                state = .dotCR
            case .dotCR where byte == 10:
                return (index + 1, true)
            case .dotCR:
                // The dot was no end, and the CR behind it is text. It may have come with an earlier piece, so it is stored from here.
                Self.carriageReturn.withUnsafeBytes { store($0, 0..<1) }
                runStart = index
                state = .textCR
                continue
            case .textCR where byte == 10:
                state = .lineStart
            case .text where byte != 13, .textCR where byte != 13:
                index = Self.indexOfLineFeed(input, from: index)
                guard index < input.count else {
                    state = input[input.count - 1] == 13 ? .textCR : .text
                    continue
                }
                let isAfterCR = index > 0 && input[index - 1] == 13
                state = isAfterCR ? .lineStart : .text
            case .lineStart, .dot, .text, .textCR:
                state = byte == 13 ? .textCR : .text
            }
            index += 1
        }
        if state != .dotCR { store(input, runStart..<input.count) }
        return (input.count, false)
    }

    private static func indexOfLineFeed(_ input: UnsafeRawBufferPointer, from index: Int) -> Int {
        guard let base = input.baseAddress, let found = memchr(base + index, 10, input.count - index) else { return input.count }
        return found - UnsafeMutableRawPointer(mutating: base)
    }

    private static let carriageReturn: [UInt8] = [13]

    private mutating func store(_ input: UnsafeRawBufferPointer, _ range: Range<Int>) {
        guard !range.isEmpty, overflow == nil else { return }
        let run = UnsafeRawBufferPointer(rebasing: input[range])
        if takenBytes + bytes.count + run.count > limit {
            overflow = .tooLarge
        } else if budget.reserve(run.count) {
            reserved += run.count
            bytes.append(contentsOf: run)
            return
        } else {
            overflow = .noMemory
        }
        release()
    }
}
