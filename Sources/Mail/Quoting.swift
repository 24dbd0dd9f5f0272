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
    }

    /// In the order of the mail; joined by "\n" they are the text again, to the byte.
    public let segments: [Segment]

    /// What the person newly wrote, in order, without empty lines at the ends.
    public var visible: String {
        let texts = segments.compactMap { segment -> String? in
            guard case .text(let text) = segment else { return nil }
            return Quoting.trimmed(text)
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

/// Finds quotations and signatures in plain text.
///
/// Folding hides nothing for good, yet a wrongly folded sentence goes unread: where it is doubtful, text stays visible. Text between and below
/// marked quotations stays, forwarded mail stays, and if nothing would be left, everything stays.
public enum Quoting {
    /// Folds a text whose lines end in "\n", in time linear in its length.
    ///
    /// - Parameters:
    ///   - ownMarker: words that only letters of ours contain; from a line with them on, unmarked text is a quotation.
    ///   - isForward: whether the subject says that the mail is forwarded; then a block of header lines introduces new text.
    public static func fold(_ text: String, ownMarker: String? = nil, isForward: Bool = false) -> FoldedText {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var kinds = quotes(in: lines, ownMarker: ownMarker.flatMap { $0.isEmpty ? nil : $0 }, isForward: isForward)
        markSignatures(in: lines, &kinds)
        joinBlanks(in: lines, &kinds)
        let hasText = lines.indices.contains { kinds[$0] == .text && !QuoteMarks.isBlank(lines[$0]) }
        return hasText ? FoldedText(segments: segments(lines, kinds)) : FoldedText(segments: [.text(text)])
    }

    private enum Kind { case text, quote, signature }

    private static func quotes(in lines: [Substring], ownMarker: String?, isForward: Bool) -> [Kind] {
        var kinds = [Kind](repeating: .text, count: lines.count)
        var index = 0
        var isForwarded = isForward
        var hasText = false
        while index < lines.count {
            let line = lines[index]
            if QuoteMarks.isQuoted(line) {
                kinds[index] = .quote
                index += 1
                continue
            }
            if QuoteMarks.isForwardSeparator(line) { isForwarded = true }
            // What comes first in a mail is not yet an answer to anything: a block there is forwarded text.
            if let length = opening(at: index, in: lines, ownMarker: ownMarker), !(isForwarded || (!hasText && length.isBlock)) || length.isMarked {
                let end = length.isMarked ? index + length.lines : lines.count
                for position in index..<end { kinds[position] = .quote }
                index = end
                continue
            }
            if !QuoteMarks.isBlank(line), !QuoteMarks.isSignature(line) { hasText = true }
            index += 1
        }
        return kinds
    }

    /// What introduces a quotation here: how many lines the introduction has, whether marked lines follow (else all below is the quotation), and
    /// whether it is a block of header lines, which forwarded mail has as well.
    private static func opening(at index: Int, in lines: [Substring], ownMarker: String?) -> (lines: Int, isMarked: Bool, isBlock: Bool)? {
        let line = lines[index]
        guard !QuoteMarks.isBlank(line) else { return nil }
        if let attribution = Attribution.length(at: index, in: lines) {
            if isFollowedByQuote(index + attribution.lines, lines) { return (attribution.lines, true, false) }
            if attribution.isCertain { return (attribution.lines, false, false) }
        }
        if QuoteMarks.isReplySeparator(line) { return (1, isFollowedByQuote(index + 1, lines), true) }
        if let length = Attribution.blockLength(at: blockStart(index, lines), in: lines) {
            let lead = blockStart(index, lines) - index
            return (lead + length, isFollowedByQuote(index + lead + length, lines), true)
        }
        if let ownMarker, line.contains(ownMarker) { return (1, false, false) }
        return nil
    }

    /// Outlook and `<hr>` draw a line above their block.
    private static func blockStart(_ index: Int, _ lines: [Substring]) -> Int {
        let isRule = lines[index].utf8.count >= 8 && QuoteMarks.bare(lines[index]).utf8.allSatisfy { $0 == 0x2D }
        guard isRule else { return index }
        let next = lines[(index + 1)...].prefix(3).firstIndex { !QuoteMarks.isBlank($0) }
        return next ?? index
    }

    private static func isFollowedByQuote(_ index: Int, _ lines: [Substring]) -> Bool {
        guard index < lines.count, let next = lines[index...].prefix(3).firstIndex(where: { !QuoteMarks.isBlank($0) }) else { return false }
        return QuoteMarks.isQuoted(lines[next])
    }

    /// From a delimiter to the next quotation, and single lines of mail apps.
    private static func markSignatures(in lines: [Substring], _ kinds: inout [Kind]) {
        var index = 0
        while index < lines.count {
            guard kinds[index] == .text else {
                index += 1
                continue
            }
            if QuoteMarks.isSignature(lines[index]), let end = signatureEnd(after: index, lines, kinds) {
                for position in index..<end { kinds[position] = .signature }
                index = end
            } else {
                if QuoteMarks.isDeviceSignature(lines[index]) { kinds[index] = .signature }
                index += 1
            }
        }
    }

    /// Nil if too much follows for a signature: then the dashes only separate.
    private static func signatureEnd(after start: Int, _ lines: [Substring], _ kinds: [Kind]) -> Int? {
        let end = kinds[start...].firstIndex { $0 == .quote } ?? kinds.count
        return end - start <= 40 ? end : nil
    }

    /// Empty lines go with what stands above them; between two quotations they belong to both.
    private static func joinBlanks(in lines: [Substring], _ kinds: inout [Kind]) {
        var previous = Kind.text
        for index in lines.indices {
            if kinds[index] == .text, previous != .text, QuoteMarks.isBlank(lines[index]) { kinds[index] = previous }
            previous = kinds[index]
        }
    }

    private static func segments(_ lines: [Substring], _ kinds: [Kind]) -> [FoldedText.Segment] {
        var segments: [FoldedText.Segment] = []
        var start = 0
        for index in 1...lines.count where index == lines.count || kinds[index] != kinds[start] {
            let content = lines[start..<index].joined(separator: "\n")
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
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = lines.first, QuoteMarks.isBlank(first) { lines.removeFirst() }
        while let last = lines.last, QuoteMarks.isBlank(last) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}

extension Email {
    /// The text folded with what the subject tells.
    public func folded(ownMarker: String? = nil) -> FoldedText {
        Quoting.fold(text, ownMarker: ownMarker, isForward: Subject.parse(subject).isForward)
    }
}
