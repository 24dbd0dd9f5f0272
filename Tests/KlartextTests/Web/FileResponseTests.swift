import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct FileResponseTests {
    private func withSite(_ bytes: [UInt8], _ work: @Sendable (any TestClientProtocol, StoredFile) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let file = try await store.store(bytes)
            var site = TestSite()
            site.store = store
            try await site.test { try await work($0, file) }
        }
    }

    @Test func `a file comes as it was sent and runs nothing`() async throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        try await withSite(bytes) { client, file in
            let response = try await client.executeRequest(
                uri: "/file/\(file.digest)?name=b%C3%B6se.html&type=text/html", method: .get, headers: [:], body: nil)
            #expect(Array(response.body.readableBytesView) == bytes)
            #expect(response.headers[.contentLength] == "300000" && response.headers[.contentType] == "text/html")
            #expect(response.headers[.contentDisposition] == "attachment; filename=\"b_se.html\"; filename*=UTF-8''b%C3%B6se.html")
            #expect(response.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox; frame-ancestors 'self'")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[values: .contentSecurityPolicy].count == 1)
        }
    }

    @Test(arguments: [
        ("image/png", true), ("image/jpeg", true), ("image/gif", true), ("image/webp", true), ("text/plain", true),
        ("image/svg%2Bxml", false),
        ("application/pdf", false), ("text/html", false), ("IMAGE/PNG", false), ("", false),
    ])
    func `only pictures and plain text open in the browser`(_ type: String, _ isInline: Bool) async throws {
        try await withSite(Array("abc".utf8)) { client, file in
            let response = try await client.executeRequest(uri: "/file/\(file.digest)?type=\(type)", method: .get, headers: [:], body: nil)
            #expect(response.headers[.contentDisposition]?.hasPrefix(isInline ? "inline;" : "attachment;") == true)
        }
    }

    @Test func `who has the file is told so`() async throws {
        try await withSite(Array("abc".utf8)) { client, file in
            let headers: HTTPFields = [.ifNoneMatch: "\"\(file.digest)\""]
            let response = try await client.executeRequest(uri: "/file/\(file.digest)", method: .get, headers: headers, body: nil)
            #expect(response.status == .notModified && response.body.readableBytes == 0)
        }
    }

    @Test(arguments: [300_000, 1, 0]) func `a damaged file never arrives whole`(_ sizeBytes: Int) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let digest = try await store.store([UInt8](repeating: 1, count: 300_000)).digest
            try await FilesLocation.directory(directory).damage(digest, with: [UInt8](repeating: 2, count: sizeBytes))
            var site = TestSite()
            site.store = store
            try await site.test(.live) { client in
                let response = try? await client.executeRequest(uri: "/file/\(digest)", method: .get, headers: [:], body: nil)
                #expect(response == nil || response?.status == .internalServerError)
            }
        }
    }

    @Test(arguments: [
        (FileStoreError.bucket(.unreachable("x")), 503), (.bucket(.refused(status: 403, code: "", message: "")), 500),
        (.missing(digest: ""), 500), (.disk(operation: "read", code: 5), 500),
    ])
    func `a store that does not answer is told from one that lost a file`(error: FileStoreError, status: Int) {
        #expect(ErrorNotice(error, requestID: "").status.code == status)
    }

    @Test func `a name cannot break out of its header`() {
        #expect(
            Response.disposition("a\"; x=\"\\%22\u{20AC}.pdf", isInline: true)
                == "inline; filename=\"a_; x=___22_.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22%5C%2522%E2%82%AC.pdf")
    }
}
