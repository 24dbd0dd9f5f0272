import AsyncHTTPClient
import Foundation
import NIOCore

/// What is asked of a bucket. Keys are without the bucket's prefix, which is put before and taken off here.
extension S3Client {
    /// Looks whether the bucket is there, may be listed by us and speaks as expected.
    func greet() async throws {
        _ = try await list("", most: 1, after: nil)
    }

    /// Keeps an object, over one that may be there.
    ///
    /// - Parameter headers: what is said of it when it is read. Of a file from outside nothing is to run in the store's name, should the bucket ever
    ///   be public, so it is octets.
    func put(
        _ key: String, digest: String,
        headers: [(name: String, value: String)] = [(name: "content-type", value: "application/octet-stream")],
        _ body: @escaping @Sendable () -> HTTPClientRequest.Body
    ) async throws {
        _ = try await ask(S3Request(method: .put, path: path(key), headers: headers, bodyDigest: digest), body: body)
    }

    /// An object's bytes, piece by piece; throws a failure that `isMissing` where there is none.
    func get(_ key: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        try await download(path(key), piece)
    }

    struct Head: Sendable {
        var sizeBytes: Int
        var changedSecondsSinceEpoch: Int
    }

    /// What is known of an object; nil where there is none.
    func head(_ key: String) async throws -> Head? {
        do {
            let headers = try await ask(S3Request(method: .head, path: path(key))).headers
            guard let size = headers.first(name: "content-length").flatMap({ Int($0) }),
                let changed = headers.first(name: "last-modified").flatMap(S3Time.seconds(header:))
            else { throw S3Failure.odd("the store does not say how large and how old an object is") }
            return Head(sizeBytes: size, changedSecondsSinceEpoch: changed)
        } catch let failure as S3Failure where failure.isMissing {
            return nil
        }
    }

    /// Copies within the store; false where there is nothing to copy.
    func copy(_ source: String, to target: String) async throws -> Bool {
        let origin = "/\(bucket.name)/" + S3Request.escaped(bucket.prefix + source, keepsSlash: true)
        let request = S3Request(method: .put, path: path(target), headers: [("x-amz-copy-source", origin)])
        do {
            _ = try await ask(request)
            return true
        } catch let failure as S3Failure where failure.isMissing {
            return false
        }
    }

    /// Removes an object. None being there is no error.
    func delete(_ key: String) async throws {
        do {
            _ = try await ask(S3Request(method: .delete, path: path(key)))
        } catch let failure as S3Failure where failure.isMissing {
            return
        }
    }

    /// One page of the objects whose keys begin so, in the order of their keys.
    func list(_ beginning: String, most: Int, after continuation: String?) async throws -> S3Listing {
        var query = [("list-type", "2"), ("max-keys", String(most)), ("prefix", bucket.prefix + beginning)]
        if let continuation { query.append(("continuation-token", continuation)) }
        let answer = try await ask(S3Request(method: .get, path: bucket.path(), query: query.map { (name: $0.0, value: $0.1) }))
        guard var listing = S3Listing(answer.body) else { throw S3Failure.odd("the store's answer is no list of a bucket") }
        listing.objects = listing.objects.compactMap { object in
            guard object.key.hasPrefix(bucket.prefix) else { return nil }
            return S3Listing.Object(
                key: String(object.key.dropFirst(bucket.prefix.count)), changedSecondsSinceEpoch: object.changedSecondsSinceEpoch)
        }
        return listing
    }

    private func path(_ key: String) -> String { bucket.path(bucket.prefix + key) }
}
