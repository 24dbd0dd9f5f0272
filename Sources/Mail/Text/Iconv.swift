import CGMime
import Foundation

/// The C library's converter, through GLib.
enum Iconv {
    /// The text with U+FFFD for each byte that does not fit, and whether there was one; nil when the charset is unknown.
    static func decode(_ bytes: ArraySlice<UInt8>, from label: String) -> (text: String, broken: Bool)? {
        guard let handle = g_iconv_open("UTF-8", label), handle != OpaquePointer(bitPattern: -1) else { return nil }
        defer { g_iconv_close(handle) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var broken = false
        var input = Array(bytes)
        input.withUnsafeMutableBytes { buffer in
            var next = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = gsize(buffer.count)
            while left > 0 {
                let before = (left, output.count)
                let failure = step(handle, &next, &left, &output)
                // A full chunk is no failure, but a converter that neither takes nor gives must not be asked for ever.
                if left == 0 || failure == 0 || (failure == E2BIG && before != (left, output.count)) { continue }
                broken = true
                output.append(contentsOf: [0xEF, 0xBF, 0xBD])
                next = next?.advanced(by: 1)
                left -= 1
            }
            // What a stateful charset (UTF-7, Windows-1258) still holds back.
            next = nil
            _ = step(handle, &next, &left, &output)
        }
        return (String(decoding: output, as: UTF8.self), broken)
    }

    /// Converts up to one chunk; returns iconv's error number, 0 for none.
    private static func step(
        _ handle: GIConv, _ next: inout UnsafeMutablePointer<CChar>?, _ left: inout gsize, _ output: inout [UInt8]
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8_192) { chunk in
            var out = chunk.baseAddress
            var room = gsize(chunk.count)
            let failure = g_iconv(handle, &next, &left, &out, &room) == gsize.max ? errno : 0
            output.append(contentsOf: UnsafeRawBufferPointer(start: chunk.baseAddress, count: chunk.count - Int(room)))
            return failure
        }
    }
}
