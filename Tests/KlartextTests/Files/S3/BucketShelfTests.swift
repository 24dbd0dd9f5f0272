import Foundation
import NIOCore
import Storage
import Testing

@testable import Klartext

/// What is true of a bucket alone.
@Suite(.s3Server, .timeLimit(.minutes(3)))
struct BucketShelfTests {
    private func withShelf(_ work: (FileStore, BucketShelf) async throws -> Void) async throws {
        try await TestShelf.bucket.withStore { store in
            var shelf = try #require(store.shelf as? BucketShelf)
            shelf.pageSize = 2
            try await work(store, shelf)
        }
    }

    private func keys(_ shelf: BucketShelf) async throws -> [String] {
        try await shelf.client.list("", most: 1000, after: nil).objects.map(\.key)
    }

    /// A moment so late that whatever was kept in this test is old.
    private static let late = Int(Date().timeIntervalSince1970) + 7200

    @Test func `files have the names that they have in a directory`() async throws {
        try await withShelf { store, shelf in
            let digest = try await store.store(Array("abc".utf8)).digest
            #expect(try await keys(shelf) == ["ba/\(digest.dropFirst(2))"])
        }
    }

    @Test func `all pages are swept, and what is not ours stays`() async throws {
        try await withShelf { store, shelf in
            var digests: Set<String> = []
            for number in 0..<5 { digests.insert(try await store.store(Array("\(number)".utf8)).digest) }
            try await shelf.client.put("ab/fremd", Array("x".utf8))
            try await shelf.client.put("LIES MICH", Array("x".utf8))
            var found: [String] = []
            try await shelf.list { found += $0.map(\.digest) }
            #expect(found.count == 5 && Set(found) == digests)
            for digest in found { #expect(try await shelf.remove(digest, ifOlderThan: Self.late)) }
            try await shelf.settleRemovals(before: Self.late) { _ in false }
            #expect(try await keys(shelf) == ["LIES MICH", "ab/fremd"])
        }
    }

    @Test func `a file that is named while it is being removed is never missing, and is put back`() async throws {
        try await withShelf { store, shelf in
            let digest = try await store.store(Array("abc".utf8)).digest
            // The sweep has looked; the same file comes again, and the sweep, late, removes it all the same.
            _ = try await store.store(Array("abc".utf8))
            #expect(try await shelf.setAside(digest))
            #expect(try await store.digests().isEmpty)
            // Its row is committed now.
            #expect(try await store.bytes(digest) == Array("abc".utf8))
            #expect(try await store.sizeBytes(digest) == 3)
            // A sweep that comes soon leaves it alone, one that comes late puts it back.
            try await shelf.settleRemovals(before: 1000) { _ in false }
            #expect(try await store.bytes(digest) == Array("abc".utf8))
            try await shelf.settleRemovals(before: Self.late) { $0 == digest }
            #expect(try await store.digests() == [digest])
            #expect(try await keys(shelf).count == 1)
        }
    }

    @Test func `two sweeps at once take a file once`() async throws {
        try await withShelf { store, shelf in
            let digest = try await store.store(Array("abc".utf8)).digest
            let removals = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 { group.addTask { try await shelf.remove(digest, ifOlderThan: Self.late) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(removals >= 1)
            #expect(try await store.bytes(digest) == Array("abc".utf8))
            try await shelf.settleRemovals(before: Self.late) { _ in false }
            #expect(try await keys(shelf).isEmpty)
        }
    }

    @Test func `a damaged copy is found as any file is`() async throws {
        try await withShelf { store, shelf in
            let digest = try await store.store(Array("abc".utf8)).digest
            #expect(try await shelf.setAside(digest))
            let copy = try #require(try await keys(shelf).first)
            try await shelf.client.put(copy, Array("abd".utf8))
            await #expect(throws: FileStoreError.damaged(digest: digest)) { try await store.verify(digest) }
        }
    }

    @Test func `a large file goes up and comes down in pieces`() async throws {
        try await withShelf { store, _ in
            let bytes = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            let file = try await store.store(bytes)
            var pieces = 0
            try await store.read(file.digest) { _ in pieces += 1 }
            #expect(pieces > 1)
            #expect(try await store.bytes(file.digest) == bytes)
        }
    }

    @Test func `a store that goes away fails what is on its way, and nothing is named`() async throws {
        try await S3Server.with { server in
            try await TestDesk.with(environment: ["KLARTEXT_FILES": server.location(of: server.bucket())]) { test in
                let kept = try await test.desk.files.store(Array("abc".utf8))
                let sink = try await test.desk.files.begin()
                try await sink.write(ByteBuffer(string: "half"))
                try await server.stop()
                let failure = await #expect(throws: FileStoreError.self) { _ = try await sink.finish() }
                #expect("\(try #require(failure))".hasPrefix("the store cannot be reached"))
                let raw = [UInt8](repeating: UInt8(ascii: "x"), count: Inbox.inlineBytes + 1)
                await #expect(throws: FileStoreError.self) {
                    try await test.desk.inbox.keep(.init(door: "lmtp", sender: "", recipients: [], raw: raw))
                }
                #expect(try await test.desk.database.read { db in try db.mailsReceived() } == 0)
                #expect(try await test.desk.database.read { db in try db.fileCount() } == 0)
                let left = try Disk.names(in: test.desk.files.incomingPath)
                #expect(left.isEmpty)
                await #expect(throws: FileStoreError.self) { try await test.desk.files.bytes(kept.digest) }
            }
        }
    }

    @Test func `a desk whose bucket cannot be used does not open, and says why without the key`() async throws {
        let server = try #require(S3Server.current)
        var bucket = server.bucket()
        bucket.secretKey = "geheim"
        let location = server.location(of: bucket)
        let error = await #expect(throws: DeskError.self) { try await TestDesk.with(environment: ["KLARTEXT_FILES": location]) { _ in } }
        let sentence = "\(try #require(error))"
        #expect(sentence.hasPrefix("KLARTEXT_FILES: s3://127.0.0.1:\(server.port)/kunden/"))
        #expect(sentence.contains("cannot be used: the secret key does not belong to the access key"))
        #expect(!sentence.contains("geheim"))
    }
}
