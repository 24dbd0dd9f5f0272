import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// A request body with an end to its patience: bounded in size, in total time and in the time between two pieces.
///
/// Hummingbird itself waits forever for a client that sends a byte a minute.
final class BodyReader {
    // A value whose copies share one stream; this is its one home, inside one task.
    private var iterator: RequestBody.AsyncIterator
    private let progress: NIOLockedValueBox<ContinuousClock.Instant>
    private let limitBytes: Int
    private var readBytes = 0
    /// Whether the body went on after the limit, and reading was given up.
    private(set) var isCutShort = false

    private init(_ iterator: RequestBody.AsyncIterator, progress: NIOLockedValueBox<ContinuousClock.Instant>, limitBytes: Int) {
        self.iterator = iterator
        self.progress = progress
        self.limitBytes = limitBytes
    }

    /// The next piece; nil at the end, or where the limit ends it.
    func next() async throws -> ByteBuffer? {
        guard !isCutShort, let piece = try await iterator.next() else { return nil }
        progress.withLockedValue { $0 = .now }
        readBytes += piece.readableBytes
        guard readBytes > limitBytes else { return piece }
        isCutShort = true
        await giveUp()
        return nil
    }

    /// Ends the stream for good: reading in a cancelled task does. Otherwise Hummingbird would go on to read the body, however long, in
    /// search of the next request. The task is the reader's own.
    private func giveUp() async {
        withUnsafeCurrentTask { $0?.cancel() }
        _ = try? await iterator.next()
    }

    /// Reads in a task of its own, beside a watch that ends it.
    ///
    /// - Throws: `FormError.timedOut`, or what `parse` throws.
    static func read<Value: Sendable>(
        _ body: RequestBody, limits: FormLimits, parse: @escaping @Sendable (BodyReader) async throws -> Value
    ) async throws -> Value {
        let progress = NIOLockedValueBox(ContinuousClock.now)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await parse(BodyReader(body.makeAsyncIterator(), progress: progress, limitBytes: limits.bodyBytes))
            }
            group.addTask {
                try await watch(progress, limits)
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw FormError.timedOut }
            return value
        }
    }

    /// Returns when the body took too long.
    private static func watch(_ progress: NIOLockedValueBox<ContinuousClock.Instant>, _ limits: FormLimits) async throws {
        let end = ContinuousClock.now + .seconds(limits.totalSeconds)
        while true {
            let wake = min(progress.withLockedValue { $0 } + .seconds(limits.idleSeconds), end)
            guard wake > .now else { return }
            try await Task.sleep(until: wake, clock: .continuous)
        }
    }
}
