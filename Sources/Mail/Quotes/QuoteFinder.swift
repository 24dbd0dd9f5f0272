/// Goes once through the lines of a text and tells which of them are quoted.
struct QuoteFinder {
    private let lines: [QuoteLine]
    private let ownMarker: String?
    private var kinds: [Quoting.Kind]
    private var isForwarded: Bool
    private var hasText = false
    /// Whether the marked lines that come next were introduced as an answer's quotation.
    private var isIntroduced = false
    /// Whether an unmarked quotation has been met.
    private var hasMetUnmarked = false

    /// What introduces a quotation.
    private struct Opening {
        /// How many lines the introduction has.
        var lines: Int
        /// Whether marked lines follow; else all that is below is the quotation.
        var isMarked: Bool
        /// Whether it is a block of header lines, which forwarded mail has as well.
        var isBlock = false
    }

    init(_ lines: [QuoteLine], ownMarker: String?, isForward: Bool) {
        self.lines = lines
        self.ownMarker = ownMarker
        isForwarded = isForward
        kinds = [Quoting.Kind](repeating: .text, count: lines.count)
    }

    mutating func find() -> [Quoting.Kind] {
        var index = 0
        while index < lines.count { index = step(at: index) }
        return kinds
    }

    /// Judges the line, or several at once; returns where to go on.
    private mutating func step(at index: Int) -> Int {
        let line = lines[index]
        if line.isQuoted { return takeMarked(from: index) }
        if line.isBlank { return index + 1 }
        isIntroduced = false
        if QuoteMarks.isForwardSeparator(line.text) { isForwarded = true }
        // What comes first in a mail is not yet an answer to anything: a block there is forwarded text.
        if let opening = opening(at: index), opening.isMarked || !(isForwarded || (!hasText && opening.isBlock)) {
            return take(opening, at: index)
        }
        if !QuoteMarks.isSignature(line.text) { hasText = true }
        return index + 1
    }

    private mutating func take(_ opening: Opening, at index: Int) -> Int {
        isIntroduced = opening.isMarked
        if !opening.isMarked, !hasMetUnmarked {
            hasMetUnmarked = true
            // The answers stand in between without a mark of their own; what an older block introduces further down is folded again.
            if AnswerPointer.isIn(lines[..<index].indices.lazy.filter { [kinds] in kinds[$0] == .text }.map { [lines] in lines[$0].text }) {
                return index + opening.lines
            }
        }
        let end = opening.isMarked ? index + opening.lines : lines.count
        for position in index..<end { kinds[position] = .quote }
        return end
    }

    /// Marked lines without a break. Apple's programs mark what they forward, too.
    private mutating func takeMarked(from start: Int) -> Int {
        let end = lines[start...].firstIndex { !$0.isQuoted } ?? lines.count
        let isForward = !isIntroduced && lines[start..<end].prefix(3).contains { QuoteMarks.isForwardSeparator(Self.unmarked($0.text)) }
        if !isForward { for position in start..<end { kinds[position] = .quote } }
        return end
    }

    private static func unmarked(_ line: Substring) -> Substring { line.drop { $0 == ">" || $0 == " " } }

    private func opening(at index: Int) -> Opening? {
        if let attribution = Attribution.length(at: index, in: lines) {
            if isFollowedByQuote(index + attribution.lines) { return Opening(lines: attribution.lines, isMarked: true) }
            if attribution.isCertain { return Opening(lines: attribution.lines, isMarked: false) }
        }
        if let length = Attribution.foreignLength(at: index, in: lines), isFollowedByQuote(index + length) {
            return Opening(lines: length, isMarked: true)
        }
        if QuoteMarks.isReplySeparator(lines[index].text) {
            let end = index + 1 + headLength(at: index + 1)
            return Opening(lines: end - index, isMarked: isFollowedByQuote(end), isBlock: true)
        }
        let start = blockStart(index)
        if let length = Attribution.blockLength(at: start, in: lines) {
            return Opening(lines: start - index + length, isMarked: isFollowedByQuote(start + length), isBlock: true)
        }
        if let ownMarker, lines[index].text.contains(ownMarker) { return Opening(lines: 1, isMarked: false) }
        return nil
    }

    /// How many lines the header below a separator takes, which eM Client writes without colons.
    private func headLength(at index: Int) -> Int {
        guard index < lines.count, let start = lines[index...].prefix(3).firstIndex(where: { !$0.isBlank }) else { return 0 }
        if let length = Attribution.blockLength(at: start, in: lines) { return start - index + length }
        let length = lines[start...].prefix(8).prefix { HeaderLabel(firstWordOf: $0.text) != nil }.count
        return length >= 3 ? start - index + length : 0
    }

    /// Outlook and `<hr>` draw a line above their block.
    private func blockStart(_ index: Int) -> Int {
        let rule = lines[index].text.utf8
        guard rule.count >= 8, rule.allSatisfy({ $0 == 0x2D || $0 == 0x5F || $0 == 0x20 }) else { return index }
        return lines[(index + 1)...].prefix(3).firstIndex { !$0.isBlank } ?? index
    }

    private func isFollowedByQuote(_ index: Int) -> Bool {
        guard index < lines.count, let next = lines[index...].prefix(3).firstIndex(where: { !$0.isBlank }) else { return false }
        return lines[next].isQuoted
    }
}
