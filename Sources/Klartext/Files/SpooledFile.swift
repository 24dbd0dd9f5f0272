import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// A file on its way: arriving in `incoming/`, and read from there until it stands on its shelf.
///
/// Locked as long as it is open, so that another process, starting, takes it for no leftover. All calls block.
final class SpooledFile: Sendable {
    private let path: String
    /// -1 once closed. Held through blocking calls, which is right only because they run on the disk's threads.
    private let descriptor: NIOLockedValueBox<Int32>

    /// Makes a file of its own in a directory.
    init(in directory: String) throws {
        var opened: (path: String, descriptor: Int32)?
        // A second round is needed only when another process, starting, takes the file for a leftover before the lock is on it.
        for _ in 0..<8 where opened == nil { opened = try Self.open(in: directory) }
        guard let opened else { throw FileStoreError.disk(operation: "open", code: EAGAIN) }
        path = opened.path
        descriptor = NIOLockedValueBox(opened.descriptor)
    }

    private static func open(in directory: String) throws -> (path: String, descriptor: Int32)? {
        let path = "\(directory)/\(FileStore.hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) }))"
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try Disk.check("open", descriptor)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0, try Disk.status(descriptor).links > 0 { return (path, descriptor) }
        Foundation.close(descriptor)
        return nil
    }

    func append(_ piece: ByteBuffer) throws { try whileOpen("write") { try Disk.write(piece, to: $0) } }

    /// The next 64 KiB from an offset on; nil at the end.
    func piece(at offset: Int) throws -> ByteBuffer? { try whileOpen("read") { try Disk.readPiece($0, at: offset) } }

    /// Makes the content survive a loss of power.
    func sync() throws { try whileOpen("fsync") { try Disk.check("fsync", fsync($0)) } }

    /// Moves it over what may be at a path on the same file system.
    func move(to target: String) throws { try whileOpen("rename") { _ in try Disk.check("rename", rename(path, target)) } }

    /// Forgets it, unless it was moved. Harmless when called again.
    func remove() {
        descriptor.withLockedValue { descriptor in
            guard descriptor >= 0 else { return }
            // Gone already where it was moved; should unlinking fail otherwise, it is a leftover for the next start.
            unlink(path)
            Foundation.close(descriptor)
            descriptor = -1
        }
    }

    private func whileOpen<Value>(_ operation: String, _ work: (Int32) throws -> Value) throws -> Value {
        try descriptor.withLockedValue { descriptor in
            guard descriptor >= 0 else { throw FileStoreError.disk(operation: operation, code: EBADF) }
            return try work(descriptor)
        }
    }

    /// Removes files that no living process holds. Blocks.
    static func removeLeftovers(in directory: String) throws {
        for name in try Disk.names(in: directory) {
            let path = "\(directory)/\(name)"
            let descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC)
            // Gone already: somebody finished it, or another process swept it.
            guard descriptor >= 0 else { continue }
            defer { Foundation.close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
        }
    }
}

/// A spooled file's bytes for whoever sends them on.
struct SpooledPieces: AsyncSequence, Sendable {
    let file: SpooledFile
    let disk: Disk

    struct AsyncIterator: AsyncIteratorProtocol {
        let pieces: SpooledPieces
        var offset = 0

        mutating func next() async throws -> ByteBuffer? {
            let (file, from) = (pieces.file, offset)
            guard let piece = try await pieces.disk.run({ try file.piece(at: from) }) else { return nil }
            offset += piece.readableBytes
            return piece
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: self) }
}
