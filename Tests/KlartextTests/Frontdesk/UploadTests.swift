import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Klartext

/// Files that come in pieces, at the door of a desk.
@Suite(.timeLimit(.minutes(2)))
struct UploadTests {
    private let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    private func begin(_ browser: Browser, _ size: Int = 1000, name: String = "Rm90by5qcGc=") async throws -> Page {
        try await browser.tus(
            .post, "/uploads",
            [.init("Upload-Length")!: "\(size)", .init("Upload-Metadata")!: "filename \(name),filetype aW1hZ2UvanBlZw=="])
    }

    private func append(_ browser: Browser, _ path: String, _ offset: Int, _ piece: some Collection<UInt8>) async throws -> Page {
        try await browser.tus(
            .patch, path, [.init("Upload-Offset")!: "\(offset)", .contentType: "application/offset+octet-stream"], Array(piece))
    }

    private func offset(_ browser: Browser, _ path: String) async throws -> String? {
        try await browser.tus(.head, path, [:]).headers[.init("Upload-Offset")!]
    }

    @Test func `a file that came in pieces is part of the form like any other`() async throws {
        try await Browser.with { browser in
            let created = try await begin(browser)
            let path = try #require(created.headers[.location])
            #expect(created.status == .created && path.hasPrefix("/uploads/"))
            #expect(try await offset(browser, path) == "0")
            let first = try await append(browser, path, 0, bytes.prefix(400))
            #expect(
                first.status == .noContent && first.headers[.init("Upload-Offset")!] == "400"
                    && first.headers[.init("Upload-Ticket")!] == nil)
            #expect(try await offset(browser, path) == "400")
            let last = try await append(browser, path, 400, bytes.dropFirst(400))
            let ticket = try #require(last.headers[.init("Upload-Ticket")!])
            // asked again, as by a client that did not hear the answer
            #expect(try await append(browser, path, 1000, []).headers[.init("Upload-Ticket")!] != nil)
            let page = try await browser.post("/request", Browser.filled(try await browser.stamp()) + [("kept", ticket)])
            #expect(page.status == .ok && page.says("Foto.jpg"))
            let own = try #require(page.privatePath)
            let file = try await browser.get("\(own)/files/1")
            #expect(file.bytes == bytes && file.headers[.contentType] == "image/jpeg")
            try await browser.test.expectWhole()
        }
    }

    @Test func `one piece is enough, and many make the same file`() async throws {
        try await Browser.with { browser in
            for pieces in [1, 7] {
                let path = try #require(try await begin(browser, 994).headers[.location])
                let step = 994 / pieces
                var answer: Page?
                for start in stride(from: 0, to: 994, by: step) {
                    answer = try await append(browser, path, start, bytes[start..<start + step])
                }
                let ticket = try #require(answer?.headers[.init("Upload-Ticket")!])
                let key = browser.test.desk.seal.derivedKey(UploadTicket.formPurpose)
                let read = try #require(UploadTicket(ticket, key: key, now: browser.test.desk.clock.now(), maxAgeSeconds: 60))
                let kept = try await browser.test.desk.files.bytes(read.digest)
                #expect(kept == Array(bytes.prefix(994)) && read.sizeBytes == 994)
            }
        }
    }

    @Test func `what does not fit is refused before a byte is stored`() async throws {
        try await Browser.with(rules: FormRules(fileBytes: 2000)) { browser in
            let large = try await begin(browser, 2001)
            #expect(large.status == .contentTooLarge && large.headers[.init("Tus-Max-Size")!] == "2000")
            for size in ["0", "-1", "x", ""] {
                let page = try await browser.tus(.post, "/uploads", [.init("Upload-Length")!: size])
                #expect(page.status == .badRequest, "\(size)")
            }
            let path = try #require(try await begin(browser, 10).headers[.location])
            #expect(try await append(browser, path, 0, bytes.prefix(11)).status == .contentTooLarge)
            let other = try await append(browser, path, 3, bytes.prefix(3))
            #expect(other.status == .conflict && other.headers[.init("Upload-Offset")!] == "0")
            let form = try await browser.tus(.patch, path, [.init("Upload-Offset")!: "0", .contentType: "text/plain"], [1])
            #expect(form.status == .unsupportedMediaType)
            #expect(try await browser.get("/uploads").status == .notFound)
            #expect(try await offset(browser, path) == "0")
            #expect(try await append(browser, "/uploads/unknown", 0, [1]).status == .notFound)
            #expect(try await browser.test.desk.files.digests() == [])
        }
    }

    @Test func `the protocol says its version, and wants to hear it`() async throws {
        try await Browser.with { browser in
            let options = try await browser.tus(.options, "/uploads", [:])
            #expect(options.status == .noContent && options.headers[.init("Tus-Extension")!] == "creation")
            let silent = try await browser.tus(.post, "/uploads", [.init("Upload-Length")!: "1", .init("Tus-Resumable")!: "0.2.2"])
            #expect(silent.status == .preconditionFailed && silent.headers[.init("Tus-Version")!] == "1.0.0")
            #expect(try await begin(browser).headers[.init("Tus-Resumable")!] == "1.0.0")
        }
    }

    @Test func `a network sends no more than some forms full within an hour`() async throws {
        try await Browser.with(rules: FormRules(fileBytes: 5_000_000, uploadsPerNetwork: 3)) { browser in
            // each counts its megabytes, and one for itself
            for _ in 1...2 { #expect(try await begin(browser, 5_000_000).status == .created) }
            #expect(try await begin(browser, 2_000_000).status == .created)
            let third = try await begin(browser, 1000)
            #expect(third.status == .tooManyRequests && third.headers[.retryAfter] != nil)
            var other = browser
            other.peer = "198.51.100.1"
            #expect(try await begin(other, 5_000_000).status == .created)
            browser.test.pass(hours: 1)
            #expect(try await begin(browser, 1000).status == .created)
        }
    }

    @Test func `two that send the same piece at once add it once`() async throws {
        try await Browser.with { browser in
            let path = try #require(try await begin(browser).headers[.location])
            let answers = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for _ in 1...6 { group.addTask { try await append(browser, path, 0, bytes.prefix(500)).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 == .noContent } == 1 && answers.count { $0 == .conflict } == 5)
            #expect(try await offset(browser, path) == "500")
        }
    }

    @Test func `what broke off counts as far as it came`() async throws {
        try await Browser.with { browser in
            let path = try #require(try await begin(browser).headers[.location])
            let frontdesk = browser.frontdesk
            let upload = try await frontdesk.upload(String(path.dropFirst("/uploads/".count)))
            await #expect(throws: CancellationError.self) {
                _ = try await frontdesk.append(to: upload) { sink in
                    try await sink.write(ByteBuffer(bytes: bytes.prefix(333)))
                    throw CancellationError()
                }
            }
            #expect(try await offset(browser, path) == "333")
            #expect(try await append(browser, path, 333, bytes.dropFirst(333)).headers[.init("Upload-Ticket")!] != nil)
        }
    }

    @Test func `another process takes the next piece`() async throws {
        try await Browser.with { browser in
            let path = try #require(try await begin(browser).headers[.location])
            #expect(try await append(browser, path, 0, bytes.prefix(600)).status == .noContent)
            try await browser.test.withAnother { other in
                var frontdesk = browser.frontdesk
                (frontdesk.tickets, frontdesk.files) = (other.tickets, other.files)
                let upload = try await frontdesk.upload(String(path.dropFirst("/uploads/".count)))
                let whole = try await frontdesk.append(to: upload) { try await $0.write(ByteBuffer(bytes: bytes.dropFirst(600))) }
                let ticket = try await frontdesk.finish(whole)
                let page = try await browser.post("/request", Browser.filled(try await browser.stamp()) + [("kept", ticket)])
                let own = try #require(page.privatePath)
                #expect(try await browser.get("\(own)/files/1").bytes == bytes)
            }
        }
    }

    @Test func `an upload that nobody finished is forgotten after a day, and its pieces are swept`() async throws {
        try await Browser.with { browser in
            let path = try #require(try await begin(browser).headers[.location])
            #expect(try await append(browser, path, 0, bytes.prefix(600)).status == .noContent)
            browser.test.pass(hours: 23)
            try await Housekeeping(browser.test.desk).run()
            #expect(try await offset(browser, path) == "600")
            browser.test.pass(hours: 1)
            #expect(try await browser.tus(.head, path, [:]).status == .notFound)
            try await Housekeeping(browser.test.desk).run()
            let left = try await browser.test.desk.database.read { db in try db.uploadRows() }
            #expect(left == 0)
            // the clock that counts a file's days is the disk's, which the test does not move
            let removed = try await browser.test.desk.files.sweep(olderThan: 2 * 86_400, now: Date(timeIntervalSinceNow: 3 * 86_400)) { _ in
                false
            }
            #expect(removed == 1)
        }
    }
}
