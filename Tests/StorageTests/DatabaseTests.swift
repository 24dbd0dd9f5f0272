import Foundation
import TestDatabases
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct DatabaseTests {
    @Test func `a read sees what a write has returned`() async throws {
        try await withDatabase { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask {
                        try await database.write { try $0.addTicket(number) }
                        let found = try await database.read { try $0.row("SELECT number FROM ticket WHERE number = \(number)") }
                        #expect(found != nil)
                    }
                }
                try await group.waitForAll()
            }
            #expect(database.statistics.reads == 200)
            #expect(database.statistics.longestWaitMs > 0)
        }
    }

    @Test func `a read sees one state throughout while others write`() async throws {
        try await withDatabase { database in
            try await database.write { try $0.addTicket(1) }
            let written = DispatchSemaphore(value: 0)
            let begun = Box(false)
            async let counts = database.read { snapshot in
                let count: @Sendable (Snapshot) throws -> Int? = { try $0.value("SELECT count(*) FROM ticket") }
                let before = try count(snapshot)
                begun.change { $0 = true }
                written.wait()
                return [before, try count(snapshot)]
            }
            while !begun.value { await Task.yield() }
            try await database.write { try $0.addTicket(2) }
            written.signal()
            #expect(try await counts == [1, 1])
            #expect(try await database.ticketNumbers() == [1, 2])
        }
    }

    @Test func `two sums that belong together agree in every read`() async throws {
        try await withDatabase { database in
            try await database.write { transaction in for number in 1...2 { try transaction.addTicket(number) } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 1...300 {
                        try await database.write { transaction in
                            try transaction.run("UPDATE ticket SET weight = weight + 1 WHERE number = 1")
                            try transaction.run("UPDATE ticket SET weight = weight + 1 WHERE number = 2")
                        }
                    }
                }
                for _ in 1...4 {
                    group.addTask {
                        for _ in 1...300 {
                            let weights = try await database.read { snapshot in
                                let first: Int? = try snapshot.value("SELECT weight FROM ticket WHERE number = 1")
                                let second: Int? = try snapshot.value("SELECT weight FROM ticket WHERE number = 2")
                                return (first, second)
                            }
                            #expect(weights.0 == weights.1)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a read cannot write`() async throws {
        try await withDatabase { database in
            await #expect(throws: StorageError.self) {
                try await database.read { try $0.rows("INSERT INTO ticket (number, subject) VALUES (1, 'a') RETURNING number") }
            }
            let numbers = try await database.ticketNumbers()
            #expect(numbers.isEmpty)
        }
    }

    @Test func `closing completes what was accepted and refuses the rest`() async throws {
        try await withScratch { directory in
            let path = directory + "/test.db"
            let database = try Database.sqlite(path: path)
            try await Migrator.migrate(database, [ticketMigration])
            let read = DispatchSemaphore(value: 0)
            let reading = Box(false)
            async let count = database.read { snapshot in
                reading.change { $0 = true }
                read.wait()
                return try snapshot.rows("SELECT number FROM ticket").count
            }
            while !reading.value { await Task.yield() }
            let closing = Box<Task<Void, Never>?>(nil)
            try await withHeldWriter(of: database) { held in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...50 { group.addTask { try await database.write { try $0.addTicket(number) } } }
                    while database.statistics.depth < 50 { await Task.yield() }
                    closing.change { $0 = Task { await database.close() } }
                    // Refused from the moment of closing on, though there is still work.
                    var isRefused = false
                    while !isRefused {
                        do { try await database.read { _ in } } catch StorageError.closed { isRefused = true }
                    }
                    held.signal()
                    try await group.waitForAll()
                }
            }
            read.signal()
            #expect(try await count == 50)
            await closing.value?.value
            await #expect(throws: StorageError.closed) { try await database.write { try $0.addTicket(51) } }
            await #expect(throws: StorageError.closed) { try await database.read { try $0.rows("SELECT 1") } }
            await database.close()

            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["test.db"])
            let reopened = try Database.sqlite(path: path)
            #expect(try await reopened.ticketNumbers() == Array(1...50))
            await reopened.close()
        }
    }

    @Test func `a file only its owner can read is made, and other files are refused`() async throws {
        try await withScratch { directory in
            let path = directory + "/test.db"
            let database = try Database.sqlite(path: path)
            try await Migrator.migrate(database, [ticketMigration])
            for suffix in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            await database.close()
            try Data(String(repeating: "no database ", count: 1000).utf8).write(to: URL(filePath: directory + "/other"))
            #expect(throws: StorageError.unreadable(message: "file is not a database")) { try Database.sqlite(path: directory + "/other") }
            for path in [directory + "/missing/test.db", directory, ":memory:", ""] {
                #expect(throws: StorageError.self) { try Database.sqlite(path: path) }
            }
        }
    }

    @Test func `a backup taken while others write is one consistent state`() async throws {
        try await withScratch { directory in
            let database = try Database.sqlite(path: directory + "/test.db")
            try await Migrator.migrate(database, [ticketMigration])
            try await database.write { transaction in
                for number in 1...2000 { try transaction.addTicket(number, String(repeating: "x", count: 500) + String(number)) }
            }
            let writing = Task {
                while !Task.isCancelled { try await database.write { _ = try $0.run("UPDATE ticket SET weight = weight + 1") } }
            }
            defer { writing.cancel() }
            for number in 1...5 { try await database.backup(to: directory + "/copy\(number).db") }
            writing.cancel()
            try await writing.value
            await database.close()

            for number in 1...5 {
                let copy = try Database.sqlite(path: directory + "/copy\(number).db")
                let (count, weights, check) = try await copy.read { snapshot in
                    (
                        try snapshot.value("SELECT count(*) FROM ticket") as Int?,
                        try snapshot.value("SELECT count(DISTINCT weight) FROM ticket") as Int?,
                        try snapshot.value("PRAGMA integrity_check") as String?
                    )
                }
                #expect(count == 2000)
                #expect(weights == 1)
                #expect(check == "ok")
                await copy.close()
            }
        }
    }

    @Test func `a backup never overwrites and leaves nothing half behind`() async throws {
        try await withScratch { directory in
            let database = try Database.sqlite(path: directory + "/test.db")
            try await database.backup(to: directory + "/copy.db")
            await #expect(throws: StorageError.cannotOpen(path: directory + "/copy.db", message: "is there already")) {
                try await database.backup(to: directory + "/copy.db")
            }
            await #expect(throws: StorageError.self) { try await database.backup(to: directory + "/missing/copy.db") }
            await database.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == ["copy.db", "test.db"])
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite)) func `the write-ahead log stays small though at each moment somebody reads`()
        async throws
    {
        try await withDatabase { database in
            let begun = Box(0)
            let path = try await database.read { try $0.row("PRAGMA database_list").map { try $0["file"] as String } }
            try await database.write { try $0.addTicket(1) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...2 {
                    group.addTask {
                        while !Task.isCancelled {
                            try await database.read { snapshot in
                                _ = try snapshot.row("SELECT number FROM ticket")
                                let own = begun.next()
                                // Not before the other one has begun as well.
                                for _ in 1...20 where begun.value == own { usleep(500) }
                            }
                        }
                    }
                }
                let text = String(repeating: "x", count: 1_000_000)
                for _ in 1...300 {
                    _ = try await database.write { try $0.run("INSERT INTO message (ticket, text) VALUES (1, \(text))") }
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            // 300 MB were written.
            let size = try FileManager.default.attributesOfItem(atPath: try #require(path) + "-wal")[.size] as? Int
            let log = try #require(size)
            #expect(log < 100_000_000)
        }
    }

    @Test func `writers that share a file wait for each other`() async throws {
        try await withScratch { directory in
            let databases = [try Database.sqlite(path: directory + "/test.db"), try Database.sqlite(path: directory + "/test.db")]
            try await withThrowingTaskGroup(of: [Int].self) { group in
                for database in databases { group.addTask { try await Migrator.migrate(database, [ticketMigration]) } }
                let applied = try await group.reduce(into: []) { $0 += $1 }
                #expect(applied == [1])
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 { group.addTask { try await databases[number % 2].write { try $0.addTicket(number) } } }
                try await group.waitForAll()
            }
            for database in databases {
                #expect(try await database.ticketNumbers() == Array(1...200))
                await database.close()
            }
        }
    }
}
