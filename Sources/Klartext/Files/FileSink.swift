import Crypto
import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// Takes one file in, piece by piece, and keeps it under its digest in the end.
///
/// For one writer at a time; `finish` or `abort` ends it, and calls after that throw or do nothing.
final class FileSink: Sendable {
    private struct State {
        var hasher = SHA256()
        var sizeBytes = 0
        var isOpen = true
    }

    private let store: FileStore
    private let spooled: SpooledFile
    // Held through blocking calls, which is right only because they run on the disk's threads.
    private let state = NIOLockedValueBox(State())

    /// Opens a file of its own in `incoming/`. Blocks.
    init(store: FileStore) throws {
        self.store = store
        spooled = try SpooledFile(in: store.incomingPath)
    }

    /// Bytes taken in so far.
    var sizeBytes: Int { state.withLockedValue { $0.sizeBytes } }

    /// Appends a piece.
    func write(_ piece: ByteBuffer) async throws {
        try await store.disk.run { [state, spooled] in
            try state.withLockedValue { state in
                guard state.isOpen else { throw FileStoreError.disk(operation: "write", code: EBADF) }
                try spooled.append(piece)
                piece.withUnsafeReadableBytes { state.hasher.update(bufferPointer: $0) }
                state.sizeBytes += piece.readableBytes
            }
        }
    }

    /// Keeps the file. When this returns, it is durable. A file of the same content may be there already: that is one file.
    func finish() async throws -> StoredFile {
        guard let file = end() else { throw FileStoreError.disk(operation: "finish", code: EBADF) }
        do {
            try await store.shelf.put(file, from: spooled)
        } catch {
            await discard()
            throw error
        }
        await discard()
        return file
    }

    /// Forgets the file. Harmless after `finish`.
    func abort() async {
        if end() != nil { await discard() }
    }

    /// nil when it has ended before.
    private func end() -> StoredFile? {
        state.withLockedValue { state in
            guard state.isOpen else { return nil }
            state.isOpen = false
            return StoredFile(digest: FileStore.hexadecimal(state.hasher.finalize()), sizeBytes: state.sizeBytes)
        }
    }

    private func discard() async {
        // A thread pool that is gone takes the whole process with it: the next start finds the leftover.
        try? await store.disk.run { [spooled] in spooled.remove() }
    }
}
