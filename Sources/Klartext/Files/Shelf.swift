import NIOCore

/// Where files stand once they are kept: ``DirectoryShelf`` or ``BucketShelf``.
///
/// A shelf knows files by their digests alone and believes what it is given; ``FileStore`` checks what is read.
protocol Shelf: Sendable {
    /// Keeps a file that has arrived whole. When this returns it is durable. The same content may be there already: then its date is renewed.
    func put(_ file: StoredFile, from spooled: SpooledFile) async throws

    /// Throws `FileStoreError.missing` when the file is not here.
    func sizeBytes(_ digest: String) async throws -> Int

    /// Hands over a file's bytes in pieces, not checked. Throws `FileStoreError.missing` when the file is not here.
    func read(_ digest: String, _ piece: (ByteBuffer) async throws -> Void) async throws

    /// Hands over all files that are kept, in batches.
    func list(_ batch: ([KeptFile]) async throws -> Void) async throws

    /// Removes a file, unless it came or came again since `oldest`, in seconds since 1970; says whether it did.
    func remove(_ digest: String, ifOlderThan oldest: Int) async throws -> Bool

    /// Ends what earlier removals left open; called before a sweep with the sweep's own terms.
    func settleRemovals(before oldest: Int, isNamed: (String) async throws -> Bool) async throws

    func close() async
}

/// A file on a shelf.
struct KeptFile: Sendable, Equatable {
    var digest: String
    /// When it came last.
    var changedSecondsSinceEpoch: Int
}
