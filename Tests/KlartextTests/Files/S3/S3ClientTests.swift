import Foundation
import Testing

@testable import Klartext

/// The client against `moto`, which checks signatures and rights, and against a store that fails on demand.
@Suite(.s3Server, .timeLimit(.minutes(3)))
struct S3ClientTests {
    private var server: S3Server { get throws { try #require(S3Server.current) } }

    private func failure(_ bucket: S3Bucket) async throws -> String {
        try await S3Client.with(bucket) { client in
            do {
                try await client.greet()
                return "none"
            } catch let failure as S3Failure {
                return "\(failure)"
            }
        }
    }

    @Test func `an object is put, seen, read, copied, listed and deleted`() async throws {
        try await S3Client.with(try server.bucket()) { client in
            let before = Int(Date().timeIntervalSince1970)
            try await client.put("a/b", Array("abc".utf8))
            #expect(try await client.bytes("a/b") == Array("abc".utf8))
            let head = try #require(try await client.head("a/b"))
            #expect(head.sizeBytes == 3)
            #expect((before...before + 60).contains(head.changedSecondsSinceEpoch))
            #expect(try await client.copy("a/b", to: "c"))
            #expect(try await client.list("", most: 10, after: nil).objects.map(\.key) == ["a/b", "c"])
            #expect(try await client.list("a/", most: 10, after: nil).objects.map(\.key) == ["a/b"])
            try await client.delete("a/b")
            #expect(try await client.head("a/b") == nil)
            #expect(try await client.bytes("c") == Array("abc".utf8))
        }
    }

    @Test func `what is not there is missing, and deleting it again does no harm`() async throws {
        try await S3Client.with(try server.bucket()) { client in
            #expect(try await client.head("nichts") == nil)
            #expect(try await !client.copy("nichts", to: "etwas"))
            try await client.delete("nichts")
            do {
                _ = try await client.bytes("nichts")
                Issue.record("was there")
            } catch let failure as S3Failure {
                #expect(failure.isMissing)
            }
        }
    }

    @Test(arguments: ["leer zeichen", "ümläut", "a+b", "a=b&c", "100%", "(klammer)*'!", "a~b-c_d.e"])
    func `a name of any characters is signed as the store reads it`(key: String) async throws {
        try await S3Client.with(try server.bucket()) { client in
            try await client.put(key, Array(key.utf8))
            #expect(try await client.bytes(key) == Array(key.utf8))
            #expect(try await client.list("", most: 10, after: nil).objects.map(\.key) == [key])
            #expect(try await client.copy(key, to: "kopie"))
        }
    }

    @Test func `a listing goes on page by page`() async throws {
        try await S3Client.with(try server.bucket()) { client in
            let keys = (0..<5).map { "\($0)" }
            for key in keys { try await client.put(key, Array(key.utf8)) }
            var (found, continuation, pages): ([String], String?, Int) = ([], nil, 0)
            repeat {
                let page = try await client.list("", most: 2, after: continuation)
                found += page.objects.map(\.key)
                continuation = page.continuation
                pages += 1
            } while continuation != nil && pages < 10
            #expect(found == keys)
            #expect(pages == 3)
        }
    }

    @Test func `a key that is wrong, unknown or without rights is told apart`() async throws {
        var wrong = try server.bucket()
        wrong.secretKey += "x"
        var unknown = wrong
        unknown.accessKey = "AKIANOBODY"
        var elsewhere = try server.bucket()
        elsewhere.name = "anderswo"
        #expect(try await failure(try server.bucket()) == "none")
        #expect(try await failure(wrong).contains("secret key does not belong"))
        #expect(try await failure(unknown).contains("does not know this access key"))
        #expect(try await failure(try server.strangersBucket()).contains("may not do this"))
        #expect(try await failure(elsewhere).contains("no bucket of this name"))
    }

    @Test func `what fails for a moment is tried again, with the whole body`() async throws {
        let answers = [ScriptedStore.answer("503 Slow Down", "<Error><Code>SlowDown</Code></Error>"), "", ScriptedStore.answer("200 OK")]
        try await scripted(answers) { store, client in
            try await client.put("a", Array("abc".utf8))
            #expect(store.requests.count == 3)
            #expect(store.requests.allSatisfy { $0.hasPrefix("PUT /kunden/a HTTP/1.1\r\n") && $0.hasSuffix("\r\n\r\nabc") })
        }
    }

    @Test func `a download whose connection is lost goes on where it was`() async throws {
        let answers = [
            ScriptedStore.answer("200 OK", "abc", length: 9), ScriptedStore.answer("206 Partial Content", "def", length: 6),
            ScriptedStore.answer("206 Partial Content", "ghi"),
        ]
        try await scripted(answers) { store, client in
            let bytes = try await client.bytes("a")
            #expect(bytes == Array("abcdefghi".utf8))
            #expect(store.requests.map { $0.lowercased().contains("range: ") } == [false, true, true])
            #expect(store.requests[1].contains("bytes=3-"))
            #expect(store.requests[2].contains("bytes=6-"))
        }
    }

    @Test func `a store that begins anew when asked to go on is not believed`() async throws {
        try await scripted([ScriptedStore.answer("200 OK", "abc", length: 9), ScriptedStore.answer("200 OK", "abcdefghi")]) { _, client in
            await #expect(throws: S3Failure.odd("the store does not answer ranges")) { try await client.bytes("a") }
        }
    }

    @Test func `a store that stays busy is given up, one that refuses is not asked again`() async throws {
        let busy = ScriptedStore.answer("503 Slow Down", "<Error><Code>SlowDown</Code></Error>")
        try await scripted(Array(repeating: busy, count: 10)) { store, client in
            await #expect(throws: S3Failure.refused(status: 503, code: "SlowDown", message: "")) { try await client.delete("a") }
            #expect(store.requests.count == 4)
        }
        try await scripted([ScriptedStore.answer("403 Forbidden"), ScriptedStore.answer("200 OK")]) { store, client in
            await #expect(throws: S3Failure.refused(status: 403, code: "", message: "")) { try await client.delete("a") }
            #expect(store.requests.count == 1)
        }
    }

    @Test func `a copy that fails behind a good beginning has failed`() async throws {
        let error = ScriptedStore.answer("200 OK", "<Error><Code>InternalError</Code></Error>")
        try await scripted([error, ScriptedStore.answer("200 OK", "<CopyObjectResult/>")]) { store, client in
            let isCopied = try await client.copy("a", to: "b")
            #expect(isCopied && store.requests.count == 2)
        }
    }

    private func scripted(_ answers: [String], _ work: (ScriptedStore, S3Client) async throws -> Void) async throws {
        try await ScriptedStore.with(answers) { store in
            let bucket = S3Bucket(host: "127.0.0.1", port: store.port, hasTLS: false, name: "kunden", accessKey: "a", secretKey: "s")
            try await S3Client.with(bucket) { try await work(store, $0) }
        }
    }
}
