import Foundation
import HTTPTypes
import Testing

@testable import Klartext

/// Large files over connections that break, to a Klartext that dies.
@Suite(.serialized, .s3Server, .timeLimit(.minutes(5)))
struct BrokenUploadTests {
    /// Larger than what lies in the buffers between two sockets.
    private static let file = Browser.File(
        name: "scan.pdf", type: "application/pdf", bytes: (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })

    /// One request of the protocol, its body cut after `sent` bytes where that is fewer.
    private func request(
        _ port: Int, _ method: String, _ path: String, _ headers: [String: String], _ body: ArraySlice<UInt8> = [], sent: Int = .max
    ) async throws -> Page? {
        let wire = try await Wire(port: port)
        let all = headers.merging(["Tus-Resumable": "1.0.0", "Content-Length": "\(body.count)"]) { $1 }
        let head = all.map { "\($0.key): \($0.value)\r\n" }.joined()
        try await wire.send("\(method) \(path) HTTP/1.1\r\nHost: hilfe.nordlicht.example\r\nConnection: close\r\n\(head)\r\n")
        // Who has nothing more to send is answered already, and the connection may be closed.
        if !body.isEmpty { try await wire.send(Array(body.prefix(sent))) }
        // The connection ends with the last use of the wire: in the middle of what was announced.
        guard sent >= body.count else { return nil }
        return try await WebVisitor.answer(wire)
    }

    private func begin(_ port: Int) async throws -> String {
        let page = try await request(
            port, "POST", "/uploads", ["Upload-Length": "\(Self.file.bytes.count)", "Upload-Metadata": "filename c2Nhbi5wZGY="])
        return try #require(page?.headers[.location])
    }

    private func append(_ port: Int, _ path: String, _ range: Range<Int>, sent: Int = .max) async throws -> Page? {
        let headers = ["Upload-Offset": "\(range.lowerBound)", "Content-Type": "application/offset+octet-stream"]
        return try await request(port, "PATCH", path, headers, Self.file.bytes[range], sent: sent)
    }

    private func offset(_ port: Int, _ path: String) async throws -> Int {
        let page = try await request(port, "HEAD", path, [:])
        return try #require(page?.headers[.init("Upload-Offset")!].flatMap { Int($0) })
    }

    @Test(arguments: TestShelf.allCases)
    func `cut connections and kills cost what was under way, and the file comes whole`(_ shelf: TestShelf) async throws {
        try await Installation.with(try shelf.settings()) { installation in
            var klartext = try await installation.serve()
            let path = try await begin(klartext.webPort)
            let count = Self.file.bytes.count

            // cut in the middle of a piece: what came is there
            #expect(try await append(klartext.webPort, path, 0..<count, sent: 3_000_000) == nil)
            let port = klartext.webPort
            let reached = try await eventually("what had come") { () -> Int? in
                let reached = try await offset(port, path)
                return reached > 0 ? reached : nil
            }
            #expect(reached == 3_000_000)

            // killed between two pieces: what was acknowledged is there
            let second = try await append(klartext.webPort, path, reached..<reached + 1_000_000)
            #expect(second?.status == .noContent)
            try await klartext.kill()
            klartext = try await installation.serve()
            #expect(try await offset(klartext.webPort, path) == 4_000_000)

            // killed in the middle of one: at least that
            #expect(try await append(klartext.webPort, path, 4_000_000..<count, sent: 2_000_000) == nil)
            try await klartext.kill()
            klartext = try await installation.serve()
            let left = try await offset(klartext.webPort, path)
            #expect(left >= 4_000_000 && left <= 6_000_000)
            let last = try await append(klartext.webPort, path, left..<count)
            #expect(last?.status == .noContent)
            let ticket = try #require(last?.headers[.init("Upload-Ticket")!])

            let visitor = WebVisitor(port: klartext.webPort)
            let stamp = try await visitor.oldEnoughStamp()
            let page = try await visitor.post("/request", Browser.filled(stamp) + [("kept", ticket)])
            let own = try #require(page.privatePath)
            let download = try await visitor.get("\(own)/files/1")
            #expect(download.bytes == Self.file.bytes)
            #expect(try await klartext.stop() == 0)
            let check = try await installation.run("check")
            #expect(check.status == 0, "\(check.output)")
        }
    }
}
