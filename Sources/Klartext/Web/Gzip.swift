import CZlib

/// gzip (RFC 1952), by zlib.
enum Gzip {
    /// nil when zlib has no memory for it.
    ///
    /// - Parameter level: 1 is fastest, 9 smallest. Pages take 5; files compressed once take 9.
    static func compress(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        var stream = z_stream()
        // A window of 2^15 bytes, plus 16 for the gzip wrapper. deflateInit2 itself is a macro.
        let status = deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK, let length = UInt32(exactly: bytes.count) else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        // zlib does not write to its input, though its type would allow it.
        return bytes.withUnsafeBufferPointer { input -> [UInt8]? in
            var isWhole = false
            let packed = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = length
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(clamping: bound)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = Int(stream.total_out)
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
