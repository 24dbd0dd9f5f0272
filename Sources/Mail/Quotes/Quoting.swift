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
        var finder = QuoteFinder(lines, ownMarker: ownMarker.flatMap { $0.isEmpty ? nil : $0 }, isForward: isForward)
        var kinds = finder.find()
        markSignatures(in: lines, &kinds)
        PGPText.markArmor(in: lines, &kinds)
        joinBlanks(in: lines, &kinds)
        let hasText = lines.indices.contains { kinds[$0] == .text && !lines[$0].isBlank }
        return hasText ? FoldedText(segments: segments(lines, kinds)) : FoldedText(segments: [.text(text)])
    }

    enum Kind { case text, quote, signature }

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
