import CGMime
import Foundation

/// What GMime reads: a header of our own, so that it cannot stumble over a broken one, and the body below it, in memory or in a file.
struct MIMESource {
    private enum Place {
        case memory(header: [UInt8], body: ArraySlice<UInt8>)
        /// The header stands in the file, too.
        case scratch(ScratchFile, body: Range<Int>)
    }

    private var place: Place

    init(_ body: ArraySlice<UInt8>, contentType: [UInt8]?, encoding: [UInt8]?) {
        place = .memory(header: Self.header(contentType, encoding), body: body)
    }

    /// - Parameter file: begins with a ``header(_:_:)``.
    init(_ file: ScratchFile, headerBytes: Int) throws { place = .scratch(file, body: headerBytes..<(try file.sizeBytes())) }

    static func header(_ contentType: [UInt8]?, _ encoding: [UInt8]?) -> [UInt8] {
        var header = Array("MIME-Version: 1.0\n".utf8)
        if let contentType { header += Array("Content-Type: ".utf8) + contentType.filter { $0 != 0 } + [0x0A] }
        if let encoding { header += Array("Content-Transfer-Encoding: ".utf8) + encoding.filter { $0 != 0 } + [0x0A] }
        return header + [0x0A]
    }

    /// The body, in memory.
    func body() throws -> ArraySlice<UInt8> {
        switch place {
        case .memory(_, let body): body
        case .scratch(let file, let range): try file.bytes(at: range.lowerBound, count: range.count)[...]
        }
    }

    /// GMime's stream over all of it. Parts are read from there again when they are decoded.
    func stream(_ scope: inout GScope) throws -> UnsafeMutablePointer<GMimeStream> {
        switch place {
        case .memory(let header, let body):
            guard let buffer = g_byte_array_sized_new(guint(header.count + body.count)) else { throw EmailError.notAMessage }
            g_byte_array_append(buffer, header, guint(header.count))
            body.withUnsafeBufferPointer { _ = g_byte_array_append(buffer, $0.baseAddress, guint($0.count)) }
            // The stream owns the buffer from here on.
            return try scope.own(g_mime_stream_mem_new_with_byte_array(buffer))
        case .scratch(let file, let range):
            // The stream owns the descriptor from here on.
            return try scope.own(g_mime_stream_fs_new_with_bounds(try file.duplicate(), 0, gint64(range.upperBound)))
        }
    }

    /// GMime builds every part before the walk can stop at a limit, so that 20 MB of boundaries would keep it busy for half a minute. No
    /// mail has this many lines that could be boundaries; what comes after them is cut off.
    /// - Returns: whether something was cut off.
    mutating func bound() throws -> Bool {
        var left = Self.boundaryLimit
        switch place {
        case .memory(let header, let body):
            guard let end = body.withUnsafeBytes({ Self.lastLineFeed(in: $0, &left) }) else { return false }
            place = .memory(header: header, body: body.prefix(end + 1))
        case .scratch(let file, let range):
            guard let end = try Self.lastLineFeed(in: file, range, &left) else { return false }
            place = .scratch(file, body: range.lowerBound..<(end + 1))
        }
        return true
    }

    private static let boundaryLimit = 20_000

    /// Where the line ends after which no boundary is left to be had; nil where there are fewer. Of the last two bytes nothing is known yet.
    private static func lastLineFeed(in bytes: UnsafeRawBufferPointer, _ left: inout Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = 0
        while index < bytes.count - 2, let found = memchr(base + index, 0x0A, bytes.count - 2 - index) {
            let end = UnsafeRawPointer(found) - base
            if bytes[end + 1] == 0x2D, bytes[end + 2] == 0x2D {
                left -= 1
                if left == 0 { return end }
            }
            index = end + 1
        }
        return nil
    }

    private static func lastLineFeed(in file: ScratchFile, _ range: Range<Int>, _ left: inout Int) throws -> Int? {
        var start = range.lowerBound
        while start < range.upperBound - 2 {
            let piece = try file.bytes(at: start, count: min(65_536, range.upperBound - start))
            guard piece.count > 2 else { return nil }
            if let end = piece.withUnsafeBytes({ lastLineFeed(in: $0, &left) }) { return start + end }
            start += piece.count - 2
        }
        return nil
    }
}
