import NIOConcurrencyHelpers
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct LMTPStopTests {
    @Test func `an idle connection is told and ended, and nobody else gets in`() async throws {
        let desk = LMTPTestDesk()
        let port = try await desk.server.start()
        let peer = try await LMTPTestPeer(port)
        _ = await peer.reply()
        await desk.server.stop()
        #expect(await peer.reply() == "421 4.3.2 Shutting down, come again later")
        #expect(await peer.reply() == nil)
        // nobody listens there any more; or somebody else does by now, who is not this server
        _ = try? await LMTPTestPeer(port)
        #expect(desk.server.connectionCount == 0)
    }

    @Test func `a letter being delivered is answered before the server stops`() async throws {
        let gate = LMTPTestGate()
        let desk = LMTPTestDesk.delivering { _ in
            await gate.wait()
            return [SMTPReply(code: 250, text: "kept")]
        }
        let port = try await desk.server.start()
        let (busy, idle) = (try await LMTPTestPeer(port), try await LMTPTestPeer(port))
        _ = await idle.reply()
        try await busy.begin(to: "b@example.net")
        _ = try await busy.ask("DATA")
        try await busy.send("x\r\n.\r\nMAIL FROM:<>\r\n")
        while desk.letters.isEmpty { await Task.yield() }
        let stopping = Task { await desk.server.stop() }
        #expect(await idle.reply()?.hasPrefix("421 ") == true)
        gate.open()
        #expect(await busy.reply() == "250 kept")
        #expect(await busy.reply() == "421 4.3.2 Shutting down, come again later")
        await stopping.value
        #expect(desk.letters.count == 1)
    }

    @Test func `a delivery goes on after its client has gone, and the server waits for it`() async throws {
        let gate = LMTPTestGate()
        let isDone = NIOLockedValueBox(false)
        let desk = LMTPTestDesk.delivering { _ in
            await gate.wait()
            isDone.withLockedValue { $0 = true }
            return []
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send("x\r\n.\r\n")
        while desk.letters.isEmpty { await Task.yield() }
        try await peer.close()
        let stopping = Task { await desk.server.stop() }
        gate.open()
        await stopping.value
        #expect(isDone.withLockedValue { $0 })
    }

    @Test func `a letter that does not get on is cut off after the grace period`() async throws {
        let desk = LMTPTestDesk { $0.graceSeconds = 0.05 }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        await desk.server.stop()
        #expect(await peer.reply() == nil)
        #expect(desk.letters.isEmpty)
    }

    @Test func `a delivery that takes longer than the grace period is not waited for`() async throws {
        let gate = LMTPTestGate()
        let desk = LMTPTestDesk {
            $0.graceSeconds = 0.05
        } replies: { _ in
            await gate.wait()
            return []
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send("x\r\n.\r\n")
        while desk.letters.isEmpty { await Task.yield() }
        await desk.server.stop()
        #expect(await peer.reply() == nil)
        gate.open()
    }

    @Test func `a letter whose client has gone before the end is not delivered`() async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send("half a let")
        try await peer.close()
        await desk.server.stop()
        #expect(desk.letters.isEmpty)
    }
}
