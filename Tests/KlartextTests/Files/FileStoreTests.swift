import Foundation
import NIOCore
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct FileStoreTests {
    /// SHA-256 of "abc", from FIPS 180-4's examples.
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private struct Interruption: Error {}

    private func withStore(_ work: (FileStore) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await work(try await FileStore(root: "\($0)/files")) }
    }

    @Test func `a file is kept under its digest`() async throws {
        try await withStore { store in
            let file = try await store.store(Array("abc".utf8))
            #expect(file == StoredFile(digest: Self.abc, sizeBytes: 3))
            #expect(FileManager.default.fileExists(atPath: "\(store.root)/ba/\(Self.abc.dropFirst(2))"))
            #expect(try await store.bytes(Self.abc) == Array("abc".utf8))
            #expect(try await store.sizeBytes(Self.abc) == 3)
            try await store.verify(Self.abc)
            #expect(try await store.digests() == [Self.abc])
        }
    }

    @Test func `pieces make one file`() async throws {
        try await withStore { store in
            let file = try await store.store { sink in
                for piece in ["a", "", "b", "c"] { try await sink.write(ByteBuffer(string: piece)) }
                #expect(sink.sizeBytes == 3)
            }
            #expect(file.digest == Self.abc)
        }
    }

    @Test func `an empty file is a file`() async throws {
        try await withStore { store in
            let file = try await store.store([UInt8]())
            #expect(file.sizeBytes == 0)
            #expect(try await store.bytes(file.digest).isEmpty)
        }
    }

    @Test func `the same content is kept once, however many send it at a time`() async throws {
        try await withStore { store in
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { _ = try await store.store(Array("abc".utf8)) } }
                try await group.waitForAll()
            }
            #expect(try await store.digests() == [Self.abc])
            let left = try Disk.names(in: store.incomingPath)
            #expect(left.isEmpty)
            try await store.verify(Self.abc)
        }
    }

    @Test func `an error on the way leaves nothing behind`() async throws {
        try await withStore { store in
            await #expect(throws: Interruption.self) {
                try await store.store { sink in
                    try await sink.write(ByteBuffer(string: "half"))
                    throw Interruption()
                }
            }
            #expect(try await store.digests().isEmpty)
            let left = try Disk.names(in: store.incomingPath)
            #expect(left.isEmpty)
        }
    }

    @Test func `a cancelled upload cleans up after itself`() async throws {
        try await withStore { store in
            let upload = Task {
                try await store.store { sink in
                    try await sink.write(ByteBuffer(string: "half"))
                    withUnsafeCurrentTask { $0?.cancel() }
                    try Task.checkCancellation()
                }
            }
            await #expect(throws: CancellationError.self) { try await upload.value }
            let left = try Disk.names(in: store.incomingPath)
            #expect(left.isEmpty)
        }
    }

    @Test func `a sink that has ended takes nothing more`() async throws {
        try await withStore { store in
            let sink = try await store.begin()
            _ = try await sink.finish()
            await #expect(throws: FileStoreError.self) { try await sink.write(ByteBuffer(string: "late")) }
            await #expect(throws: FileStoreError.self) { try await sink.finish() }
            await sink.abort()
            #expect(try await store.digests().count == 1)
        }
    }

    @Test func `what a crash left is removed at the next start, what is still arriving is not`() async throws {
        try await withStore { store in
            try Data("half a file".utf8).write(to: URL(fileURLWithPath: "\(store.incomingPath)/crashed"))
            let arriving = try await store.begin()
            try await arriving.write(ByteBuffer(string: "abc"))
            let again = try await FileStore(root: store.root)
            #expect(try Disk.names(in: store.incomingPath).count == 1)
            #expect(try await arriving.finish().digest == Self.abc)
            #expect(try await again.bytes(Self.abc) == Array("abc".utf8))
        }
    }

    @Test func `damage is found`() async throws {
        try await withStore { store in
            let file = try await store.store(Array("abc".utf8))
            try Data("abd".utf8).write(to: URL(fileURLWithPath: try store.path(of: file.digest)))
            await #expect(throws: FileStoreError.damaged(digest: Self.abc)) { try await store.verify(Self.abc) }
            await #expect(throws: FileStoreError.damaged(digest: Self.abc)) { try await store.bytes(Self.abc) }
            // Sent once more, it is whole again.
            _ = try await store.store(Array("abc".utf8))
            try await store.verify(Self.abc)
        }
    }

    @Test func `a file that is not here is missing`() async throws {
        try await withStore { store in
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.bytes(Self.abc) }
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.verify(Self.abc) }
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.sizeBytes(Self.abc) }
        }
    }

    @Test(arguments: ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63) + "/"])
    func `only a digest names a file`(_ text: String) async throws {
        try await withStore { store in
            await #expect(throws: FileStoreError.notADigest) { try await store.bytes(text) }
        }
    }

    @Test func `more than the caller can hold is refused`() async throws {
        try await withStore { store in
            let file = try await store.store([UInt8](repeating: 7, count: 200_000))
            await #expect(throws: FileStoreError.tooLarge(limitBytes: 100)) { try await store.bytes(file.digest, limitBytes: 100) }
            #expect(try await store.bytes(file.digest).count == 200_000)
        }
    }

    @Test func `the sweep takes what is old and unnamed`() async throws {
        try await withStore { store in
            let named = try await store.store(Array("named".utf8)).digest
            let unnamed = try await store.store(Array("unnamed".utf8)).digest
            let early = try await store.sweep(olderThan: 3600, now: Date()) { _ in false }
            #expect(early == 0)
            let removed = try await store.sweep(olderThan: 3600, now: Date().addingTimeInterval(7200)) { $0 == named }
            #expect(removed == 1)
            #expect(try await store.digests() == [named])
            await #expect(throws: FileStoreError.missing(digest: unnamed)) { try await store.bytes(unnamed) }
        }
    }

    @Test func `a file that comes again while the sweep asks for its name stays`() async throws {
        try await withStore { store in
            let digest = try await store.store(Array("abc".utf8)).digest
            let path = try store.path(of: digest)
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path)
            let removed = try await store.sweep(olderThan: 3600, now: Date()) { _ in
                _ = try await store.store(Array("abc".utf8))
                return false
            }
            #expect(removed == 0)
            try await store.verify(digest)
        }
    }
}
