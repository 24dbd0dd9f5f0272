import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import Klartext

/// What only a real connection shows.
@Suite(.timeLimit(.minutes(1)))
struct LiveFormTests {
    /// Sends the pieces, then reads until the server closes.
    private func exchange(_ port: Int, _ pieces: [String]) async throws -> String {
        let channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var answer = ""
            for try await bytes in inbound { answer += String(buffer: bytes) }
            return answer
        }
    }

    @Test func `a slow sender gets 408 and the connection ends`() async throws {
        var site = TestSite()
        site.limits = FormLimits(totalSeconds: 30, idleSeconds: 0.1)
        try await site.test(.live) { client in
            let head = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
            let answer = try await exchange(try #require(client.port), [head, "subject=abc"])
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(answer.lowercased().contains("connection: close\r\n"))
        }
    }

    @Test func `a body far beyond the limit is answered and the connection ends`() async throws {
        var site = TestSite()
        site.limits = FormLimits(fieldBytes: 1000, bodyBytes: 300_000)
        try await site.test(.live) { client in
            let head =
                "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000000\r\n\r\n"
            let answer = try await exchange(
                try #require(client.port), [head, "subject=kept&text=", String(repeating: "x", count: 400_000)])
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("\r\n\r\nkept 0 2"))
        }
    }

    @Test func `a form arrives whole and the connection goes on`() async throws {
        try await withTemporaryDirectory { directory in
            var site = TestSite()
            site.store = try await FileStore(root: directory)
            try await site.test(.live) { client in
                var body = ByteBuffer()
                for try await piece in MultipartBody([.file("f", "a.bin", "a/b", bytes: 3_000_000), .field("subject", "Guten Tag")]) {
                    body.writeImmutableBuffer(piece)
                }
                for _ in 0..<3 {
                    let response = try await client.executeRequest(
                        uri: "/form", method: .post, headers: [.contentType: "multipart/form-data; boundary=\(MultipartBody.boundary)"],
                        body: body)
                    #expect(response.text == "Guten Tag 1 0")
                }
            }
        }
    }

    @Test func `a sender who hangs up half way leaves nothing behind`() async throws {
        try await withTemporaryDirectory { directory in
            var site = TestSite()
            let store = try await FileStore(root: directory)
            site.store = store
            try await site.test(.live) { client in
                let head =
                    "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999\r\n\r\n"
                let part = "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"
                let channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
                    .connect(host: "127.0.0.1", port: try #require(client.port)).get()
                try await channel.writeAndFlush(ByteBuffer(string: head + part + "half"))
                try await channel.close()
                // The next request is answered by a server that is alive.
                let next = try await client.executeRequest(uri: "/who", method: .get, headers: [:], body: nil)
                #expect(next.status == .ok)
            }
            // The site has stopped, and with it the broken request.
            let left = try Disk.names(in: store.incomingPath)
            #expect(left.isEmpty)
        }
    }
}
