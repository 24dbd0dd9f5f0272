import Foundation
import Testing

@testable import Klartext

/// The four examples of "Signature Calculations for the Authorization Header" in the Amazon S3 API Reference, and what they do not show.
@Suite(.timeLimit(.minutes(1)))
struct S3SignatureTests {
    private static let signature = S3Signature(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1")
    /// Friday, 24 May 2013, 00:00 UTC.
    private static let day = Date(timeIntervalSince1970: 1_369_353_600)

    private func authorization(_ request: S3Request) -> String? {
        Self.signature.headers(for: request, host: "examplebucket.s3.amazonaws.com", at: Self.day).first { $0.name == "authorization" }?
            .value
    }

    private func expected(_ names: String, _ signature: String) -> String {
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=\(names), Signature=\(signature)"
    }

    @Test func `the example that gets an object`() {
        let request = S3Request(method: .get, path: "/test.txt", headers: [("range", "bytes=0-9")])
        #expect(
            authorization(request)
                == expected(
                    "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"))
    }

    @Test func `the example that puts an object`() {
        let request = S3Request(
            method: .put, path: "/test$file.text",
            headers: [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            bodyDigest: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")
        #expect(
            authorization(request)
                == expected(
                    "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))
    }

    @Test(arguments: [
        (["lifecycle": ""], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (["prefix": "J", "max-keys": "2"], "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ])
    func `the examples that ask a bucket`(query: [String: String], signature: String) {
        let request = S3Request(method: .get, path: "/", query: query.map { ($0.key, $0.value) })
        #expect(authorization(request) == expected("host;x-amz-content-sha256;x-amz-date", signature))
    }

    @Test(arguments: [
        ("/bucket/ab/cd", "/bucket/ab/cd"), ("/a b", "/a%20b"), ("/ü", "/%C3%BC"), ("/a+b=c&d%", "/a%2Bb%3Dc%26d%25"),
        ("/-._~AZaz09", "/-._~AZaz09"), ("/e\u{301}\r\n", "/e%CC%81%0D%0A"),
    ])
    func `a path is escaped byte by byte`(path: String, escaped: String) {
        #expect(S3Request(method: .get, path: path).target == escaped)
    }

    @Test func `a query is ordered by the bytes of its escaped names`() {
        let query = [("b", "2"), ("B", "/"), ("a", "="), ("a", "+"), ("é", "")]
        #expect(
            S3Request(method: .get, path: "/", query: query.map { (name: $0.0, value: $0.1) }).target
                == "/?%C3%A9=&B=%2F&a=%2B&a=%3D&b=2")
    }

    @Test(arguments: [(0.9, "19700101T000000Z"), (951_827_696, "20000229T123456Z"), (4_102_444_799.5, "20991231T235959Z")])
    func `a moment is stamped in UTC`(seconds: Double, stamp: String) {
        #expect(S3Time.stamp(Date(timeIntervalSince1970: seconds)) == stamp)
    }
}
