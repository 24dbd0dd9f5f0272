import Foundation
import NIOCore
import Testing

@testable import Klartext

/// What holds wherever files are kept.
@Suite(.s3Server, .timeLimit(.minutes(3)))
struct FileStoreTests {
    /// SHA-256 of "abc", from FIPS 180-4's examples.
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private struct Interruption: Error {}

    @Test(arguments: TestShelf.allCases) func `a file is kept under its digest`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let file = try await store.store(Array("abc".utf8))
            #expect(file == StoredFile(digest: Self.abc, sizeBytes: 3))
            #expect(try await store.bytes(Self.abc) == Array("abc".utf8))
            #expect(try await store.sizeBytes(Self.abc) == 3)
            try await store.verify(Self.abc)
            #expect(try await store.digests() == [Self.abc])
        }
    }

    @Test(arguments: TestShelf.allCases) func `pieces make one file`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let file = try await store.store { sink in
                for piece in ["a", "", "b", "c"] { try await sink.write(ByteBuffer(string: piece)) }
                #expect(sink.sizeBytes == 3)
            }
            #expect(file.digest == Self.abc)
        }
    }

    @Test(arguments: TestShelf.allCases) func `an empty file is a file`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let file = try await store.store([UInt8]())
            #expect(file.sizeBytes == 0)
            #expect(try await store.bytes(file.digest).isEmpty)
        }
    }

    @Test(arguments: TestShelf.allCases) func `the same content is kept once, however many send it at a time`(_ shelf: TestShelf)
        async throws
    {
        try await shelf.withStore { store in
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

    @Test(arguments: TestShelf.allCases) func `an error on the way leaves nothing behind`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
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

    @Test(arguments: TestShelf.allCases) func `a cancelled upload cleans up after itself`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
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

    @Test(arguments: TestShelf.allCases) func `a sink that has ended takes nothing more`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let sink = try await store.begin()
            _ = try await sink.finish()
            await #expect(throws: FileStoreError.self) { try await sink.write(ByteBuffer(string: "late")) }
            await #expect(throws: FileStoreError.self) { try await sink.finish() }
            await sink.abort()
            #expect(try await store.digests().count == 1)
        }
    }

    @Test(arguments: TestShelf.allCases)
    func `what a crash left is removed at the next start, what is still arriving is not`(_ shelf: TestShelf) async throws {
        try await shelf.withPlace { place in
            try await place.withStore { store in
                try Data("half a file".utf8).write(to: URL(fileURLWithPath: "\(store.incomingPath)/crashed"))
                let arriving = try await store.begin()
                try await arriving.write(ByteBuffer(string: "abc"))
                try await place.withStore { again in
                    let left = try Disk.names(in: store.incomingPath)
                    #expect(left.count == 1)
                    let file = try await arriving.finish()
                    #expect(file.digest == Self.abc)
                    let bytes = try await again.bytes(Self.abc)
                    #expect(bytes == Array("abc".utf8))
                }
            }
        }
    }

    @Test(arguments: TestShelf.allCases, ["abd", "", "ab", "abcd"])
    func `damage is found`(_ shelf: TestShelf, damaged: String) async throws {
        try await shelf.withPlace { place in
            try await place.withStore { store in
                let file = try await store.store(Array("abc".utf8))
                try await place.location.damage(file.digest, with: Array(damaged.utf8))
                await #expect(throws: FileStoreError.damaged(digest: Self.abc)) { try await store.verify(Self.abc) }
                await #expect(throws: FileStoreError.damaged(digest: Self.abc)) { try await store.bytes(Self.abc) }
                // Sent once more, it is whole again.
                _ = try await store.store(Array("abc".utf8))
                try await store.verify(Self.abc)
            }
        }
    }

    @Test(arguments: TestShelf.allCases)
    func `of a damaged file less is handed over than was announced`(_ shelf: TestShelf) async throws {
        try await shelf.withPlace { place in
            try await place.withStore { store in
                let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
                let file = try await store.store(bytes)
                try await place.location.damage(file.digest, with: bytes.dropLast() + [0])
                var sizeBytes = 0
                await #expect(throws: FileStoreError.damaged(digest: file.digest)) {
                    try await store.read(file.digest) { sizeBytes += $0.readableBytes }
                }
                #expect(sizeBytes < 300_000)
                #expect(try await store.sizeBytes(file.digest) == 300_000)
            }
        }
    }

    @Test(arguments: TestShelf.allCases) func `a file that is not here is missing`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.bytes(Self.abc) }
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.verify(Self.abc) }
            await #expect(throws: FileStoreError.missing(digest: Self.abc)) { try await store.sizeBytes(Self.abc) }
        }
    }

    @Test(
        arguments: TestShelf.allCases, ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63) + "/"])
    func `only a digest names a file`(_ shelf: TestShelf, text: String) async throws {
        try await shelf.withStore { store in
            await #expect(throws: FileStoreError.notADigest) { try await store.bytes(text) }
        }
    }

    @Test(arguments: TestShelf.allCases) func `more than the caller can hold is refused`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let file = try await store.store([UInt8](repeating: 7, count: 200_000))
            await #expect(throws: FileStoreError.tooLarge(limitBytes: 100)) { try await store.bytes(file.digest, limitBytes: 100) }
            #expect(try await store.bytes(file.digest).count == 200_000)
        }
    }

    @Test(arguments: TestShelf.allCases) func `the sweep takes what is old and unnamed`(_ shelf: TestShelf) async throws {
        try await shelf.withStore { store in
            let named = try await store.store(Array("named".utf8)).digest
            let unnamed = try await store.store(Array("unnamed".utf8)).digest
            let early = try await store.sweep(olderThan: 3600, now: Date()) { _ in false }
            #expect(early == 0)
            let removed = try await store.sweep(olderThan: 3600, now: Date().addingTimeInterval(7200)) { $0 == named }
            #expect(removed == 1)
            #expect(try await store.digests() == [named])
            // Where a removal has two steps, this is the second.
            let again = try await store.sweep(olderThan: 3600, now: Date().addingTimeInterval(7200)) { $0 == named }
            #expect(again == 0)
            await #expect(throws: FileStoreError.missing(digest: unnamed)) { try await store.bytes(unnamed) }
        }
    }

    @Test(arguments: TestShelf.allCases) func `a file that comes again while the sweep asks for its name stays`(_ shelf: TestShelf)
        async throws
    {
        try await shelf.withStore { store in
            let digest = try await store.store(Array("abc".utf8)).digest
            var dates: [Int] = []
            try await store.shelf.list { dates += $0.map(\.changedSecondsSinceEpoch) }
            let next = Date(timeIntervalSince1970: Double(try #require(dates.first)) + 1)
            try await eventually("the next second") { Date() > next ? true : nil }
            let removed = try await store.sweep(olderThan: 0, now: next) { _ in
                _ = try await store.store(Array("abc".utf8))
                return false
            }
            #expect(removed == 0)
            try await store.verify(digest)
        }
    }
}
