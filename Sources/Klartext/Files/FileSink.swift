import Crypto
import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// Takes one file in, piece by piece, and keeps it under its digest in the end.
///
/// For one writer at a time; `finish` or `abort` ends it, and calls after that throw or do nothing.
final class FileSink: Sendable {
    private struct State {
        var descriptor: Int32
        var hasher = SHA256()
        var sizeBytes = 0
        var isOpen = true
    }

    private let store: FileStore
    private let path: String
    // Held through blocking calls, which is right only because they run on the disk's threads.
    private let state: NIOLockedValueBox<State>

    /// Opens a file of its own in `incoming/`. Blocks.
    init(store: FileStore, incoming: String) throws {
        self.store = store
        var opened: (path: String, descriptor: Int32)?
        // A second round is needed only when another process, starting, takes the file for a leftover before the lock is on it.
        for _ in 0..<8 where opened == nil { opened = try Self.openIncoming(incoming) }
        guard let opened else { throw FileStoreError.disk(operation: "open", code: EAGAIN) }
        path = opened.path
        state = NIOLockedValueBox(State(descriptor: opened.descriptor))
    }

    private static func openIncoming(_ directory: String) throws -> (path: String, descriptor: Int32)? {
        let path = "\(directory)/\(FileStore.hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) }))"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try Disk.check("open", descriptor)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0, try Disk.status(descriptor).links > 0 { return (path, descriptor) }
        close(descriptor)
        return nil
    }

    /// Bytes taken in so far.
    var sizeBytes: Int { state.withLockedValue { $0.sizeBytes } }

    /// Appends a piece.
    func write(_ piece: ByteBuffer) async throws {
        try await store.disk.run { [state] in
            try state.withLockedValue { state in
                guard state.isOpen else { throw FileStoreError.disk(operation: "write", code: EBADF) }
                try Disk.write(piece, to: state.descriptor)
                piece.withUnsafeReadableBytes { state.hasher.update(bufferPointer: $0) }
                state.sizeBytes += piece.readableBytes
            }
        }
    }

    /// Keeps the file. When this returns, it survives a loss of power. A file of the same content may be there already: that is one file.
    func finish() async throws -> StoredFile {
        try await store.disk.run { [self] in
            try state.withLockedValue { state in
                guard state.isOpen else { throw FileStoreError.disk(operation: "finish", code: EBADF) }
                state.isOpen = false
                defer { close(state.descriptor) }
                do {
                    try Disk.check("fsync", fsync(state.descriptor))
                    let file = StoredFile(digest: FileStore.hexadecimal(state.hasher.finalize()), sizeBytes: state.sizeBytes)
                    try moveIntoPlace(file.digest)
                    return file
                } catch {
                    unlink(path)
                    throw error
                }
            }
        }
    }

    /// Forgets the file. Harmless after `finish`.
    func abort() async {
        // The file is a leftover already; should even unlinking fail, the next start removes it.
        try? await store.disk.run { [state, path] in
            state.withLockedValue { state in
                guard state.isOpen else { return }
                state.isOpen = false
                unlink(path)
                close(state.descriptor)
            }
        }
    }

    /// Renames over a file that may be there: the content is the same, and its fresh date tells `sweep` that somebody counts on it.
    private func moveIntoPlace(_ digest: String) throws {
        let (directory, target) = (store.directory(of: digest), try store.path(of: digest))
        try Disk.locked(store.lockPath) { try Disk.check("rename", rename(path, target)) }
        try Disk.syncDirectory(directory)
    }
}
