import NIOConcurrencyHelpers
import NIOCore

/// Takes in a letter that is too large for memory, piece by piece, on a disk as a rule.
public protocol LMTPSpool: Sendable {
    /// Appends a piece. The next one comes when this one has been dealt with.
    func write(_ piece: ByteBuffer) async throws
    /// Forgets the letter. May come more than once, while a piece is being written, and after somebody has taken over what was written:
    /// then it does nothing.
    func abort() async
}

/// A letter on its way out of memory: opens the spool with the first piece, and gives it back whatever happens.
final class LMTPSpooling: Sendable {
    private struct State {
        var spool: (any LMTPSpool)?
        var isAborted = false
    }

    private let open: LMTPServer.Spool
    private let state = NIOLockedValueBox(State())

    init(_ open: @escaping LMTPServer.Spool) { self.open = open }

    /// Writes a piece; nil when that was not possible. Then nothing is left of the letter.
    func write(_ piece: ByteBuffer) async -> (any LMTPSpool)? {
        do {
            let spool = try await opened()
            try await spool.write(piece)
            return spool
        } catch {
            await abort()
            return nil
        }
    }

    /// Leaves nothing behind, unless the letter was taken over.
    func abort() async {
        let spool = state.withLockedValue {
            $0.isAborted = true
            return $0.spool
        }
        await spool?.abort()
    }

    private func opened() async throws -> any LMTPSpool {
        if let spool = state.withLockedValue({ $0.spool }) { return spool }
        let spool = try await open()
        // The client may have gone while it was being opened.
        let isAborted = state.withLockedValue {
            $0.spool = spool
            return $0.isAborted
        }
        guard !isAborted else { throw CancellationError() }
        return spool
    }
}
