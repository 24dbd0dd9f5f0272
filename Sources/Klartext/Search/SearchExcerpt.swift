import Foundation

/// A piece of a text in which the words that were looked for are marked. The pieces put together are the text as its author wrote it.
struct SearchExcerpt: Equatable, Sendable {
    struct Piece: Equatable, Sendable {
        var text: String
        var isMarked: Bool
    }

    var pieces: [Piece]

    /// How much of a long text is shown, in bytes, and how much of that stands before the first word found.
    static let lengthBytes = 240
    static let leadBytes = 60

    /// The whole text.
    init(whole text: String, _ covers: (String) -> Bool) {
        let bytes = Array(text.utf8)
        pieces = Self.pieces(bytes, 0..<bytes.count, Self.marked(text, covers))
    }

    /// The part of the text with the most words found close to one another; its beginning where none is. White space becomes one space.
    init(of text: String, _ covers: (String) -> Bool) {
        let text = Self.inOneLine(text)
        let bytes = Array(text.utf8)
        let marked = Self.marked(text, covers)
        let window = Self.window(bytes, around: Self.densest(marked))
        pieces = Self.pieces(bytes, window, marked)
        if window.lowerBound > 0 { pieces.insert(Piece(text: "… ", isMarked: false), at: 0) }
        if window.upperBound < bytes.count { pieces.append(Piece(text: " …", isMarked: false)) }
    }

    private static func marked(_ text: String, _ covers: (String) -> Bool) -> [Range<Int>] {
        SearchText(text).filter { covers($0.folded) }.map(\.range)
    }

    /// Where a window begins that holds the most of the ranges; the first of equals.
    private static func densest(_ ranges: [Range<Int>]) -> Int {
        var (best, most, first) = (ranges.first?.lowerBound ?? 0, 0, 0)
        for (last, range) in ranges.enumerated() {
            while range.upperBound - ranges[first].lowerBound > lengthBytes - leadBytes, first < last { first += 1 }
            if last - first + 1 > most { (best, most) = (ranges[first].lowerBound, last - first + 1) }
        }
        return best
    }

    /// The bytes that are shown, cut between words where there is a space near.
    private static func window(_ bytes: [UInt8], around first: Int) -> Range<Int> {
        guard bytes.count > lengthBytes else { return 0..<bytes.count }
        var start = max(0, min(first - leadBytes, bytes.count - lengthBytes))
        var end = min(bytes.count, start + lengthBytes)
        if start > 0 { start = bytes[start..<first].firstIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? boundary(bytes, from: start) }
        if end < bytes.count { end = bytes[first..<end].lastIndex(of: UInt8(ascii: " ")) ?? boundary(bytes, from: end) }
        return start..<max(start, end)
    }

    /// The beginning of the next scalar.
    private static func boundary(_ bytes: [UInt8], from index: Int) -> Int {
        bytes[index...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
    }

    private static func pieces(_ bytes: [UInt8], _ window: Range<Int>, _ marked: [Range<Int>]) -> [Piece] {
        var (pieces, position): ([Piece], Int) = ([], window.lowerBound)
        func append(_ range: Range<Int>, isMarked: Bool) {
            guard !range.isEmpty else { return }
            pieces.append(Piece(text: String(decoding: bytes[range], as: UTF8.self), isMarked: isMarked))
        }
        for range in marked where range.lowerBound >= position && range.upperBound <= window.upperBound {
            append(position..<range.lowerBound, isMarked: false)
            append(range, isMarked: true)
            position = range.upperBound
        }
        append(position..<window.upperBound, isMarked: false)
        return pieces
    }

    /// Without line breaks and the signs of quotes.
    private static func inOneLine(_ text: String) -> String {
        var (out, isLineStart, isSpace): ([UInt8], Bool, Bool) = ([], true, true)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { isLineStart = true }
            if byte <= 0x20 || (isLineStart && byte == UInt8(ascii: ">")) {
                if !isSpace { out.append(UInt8(ascii: " ")) }
                isSpace = true
            } else {
                out.append(byte)
                (isLineStart, isSpace) = (false, false)
            }
        }
        if out.last == UInt8(ascii: " ") { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }
}
