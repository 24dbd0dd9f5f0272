import Foundation
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Mail

/// A large letter leaves memory while it comes, and nothing is left of one that is not delivered.
@Suite(.timeLimit(.minutes(1)))
struct LMTPSpoolTests {
    private static let letter = String(repeating: "Eine Zeile.\r\n..Punkte\r\n\r\n", count: 40_000)
    private static let stored = letter.replacingOccurrences(of: "\r\n..", with: "\r\n.")

    @Test func `a large letter arrives byte for byte, though memory for it is scarce`() async throws {
        let spools = TestSpools()
        let desk = LMTPTestDesk.spooling(spools.open) { $0.maxBytesInFlight = 700_000 }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask(Self.letter + ".") == "250 2.0.0 kept for b@example.net")
        let spool = try #require(spools.all.first)
        #expect(spools.all.count == 1)
        #expect(spool.bytes == Array(Self.stored.utf8))
        #expect(spool.largestPiece < 600_000)
        guard case .spooled(let delivered)? = desk.letters.first?.content else {
            Issue.record("the letter was not spooled")
            return
        }
        #expect(delivered as? TestSpool === spool)
    }

    @Test(arguments: [(65_536, 0), (65_537, 1)])
    func `a letter up to the limit stays in memory`(size: Int, spooled: Int) async throws {
        let spools = TestSpools()
        let desk = LMTPTestDesk.spooling(spools.open)
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        // The end comes later, so that the limit is met before it.
        try await peer.send(String(repeating: "x", count: size - 2) + "\r\n")
        if spooled > 0 { while spools.all.first?.bytes.count != size { await Task.yield() } }
        #expect(try await peer.ask(".") == "250 2.0.0 kept for b@example.net")
        #expect(spools.all.count == spooled)
        #expect(desk.letters.map(\.data.count) == [spooled == 0 ? size : 0])
    }

    @Test func `nothing is left of a letter whose client goes away in the middle`() async throws {
        let spools = TestSpools()
        let desk = LMTPTestDesk.spooling(spools.open)
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send(Self.letter)
        while spools.all.first?.bytes.isEmpty != false { await Task.yield() }
        try await peer.close()
        while desk.server.connectionCount > 0 { await Task.yield() }
        #expect(spools.all.map(\.isAborted) == [true])
        #expect(desk.letters.isEmpty)
    }

    @Test func `nothing is left of a letter whose client goes away while a piece is written`() async throws {
        let gate = LMTPTestGate()
        let spools = TestSpools(gate: gate)
        let desk = LMTPTestDesk.spooling(spools.open)
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send(Self.letter)
        while spools.all.isEmpty { await Task.yield() }
        try await peer.close()
        gate.open()
        while desk.server.connectionCount > 0 { await Task.yield() }
        #expect(spools.all.map(\.isAborted) == [true])
    }

    @Test func `nothing more is read from a client while a piece is written`() async throws {
        let gate = LMTPTestGate()
        let spools = TestSpools(gate: gate)
        let desk = LMTPTestDesk.spooling(spools.open)
        let port = try await desk.server.start()
        let peer = try await LMTPTestPeer(port)
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        let isSent = NIOLockedValueBox(false)
        // Far more than sockets hold.
        let sending = peer.startSending(String(repeating: "x", count: 24 << 20) + "\r\n.\r\n")
        sending.whenComplete { _ in isSent.withLockedValue { $0 = true } }
        while spools.all.isEmpty { await Task.yield() }
        let other = try await LMTPTestPeer(port)
        #expect(await other.reply()?.hasPrefix("220 ") == true)
        for _ in 1...100 { #expect(try await other.ask("NOOP") == "250 2.0.0 Here") }
        #expect(!isSent.withLockedValue { $0 })
        gate.open()
        #expect(await peer.reply() == "250 2.0.0 kept for b@example.net")
        #expect(spools.all.first?.bytes.count == (24 << 20) + 2)
    }

    @Test(arguments: [0, 2]) func `where there is no room the letter is put off for each recipient`(roomForPieces: Int) async throws {
        let spools = TestSpools(roomForPieces: roomForPieces)
        let desk = LMTPTestDesk.spooling(spools.open)
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net", "c@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send(Self.letter + ".\r\n")
        for _ in 1...2 { #expect(await peer.line() == "452 4.3.1 No room for the letter now, try again later") }
        #expect(spools.all.map(\.isAborted) == [true])
        #expect(desk.letters.isEmpty)
        #expect(try await peer.ask("MAIL FROM:<>") == "250 2.1.0 Sender taken")
        #expect(try await peer.ask("RCPT TO:<b@example.net>") == "250 2.1.5 Recipient taken")
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask("small\r\n.") == "250 2.0.0 kept for b@example.net")
    }

    @Test func `nothing is left of a letter that turns out too large`() async throws {
        let spools = TestSpools()
        let desk = LMTPTestDesk.spooling(spools.open) { $0.maxSizeBytes = 500_000 }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask(Self.letter + ".") == "552 5.3.4 The letter is too large")
        #expect(spools.all.map(\.isAborted) == [true])
        #expect(try await peer.ask("NOOP") == "250 2.0.0 Here")
    }
}

/// Spools that remember what was written, as long as there is room.
private final class TestSpools: Sendable {
    private let kept = NIOLockedValueBox<[TestSpool]>([])
    private let gate: LMTPTestGate?
    private let roomForPieces: Int

    init(gate: LMTPTestGate? = nil, roomForPieces: Int = .max) { (self.gate, self.roomForPieces) = (gate, roomForPieces) }

    var all: [TestSpool] { kept.withLockedValue { $0 } }

    var open: LMTPServer.Spool {
        { [kept, gate, roomForPieces] in
            let spool = TestSpool(gate: gate, roomForPieces: roomForPieces)
            kept.withLockedValue { $0.append(spool) }
            return spool
        }
    }
}

private final class TestSpool: LMTPSpool {
    struct NoRoom: Error {}

    private struct State {
        var pieces: [ByteBuffer] = []
        var isAborted = false
    }

    private let state = NIOLockedValueBox(State())
    private let gate: LMTPTestGate?
    private let roomForPieces: Int

    init(gate: LMTPTestGate?, roomForPieces: Int) { (self.gate, self.roomForPieces) = (gate, roomForPieces) }

    func write(_ piece: ByteBuffer) async throws {
        await gate?.wait()
        try state.withLockedValue {
            guard $0.pieces.count < roomForPieces else { throw NoRoom() }
            $0.pieces.append(piece)
        }
    }

    func abort() async { state.withLockedValue { $0.isAborted = true } }

    var bytes: [UInt8] { state.withLockedValue { $0.pieces.flatMap { Array($0.readableBytesView) } } }
    var largestPiece: Int { state.withLockedValue { $0.pieces.map(\.readableBytes).max() ?? 0 } }
    var isAborted: Bool { state.withLockedValue { $0.isAborted } }
}
