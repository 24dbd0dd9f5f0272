import Foundation

/// Text as the search reads it: a row of folded words. What makes a word is decided here and nowhere else, so that both engines hold the same.
///
/// `Störung: Łukasz’ 2. Rechnung` is `storung lukasz 2 rechnung`. An address falls into its words; a number stays whole.
struct SearchText: Sequence, IteratorProtocol {
    /// A word of a text.
    struct Word: Equatable, Sendable {
        /// Small letters and digits without marks, 1 to 60 scalars.
        var folded: String
        /// Where it stands in the text, in bytes of UTF-8.
        var range: Range<Int>
    }

    /// Longer words are cut: nobody types them whole, and an index has a longest key.
    static let mostScalars = 60
    /// What is remembered of one document. PostgreSQL's tsvector holds a megabyte, and no letter has more words that somebody looks for.
    static let mostWords = 20_000
    static let mostBytes = 400_000

    private let bytes: [UInt8]
    private var position = 0
    private var word: [UInt8] = []
    private var scalars = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        word.reserveCapacity(64)
    }

    /// The distinct words of some texts, in the order in which they come, within the bounds.
    static func words(_ texts: [String]) -> [String] {
        var (words, known, size): ([String], Set<String>, Int) = ([], [], 0)
        for text in texts {
            for word in SearchText(text) where known.insert(word.folded).inserted {
                size += word.folded.utf8.count + 1
                guard words.count < mostWords, size <= mostBytes else { return words }
                words.append(word.folded)
            }
        }
        return words
    }

    /// The first word of a text.
    static func fold(_ text: String) -> String? {
        var words = SearchText(text)
        return words.next()?.folded
    }

    mutating func next() -> Word? {
        word.removeAll(keepingCapacity: true)
        scalars = 0
        var (start, end) = (0, 0)
        while position < bytes.count {
            let (at, isFirst) = (position, word.isEmpty)
            let byte = bytes[at]
            if byte < 0x80 {
                position += 1
                guard let small = Self.ascii(byte) else {
                    if isFirst { continue }
                    break
                }
                if scalars < Self.mostScalars { word.append(small) }
                scalars += 1
            } else {
                switch SearchFolding.of(scalar()) {
                case .nothing:
                    if isFirst { continue }
                case .gap:
                    if isFirst { continue }
                    return Word(folded: String(decoding: word, as: UTF8.self), range: start..<end)
                case .letters(let letters): append(letters)
                }
            }
            if isFirst { start = at }
            // a mark behind a letter belongs to it
            end = position
        }
        return word.isEmpty ? nil : Word(folded: String(decoding: word, as: UTF8.self), range: start..<end)
    }

    private mutating func append(_ letters: [UInt8]) {
        let count = letters.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        // cut between scalars of the original, never within what one becomes
        if scalars + count <= Self.mostScalars { word += letters }
        scalars += count
    }

    /// A letter or digit as it is folded; nil for anything else.
    @inline(__always)
    private static func ascii(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    /// The scalar of two to four bytes that begins here; a `String` holds valid UTF-8 only.
    private mutating func scalar() -> Unicode.Scalar {
        let lead = bytes[position]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        var value = UInt32(lead) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
        for offset in 1..<length { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
        position += length
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
