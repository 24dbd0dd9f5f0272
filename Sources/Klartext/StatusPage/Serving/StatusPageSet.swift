import Crypto
import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// The published set as it is served: from memory, each file with what HTTP says of it.
struct StatusPageSet: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        let plain: ByteBuffer
        let packed: ByteBuffer?
        let mediaType: String
        /// Strong: each representation has its own (RFC 9110, 8.8.3.3).
        let tag: String
        let changedAt: Date

        init(_ bytes: [UInt8], packed: [UInt8]?, mediaType: String, changedAt: Date) {
            self.bytes = bytes
            plain = ByteBuffer(bytes: bytes)
            self.packed = packed.map { ByteBuffer(bytes: $0) }
            self.mediaType = mediaType
            self.changedAt = changedAt
            tag = Hexadecimal.text(SHA256.hash(data: bytes).prefix(12))
        }
    }

    /// By path below the root, `de/index.html`.
    let files: [String: File]
    /// The directory on disk that holds the same, `releases/17`.
    let release: String

    /// The set made of new files; what has not changed stays as it was, with its date.
    init(_ made: [StatusFile], after previous: StatusPageSet?, release: String, at now: Date) {
        let pairs = made.map { file -> (String, File) in
            if let old = previous?.files[file.path], old.bytes == file.bytes { return (file.path, old) }
            return (file.path, File(file.bytes, packed: file.packed, mediaType: file.mediaType, changedAt: now))
        }
        files = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        self.release = release
    }

    init(files: [String: File], release: String) { (self.files, self.release) = (files, release) }
}

/// Holds the set that is served; swapped whole, so that nobody sees half of a change.
final class StatusPageShelf: Sendable {
    private let held = NIOLockedValueBox<StatusPageSet?>(nil)

    /// nil while nothing was ever published.
    var current: StatusPageSet? { held.withLockedValue { $0 } }

    func show(_ new: StatusPageSet) { held.withLockedValue { $0 = new } }
}
