import Foundation
import NIOConcurrencyHelpers

/// Where a large mail and its large parts lie while it is read: on disk, in files without a name.
///
/// Whoever makes one closes it. After that nothing of the mail can be read any more, and nothing is left, not even after a crash. All calls
/// block.
public final class MailScratch: Sendable {
    /// How much of a mail comes into memory before its header is looked for.
    let startBytes: Int
    /// Parts up to this come into memory.
    let partBytes: Int

    private let directory: String
    private let files = NIOLockedValueBox<(mail: ScratchFile?, parts: ScratchFile?)>((nil, nil))

    /// - Parameter directory: on a disk of this machine with room for a mail and its parts.
    public convenience init(in directory: String) { self.init(in: directory, startBytes: 64 << 10, partBytes: 256 << 10) }

    init(in directory: String, startBytes: Int, partBytes: Int) {
        (self.directory, self.startBytes, self.partBytes) = (directory, startBytes, partBytes)
    }

    /// Gives up all that lies here. Harmless when called again.
    public func close() {
        let open = files.withLockedValue { files in
            defer { files = (nil, nil) }
            return files
        }
        open.mail?.close()
        open.parts?.close()
    }

    /// A file for the mail.
    func makeMail() throws -> ScratchFile {
        try files.withLockedValue { files in
            let file = try ScratchFile(in: directory)
            files.mail = file
            return file
        }
    }

    /// The one file for all parts, so that a mail of many parts does not hold many files open.
    func parts() throws -> ScratchFile {
        try files.withLockedValue { files in
            if let file = files.parts { return file }
            let file = try ScratchFile(in: directory)
            files.parts = file
            return file
        }
    }
}

/// What the operating system said about a scratch file.
public struct MailScratchError: Error, Hashable, CustomStringConvertible {
    public let operation: String
    public let code: Int32

    public var description: String { "\(operation): \(String(cString: strerror(code)))" }
}

/// A file without a name: it is gone when it is closed. All calls block.
final class ScratchFile: Sendable {
    /// -1 once closed. Held through blocking calls, so that nobody reads from what another file has become meanwhile.
    private let descriptor: NIOLockedValueBox<Int32>

    init(in directory: String) throws {
        let path = "\(directory)/mail-\(UUID().uuidString)"
        let opened = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw MailScratchError(operation: "open", code: errno) }
        // Another process that tidies the directory may have been faster.
        unlink(path)
        descriptor = NIOLockedValueBox(opened)
    }

    func close() {
        descriptor.withLockedValue { descriptor in
            guard descriptor >= 0 else { return }
            Foundation.close(descriptor)
            descriptor = -1
        }
    }

    /// A second descriptor, for whoever closes it.
    func duplicate() throws -> Int32 { try whileOpen("dup") { fcntl($0, F_DUPFD_CLOEXEC, 0) } }

    func sizeBytes() throws -> Int {
        var status = stat()
        _ = try whileOpen("fstat") { fstat($0, &status) }
        return Int(status.st_size)
    }

    /// Forgets what lies behind an offset.
    func truncate(to offset: Int) throws { _ = try whileOpen("truncate") { ftruncate($0, off_t(offset)) } }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            written += Int(try whileOpen("write") { Foundation.write($0, rest.baseAddress, rest.count) })
        }
    }

    /// Reads into a buffer; less than it holds only at the end of the file, nothing behind it.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        var count = 0
        while count < buffer.count {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let more = Int(try whileOpen("read") { pread($0, room.baseAddress, room.count, off_t(offset + count)) })
            if more == 0 { break }
            count += more
        }
        return count
    }

    /// Bytes from an offset on, fewer where the file ends.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
    }

    /// Makes the call again that a signal interrupted.
    private func whileOpen<Result: BinaryInteger>(_ operation: String, _ call: (Int32) -> Result) throws -> Result {
        try descriptor.withLockedValue { descriptor in
            guard descriptor >= 0 else { throw MailScratchError(operation: operation, code: EBADF) }
            while true {
                let result = call(descriptor)
                if result >= 0 { return result }
                guard errno == EINTR else { throw MailScratchError(operation: operation, code: errno) }
            }
        }
    }
}
