import CZlib
import NIOConcurrencyHelpers

/// gzip (RFC 1952), by zlib.
enum Gzip {
    /// A page, at once: half the time of zlib's default for a tenth more bytes.
    static let pageLevel: Int32 = 3
    /// What is compressed once and sent often.
    static let fileLevel: Int32 = 9

    /// nil when zlib has no memory for it.
    ///
    /// - Parameter level: 1 is fastest, 9 smallest.
    static func compress(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        guard let stream = Stream.ready(level: level) else { return nil }
        defer { stream.putAway() }
        return compress(bytes, stream.pointer)
    }

    private static func compress(_ bytes: [UInt8], _ stream: UnsafeMutablePointer<z_stream>) -> [UInt8]? {
        guard let length = UInt32(exactly: bytes.count) else { return nil }
        let bound = Int(deflateBound(stream, UInt(bytes.count)))
        // zlib does not write to its input, though its type would allow it.
        return bytes.withUnsafeBufferPointer { input -> [UInt8]? in
            var isWhole = false
            let packed = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = length
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: bound)
                isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
                count = Int(stream.pointee.total_out)
            }
            return isWhole ? packed : nil
        }
    }

    /// Whether an `Accept-Encoding` allows gzip (RFC 9110, 12.5.3).
    static func isAccepted(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.utf8.prefix(1024).split(separator: UInt8(ascii: ",")).contains { coding in
            let coding = MediaType(Array(coding))
            guard coding.essence == "gzip" || coding.essence == "*" else { return false }
            return !["0", "0.", "0.0", "0.00", "0.000"].contains(coding.parameters["q"])
        }
    }
}

extension Gzip {
    /// zlib's memory for one compression at a time: a quarter of a megabyte, which costs more to get and give back than a page costs to compress.
    /// So it is kept for the next page.
    private struct Stream: @unchecked Sendable {  // one user at a time: taken out of `idle`, then put back
        let pointer: UnsafeMutablePointer<z_stream>
        let level: Int32

        private static let idle = NIOLockedValueBox<[Stream]>([])
        /// More pages than this are not made at once on the machines we know; those beyond give their memory back.
        private static let mostIdle = 8

        static func ready(level: Int32) -> Stream? {
            let known = idle.withLockedValue { idle in
                idle.lastIndex { $0.level == level }.map { idle.remove(at: $0) }
            }
            if let known { return known }
            let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            pointer.initialize(to: z_stream())
            // A window of 2^15 bytes, plus 16 for the gzip wrapper. deflateInit2 itself is a macro.
            let status = deflateInit2_(
                pointer, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            guard status == Z_OK else {
                pointer.deallocate()
                return nil
            }
            return Stream(pointer: pointer, level: level)
        }

        func putAway() {
            // what was compressed is not kept in reach of the next page
            let isReady = deflateReset(pointer) == Z_OK && level == Gzip.pageLevel
            let isKept =
                isReady
                && Self.idle.withLockedValue { idle in
                    guard idle.count < Self.mostIdle else { return false }
                    idle.append(self)
                    return true
                }
            guard !isKept else { return }
            deflateEnd(pointer)
            pointer.deallocate()
        }
    }
}
