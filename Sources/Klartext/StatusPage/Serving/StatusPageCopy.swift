import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOPosix

/// Puts the published set where it stands without this machine: into a directory that another web server serves, or into a bucket.
enum StatusPageCopy: Sendable {
    /// Swapped in at once, as here: the web server serves `current` in it.
    case directory(StatusPageDisk)
    /// Object by object, since a bucket knows no swap: what is linked to comes before what links to it, the home pages last.
    case bucket(S3Client)

    /// Copies a set; of the one copied before, what has not changed is left out.
    func copy(_ set: StatusPageSet, after previous: StatusPageSet?) async throws {
        switch self {
        case .directory(let directory):
            let files = set.files.map { StatusFile(path: $0.key, mediaType: $0.value.mediaType, bytes: $0.value.bytes) }
            let changed = set.files.values.map(\.changedAt).max() ?? .distantPast
            try await Disk(.singleton).run { _ = try directory.write(files, after: try directory.read(), at: changed) }
        case .bucket(let client):
            for path in Self.order(set) where previous?.files[path]?.tag != set.files[path]?.tag {
                guard let file = set.files[path] else { continue }
                try await put(file, path, client)
            }
        }
    }

    /// The deepest first; at the same depth the API before the pages.
    static func order(_ set: StatusPageSet) -> [String] {
        set.files.keys.sorted { first, second in
            let depths = (first.split(separator: "/").count, second.split(separator: "/").count)
            return depths.0 == depths.1 ? first < second : depths.0 > depths.1
        }
    }

    private func put(_ file: StatusPageSet.File, _ path: String, _ client: S3Client) async throws {
        let (bytes, digest) = (file.plain, FileStore.hexadecimal(SHA256.hash(data: file.bytes)))
        let headers = [(name: "cache-control", value: "public, max-age=10"), (name: "content-type", value: file.mediaType)]
        try await client.put(path, digest: digest, headers: headers) { .bytes(bytes) }
    }

    func close() async { if case .bucket(let client) = self { await client.close() } }
}
