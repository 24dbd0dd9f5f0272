/// A mail's text split into what is new and what was only carried along.
public struct FoldedText: Sendable, Hashable {
    public enum Segment: Sendable, Hashable {
        case text(String)
        case quote(String)
        case signature(String)

        /// The lines of the segment, whatever its kind.
        public var content: String {
            switch self {
            case .text(let content), .quote(let content), .signature(let content): content
            }
        }

        /// The lines without empty ones at the ends; spaces within the first line stay.
        public var trimmed: String { Quoting.trimmed(content) }
    }

    /// In the order of the mail; joined by "\n" they are the text again, to the byte.
    public let segments: [Segment]

    /// What the person newly wrote, in order, without empty lines at the ends.
    public var visible: String {
        let texts = segments.compactMap { segment -> String? in
            guard case .text = segment else { return nil }
            return segment.trimmed
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

/// Finds quotations and signatures in plain text.
///
/// Folding hides nothing for good, yet a wrongly folded sentence goes unread: where it is doubtful, text stays visible. Text between and
/// below marked quotations stays, forwarded mail stays, and if nothing would be left, everything stays.
public enum Quoting {
    /// Folds a text whose lines end in "\n", in time linear in its length.
    ///
    /// - Parameters:
    ///   - ownMarker: words that only letters of ours contain; from a line with them on, unmarked text is a quotation.
    ///   - isForward: whether the subject says that the mail is forwarded; then a block of header lines introduces new text.
    public static func fold(_ text: String, ownMarker: String? = nil, isForward: Bool = false) -> FoldedText {
        let lines = QuoteLine.all(text)
        var kinds = quotes(in: lines, ownMarker: ownMarker.flatMap { $0.isEmpty ? nil : $0 }, isForward: isForward)
        markSignatures(in: lines, &kinds)
        joinBlanks(in: lines, &kinds)
        let hasText = lines.indices.contains { kinds[$0] == .text && !lines[$0].isBlank }
        return hasText ? FoldedText(segments: segments(lines, kinds)) : FoldedText(segments: [.text(text)])
    }

    private enum Kind { case text, quote, signature }

    /// What introduces a quotation.
    private struct Opening {
        /// How many lines the introduction has.
        var lines: Int
        /// Whether marked lines follow; else all that is below is the quotation.
        var isMarked: Bool
        /// Whether it is a block of header lines, which forwarded mail has as well.
        var isBlock = false
    }

    private static func quotes(in lines: [QuoteLine], ownMarker: String?, isForward: Bool) -> [Kind] {
        var kinds = [Kind](repeating: .text, count: lines.count)
        var index = 0
        var isForwarded = isForward
        var hasText = false
        while index < lines.count {
            let line = lines[index]
            if line.isQuoted { kinds[index] = .quote }
            guard !line.isQuoted, !line.isBlank else {
                index += 1
                continue
            }
            if QuoteMarks.isForwardSeparator(line.text) { isForwarded = true }
            // What comes first in a mail is not yet an answer to anything: a block there is forwarded text.
            if let opening = opening(at: index, in: lines, ownMarker), opening.isMarked || !(isForwarded || (!hasText && opening.isBlock)) {
                let end = opening.isMarked ? index + opening.lines : lines.count
                for position in index..<end { kinds[position] = .quote }
                index = end
                continue
            }
            if !QuoteMarks.isSignature(line.text) { hasText = true }
            index += 1
        }
        return kinds
    }

    private static func opening(at index: Int, in lines: [QuoteLine], _ ownMarker: String?) -> Opening? {
        if let attribution = Attribution.length(at: index, in: lines) {
            if isFollowedByQuote(index + attribution.lines, lines) { return Opening(lines: attribution.lines, isMarked: true) }
            if attribution.isCertain { return Opening(lines: attribution.lines, isMarked: false) }
        }
        if QuoteMarks.isReplySeparator(lines[index].text) {
            return Opening(lines: 1, isMarked: isFollowedByQuote(index + 1, lines), isBlock: true)
        }
        let start = blockStart(index, lines)
        if let length = Attribution.blockLength(at: start, in: lines) {
            return Opening(lines: start - index + length, isMarked: isFollowedByQuote(start + length, lines), isBlock: true)
        }
        if let ownMarker, lines[index].text.contains(ownMarker) { return Opening(lines: 1, isMarked: false) }
        return nil
    }

    /// Outlook and `<hr>` draw a line above their block.
    private static func blockStart(_ index: Int, _ lines: [QuoteLine]) -> Int {
        let rule = lines[index].text.utf8
        guard rule.count >= 8, rule.allSatisfy({ $0 == 0x2D || $0 == 0x5F || $0 == 0x20 }) else { return index }
        return lines[(index + 1)...].prefix(3).firstIndex { !$0.isBlank } ?? index
    }

    private static func isFollowedByQuote(_ index: Int, _ lines: [QuoteLine]) -> Bool {
        guard index < lines.count, let next = lines[index...].prefix(3).firstIndex(where: { !$0.isBlank }) else { return false }
        return lines[next].isQuoted
    }

    /// From a delimiter to the next quotation, and single lines of mail apps.
    private static func markSignatures(in lines: [QuoteLine], _ kinds: inout [Kind]) {
        var end = lines.count
        for index in lines.indices.reversed() {
            if kinds[index] == .quote { end = index }
            // Where too much follows for a signature, the dashes only separate.
            if kinds[index] != .quote, QuoteMarks.isSignature(lines[index].text), end - index <= 40 {
                for position in index..<end { kinds[position] = .signature }
            }
        }
        for index in lines.indices where kinds[index] == .text && QuoteMarks.isDeviceSignature(lines[index].text) {
            kinds[index] = .signature
        }
    }

    /// Empty lines go with what stands above them; between two quotations they belong to both.
    private static func joinBlanks(in lines: [QuoteLine], _ kinds: inout [Kind]) {
        var previous = Kind.text
        for index in lines.indices {
            if kinds[index] == .text, previous != .text, lines[index].isBlank { kinds[index] = previous }
            previous = kinds[index]
        }
    }

    private static func segments(_ lines: [QuoteLine], _ kinds: [Kind]) -> [FoldedText.Segment] {
        var segments: [FoldedText.Segment] = []
        var start = 0
        for index in 1...lines.count where index == lines.count || kinds[index] != kinds[start] {
            // the lines are slices of one text, with one "\n" between two of them
            let whole = lines[start].text.base
            let content = String(whole[lines[start].text.startIndex..<lines[index - 1].text.endIndex])
            switch kinds[start] {
            case .text: segments.append(.text(content))
            case .quote: segments.append(.quote(content))
            case .signature: segments.append(.signature(content))
            }
            start = index
        }
        return segments
    }

    /// Without empty lines at the ends; spaces within the first line stay.
    static func trimmed(_ text: String) -> String {
        var lines = QuoteLine.lines(of: text)[...]
        while let first = lines.first, QuoteMarks.isBlank(first) { lines.removeFirst() }
        while let last = lines.last, QuoteMarks.isBlank(last) { lines.removeLast() }
        guard let first = lines.first, let last = lines.last else { return "" }
        return String(text[first.startIndex..<last.endIndex])
    }
}

extension Email {
    /// The text folded with what the subject tells.
    public func folded(ownMarker: String? = nil) -> FoldedText {
        Quoting.fold(text, ownMarker: ownMarker, isForward: Subject.parse(subject).isForward)
    }
}
