import NIOCore

/// The bytes of a file that came with a mail: in memory, or, where they are many, in the scratch of whoever reads the mail.
///
/// What is in the scratch can be read until that is closed; reading then blocks, and throws ``MailScratchError``.
public struct EmailContent: Sendable {
    private enum Place: Sendable {
        case memory([UInt8])
        case scratch(ScratchFile, start: Int)
    }

    public let sizeBytes: Int
    private let place: Place

    public init(_ bytes: [UInt8]) { (sizeBytes, place) = (bytes.count, .memory(bytes)) }

    /// Takes over the end of a file: what is small comes into memory.
    init(_ file: ScratchFile, from start: Int, smallBytes: Int) throws {
        let size = try file.sizeBytes() - start
        guard size <= smallBytes else {
            self.init(sizeBytes: size, .scratch(file, start: start))
            return
        }
        self.init(try file.bytes(at: start, count: size))
        try file.truncate(to: start)
    }

    private init(sizeBytes: Int, _ place: Place) { (self.sizeBytes, self.place) = (sizeBytes, place) }

    /// Without what lies behind a limit.
    func cut(to limit: Int) -> EmailContent {
        guard sizeBytes > limit else { return self }
        return switch place {
        case .memory(let bytes): EmailContent(Array(bytes.prefix(limit)))
        case .scratch: EmailContent(sizeBytes: limit, place)
        }
    }

    /// All of it, in memory.
    public func bytes() throws -> [UInt8] { try prefix(sizeBytes) }

    /// The first bytes, in memory.
    public func prefix(_ count: Int) throws -> [UInt8] {
        switch place {
        case .memory(let bytes): count >= bytes.count ? bytes : Array(bytes.prefix(count))
        case .scratch(let file, let start): try file.bytes(at: start, count: min(count, sizeBytes))
        }
    }

    /// Up to 64 KiB from an offset on; nil at the end.
    public func piece(at offset: Int) throws -> ByteBuffer? {
        let count = min(65_536, sizeBytes - offset)
        guard count > 0 else { return nil }
        return switch place {
        case .memory(let bytes): ByteBuffer(bytes: bytes[offset..<(offset + count)])
        case .scratch(let file, let start): ByteBuffer(bytes: try file.bytes(at: start + offset, count: count))
        }
    }
}
