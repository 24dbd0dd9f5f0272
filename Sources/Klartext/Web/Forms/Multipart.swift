import Foundation
import NIOCore

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 section 5.1): parts one after the other, each part's bytes in pieces.
///
/// Holds at most 16 KiB, one piece of input and one boundary, whatever the size of a part.
struct MultipartReader {
    /// What a part's header says.
    struct Part: Sendable, Equatable {
        /// The field's name; empty when there is none.
        var name = ""
        /// The file's name as sent; nil for a text field.
        var fileName: String?
        /// The declared media type.
        var type: String?
    }

    private let more: () async throws -> ByteBuffer?
    private var buffer = ByteBuffer()
    /// CR LF `--` boundary.
    private let delimiter: [UInt8]
    /// How far behind the reader index the buffer is known not to hold what is searched for.
    private var searched = 0
    private var state = State.preamble

    private enum State { case preamble, inPart, betweenParts, ended }

    /// A part's header lines together: browsers send a few hundred bytes.
    private static let maximumHeaderBytes = 16_384
    /// Pieces are handed on from this size, so that a dripping sender does not cause a disk write for each byte.
    private static let pieceBytes = 16_384

    init(boundary: String, more: @escaping () async throws -> ByteBuffer?) {
        self.more = more
        delimiter = Array("\r\n--\(boundary)".utf8)
        // So that the first boundary looks like the others.
        buffer.writeString("\r\n")
    }

    /// The next part, after skipping what was not read of this one; nil at the end.
    ///
    /// - Throws: `FormError.malformed`.
    mutating func part() async throws -> Part? {
        while try await piece() != nil {}
        guard state == .betweenParts else { return nil }
        return try await header()
    }

    /// The next bytes of the part; nil at its end.
    mutating func piece() async throws -> ByteBuffer? {
        guard state == .inPart || state == .preamble else { return nil }
        while true {
            if let at = find(delimiter) {
                if at > 0 { return take(at) }
                skip(delimiter.count)
                try await endOfDelimiter()
                return nil
            }
            let safe = buffer.readableBytes - delimiter.count + 1
            if safe >= Self.pieceBytes { return take(safe) }
            try await fill()
        }
    }

    /// Behind a delimiter: `--` ends it all, white space and CR LF begin a part.
    private mutating func endOfDelimiter() async throws {
        while buffer.readableBytes < 2 { try await fill() }
        if buffer.readableBytesView.starts(with: "--".utf8) {
            state = .ended
            return
        }
        state = .betweenParts
        // At most a line of padding, which RFC 2046 allows and nobody sends.
        for _ in 0..<1000 {
            while buffer.readableBytes < 2 { try await fill() }
            if buffer.readableBytesView.starts(with: "\r\n".utf8) { return }
            guard let byte: UInt8 = buffer.readInteger(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") else { break }
        }
        throw FormError.malformed
    }

    private mutating func header() async throws -> Part {
        let end = Array("\r\n\r\n".utf8)
        var length = find(end)
        while length == nil {
            guard buffer.readableBytes < Self.maximumHeaderBytes else { throw FormError.malformed }
            try await fill()
            length = find(end)
        }
        guard let length, length <= Self.maximumHeaderBytes else { throw FormError.malformed }
        let lines = Array(buffer.readableBytesView.prefix(length))
        // The last CR LF stays: an empty part's delimiter begins with it.
        skip(length + 2)
        state = .inPart
        let part = Part(header: lines)
        try await skipBlankLine()
        return part
    }

    /// The CR LF that ends a header is the beginning of the delimiter where a sender leaves out the empty part's own.
    private mutating func skipBlankLine() async throws {
        while buffer.readableBytes < delimiter.count + 2 {
            // The closing delimiter is longer than what is missing, so a well-formed body has these bytes.
            try await fill()
        }
        let isLeftOut = buffer.readableBytesView.starts(with: delimiter)
        if !isLeftOut { skip(2) }
    }

    private mutating func fill() async throws {
        guard var piece = try await more() else { throw FormError.malformed }
        buffer.discardReadBytes()
        buffer.writeBuffer(&piece)
    }

    private mutating func take(_ count: Int) -> ByteBuffer? {
        searched = 0
        return buffer.readSlice(length: count)
    }

    private mutating func skip(_ count: Int) {
        searched = 0
        buffer.moveReaderIndex(forwardBy: count)
    }

    /// Where `needle` begins. Each byte is looked at once, however small the pieces in which they come.
    private mutating func find(_ needle: [UInt8]) -> Int? {
        let start = searched
        let found = buffer.withUnsafeReadableBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var at = start
            while at + needle.count <= bytes.count {
                guard let hit = memchr(base + at, Int32(needle[0]), bytes.count - needle.count - at + 1) else { return nil }
                at = UnsafeRawPointer(hit) - base
                if memcmp(hit, needle, needle.count) == 0 { return at }
                at += 1
            }
            return nil
        }
        searched = found ?? max(0, buffer.readableBytes - needle.count + 1)
        return found
    }
}

extension MultipartReader.Part {
    /// From header lines separated by CR LF. Names are as browsers write them: raw UTF-8, with `"`, CR and LF percent-encoded
    /// (HTML, 4.10.21.8).
    init(header: [UInt8]) {
        for line in header.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon].map(lowercased), as: UTF8.self)
            let value = Array(line[(colon + 1)...].filter { $0 != UInt8(ascii: "\r") })
            if name == "content-disposition" {
                let parameters = MediaType(value).parameters
                self.name = FileName.decodingBrowserEscapes(parameters["name"] ?? "")
                fileName = parameters["filename"].map(FileName.decodingBrowserEscapes)
            } else if name == "content-type" {
                type = MediaType(value).essence
            }
        }
    }
}
