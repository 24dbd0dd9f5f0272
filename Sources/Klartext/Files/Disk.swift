import Foundation
import NIOCore
import NIOPosix

/// Blocking file calls, on a thread pool.
struct Disk: Sendable {
    private let threads: NIOThreadPool

    init(_ threads: NIOThreadPool) { self.threads = threads }

    /// Runs to its end even when the calling task is cancelled: half a rename cannot be given up, and `abort` must work then.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit { state in
                guard state == .active else { return continuation.resume(throwing: CancellationError()) }
                continuation.resume(with: Result { try work() })
            }
        }
    }

    func close(_ descriptor: Int32) async {
        // Nothing can be done about an error here: nothing was written through this descriptor.
        try? await run { _ = Foundation.close(descriptor) }
    }

    struct Status: Sendable {
        let sizeBytes: Int
        let changedSecondsSinceEpoch: Int
        let links: Int
    }
}

/// The calls themselves. They block, so they run inside `run`.
extension Disk {
    static func check(_ operation: String, _ result: Int32) throws {
        guard result >= 0 else { throw FileStoreError.disk(operation: operation, code: errno) }
    }

    static func open(_ path: String, missing: FileStoreError) throws -> Int32 {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { throw missing }
        try check("open", descriptor)
        return descriptor
    }

    static func status(_ path: String, missing: FileStoreError) throws -> Status {
        let descriptor = try open(path, missing: missing)
        defer { Foundation.close(descriptor) }
        return try status(descriptor)
    }

    static func status(_ descriptor: Int32) throws -> Status {
        var status = stat()
        try check("fstat", fstat(descriptor, &status))
        return Status(
            sizeBytes: Int(status.st_size), changedSecondsSinceEpoch: status.st_mtim.tv_sec, links: Int(status.st_nlink))
    }

    /// The next 64 KiB from an offset on; nil at the end.
    static func readPiece(_ descriptor: Int32, at offset: Int) throws -> ByteBuffer? {
        var buffer = ByteBuffer()
        let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 65_536) { room in
            while true {
                let count = Foundation.pread(descriptor, room.baseAddress, 65_536, off_t(offset))
                if count >= 0 { return count }
                guard errno == EINTR else { throw FileStoreError.disk(operation: "read", code: errno) }
            }
        }
        return count == 0 ? nil : buffer
    }

    static func write(_ buffer: ByteBuffer, to descriptor: Int32) throws {
        try buffer.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    guard errno == EINTR else { throw FileStoreError.disk(operation: "write", code: errno) }
                } else {
                    rest = rest.dropFirst(count)
                }
            }
        }
    }

    static func makeDirectories(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Makes a directory; false when it was there.
    static func makeDirectory(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw FileStoreError.disk(operation: "mkdir", code: errno) }
        return false
    }

    /// Makes the names in a directory survive a loss of power.
    static func syncDirectory(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try check("open", descriptor)
        defer { Foundation.close(descriptor) }
        try check("fsync", fsync(descriptor))
    }

    static func names(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory)
    }

    /// Runs while no other thread and no other process that shares the directory runs under the same lock.
    static func locked<Value>(_ lockPath: String, _ work: () throws -> Value) throws -> Value {
        let descriptor = Foundation.open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try check("open", descriptor)
        // Closing gives the lock back.
        defer { Foundation.close(descriptor) }
        while flock(descriptor, LOCK_EX) < 0 {
            guard errno == EINTR else { throw FileStoreError.disk(operation: "flock", code: errno) }
        }
        return try work()
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
