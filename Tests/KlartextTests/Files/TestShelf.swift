import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import Testing

@testable import Klartext

/// Both kinds of shelves, for what must hold on either. The suite needs the trait `.s3Server`.
enum TestShelf: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case directory, bucket

    var testDescription: String { rawValue }

    /// A shelf that nobody else has; the directory lies in `data`.
    func location(data: String) throws -> FilesLocation {
        switch self {
        case .directory: .directory(data + "/files")
        case .bucket: .bucket(try #require(S3Server.current).bucket())
        }
    }

    /// What an operator says for it, and nothing for files in the data directory.
    func settings() throws -> [String: String] {
        guard case .bucket = self else { return [:] }
        let server = try #require(S3Server.current)
        return ["KLARTEXT_FILES": server.location(of: server.bucket())]
    }

    func withStore(_ work: (FileStore) async throws -> Void) async throws {
        try await withPlace { try await $0.withStore(work) }
    }

    func withPlace(_ work: (TestPlace) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await work(TestPlace(data: $0, location: try location(data: $0))) }
    }
}

/// A place for files, which any number of processes may open.
struct TestPlace: Sendable {
    var data: String
    var location: FilesLocation

    func withStore(_ work: (FileStore) async throws -> Void) async throws {
        let store = try await location.open(data: data, logger: .init(label: "test"))
        do {
            try await work(store)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }
}

extension FilesLocation {
    /// Puts other bytes where a file is.
    func damage(_ digest: String, with bytes: [UInt8]) async throws {
        switch self {
        case .directory(let root):
            try Data(bytes).write(to: URL(fileURLWithPath: "\(root)/\(digest.prefix(2))/\(digest.dropFirst(2))"))
        case .bucket(let bucket):
            try await S3Client.with(bucket) { try await $0.put(try BucketShelf.key(of: digest), bytes) }
        }
    }
}

extension FileStore {
    /// A file of a test's own.
    func bytes(_ digest: String) async throws -> [UInt8] { try await bytes(digest, limitBytes: 32_000_000) }
}

extension S3Client {
    static func with<Result>(_ bucket: S3Bucket, _ work: (S3Client) async throws -> Result) async throws -> Result {
        let client = S3Client(bucket)
        do {
            let result = try await work(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    func put(_ key: String, _ bytes: [UInt8]) async throws {
        try await put(key, digest: FileStore.hexadecimal(SHA256.hash(data: bytes))) {
            .bytes(ByteBuffer(bytes: bytes))
        }
    }

    func bytes(_ key: String) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await get(key) { bytes += Array($0.readableBytesView) }
        return bytes
    }
}
