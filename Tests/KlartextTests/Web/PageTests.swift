import CZlib
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct PageTests {
    @Test func `a long page is compressed for those who can read that`() async throws {
        try await TestSite().test { client in
            let plain = try await client.executeRequest(uri: "/page", method: .get, headers: [:], body: nil)
            let accepting: HTTPFields = [.acceptEncoding: "br, gzip;q=0.8"]
            let packed = try await client.executeRequest(uri: "/page", method: .get, headers: accepting, body: nil)
            #expect(plain.headers[.contentEncoding] == nil && packed.headers[.contentEncoding] == "gzip")
            #expect(packed.body.readableBytes < plain.body.readableBytes / 10)
            #expect(gunzip(Array(packed.body.readableBytesView)) == Array(plain.body.readableBytesView))
            #expect(packed.headers[.contentLength] == String(packed.body.readableBytes))
            #expect(plain.headers[.vary] == "Accept-Encoding" && plain.headers[.contentLanguage] == "de")
            #expect(plain.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP ; q=0.001", true), ("*", true), ("br", false), ("gzip;q=0", false), ("gzip; q=0.000", false), ("", false),
        ("xgzip", false),
    ])
    func `only who accepts gzip gets gzip`(_ header: String, _ isAccepted: Bool) {
        #expect(Gzip.isAccepted(header) == isAccepted)
    }

    @Test(arguments: [0, 1, 1000, 300_000])
    func `what is compressed can be unpacked`(_ count: Int) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        for level: Int32 in [1, 5, 9] { #expect(gunzip(try #require(Gzip.compress(bytes, level: level))) == bytes) }
    }

    @Test func `a public page is sent once and then confirmed`() async throws {
        try await TestSite().test { client in
            let first = try await client.executeRequest(uri: "/short", method: .get, headers: [.acceptEncoding: "gzip"], body: nil)
            let tag = try #require(first.headers[.eTag])
            #expect(first.headers[.contentEncoding] == nil && first.headers[.cacheControl] == "public, max-age=60")
            let again = try await client.executeRequest(uri: "/short", method: .get, headers: [.ifNoneMatch: "\"x\", \(tag)"], body: nil)
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            let other = try await client.executeRequest(uri: "/short", method: .get, headers: [.ifNoneMatch: "\"x\""], body: nil)
            #expect(other.status == .ok)
        }
    }

    @Test func `cookies are ours alone`() {
        var response = Response(status: .ok)
        CookieJar(isSecure: true).set("session", "abc_-", maxAgeSeconds: 60, on: &response)
        CookieJar(isSecure: false).remove("session", from: &response)
        CookieJar(isSecure: true).set("session", "a; Domain=evil", on: &response)
        #expect(
            response.headers[values: .setCookie] == [
                "__Host-session=abc_-; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60",
                "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
            ])
    }

    @Test func `a cookie is found by its whole name`() {
        let header = "a=1; xsession=no; session; session=yes=1; session=second"
        #expect(CookieJar.value("session", in: header) == "yes=1")
        #expect(CookieJar.value("other", in: header) == nil)
        #expect(CookieJar.value("session", in: nil) == nil)
        // A semicolon with a combining mark still separates.
        #expect(CookieJar.value("b", in: "a=1;\u{301}; b=2") == "2")
    }
}

/// Unpacks in one go; nil when it is no gzip.
func gunzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 1_000_000)
    let isWhole = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return inflate(&stream, Z_FINISH) == Z_STREAM_END
        }
    }
    return isWhole ? Array(output.prefix(Int(stream.total_out))) : nil
}
