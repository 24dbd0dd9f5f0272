/// Reads an update before it is published and says what customers would stumble over. It warns and never blocks: whoever writes knows more.
///
/// Two languages, words and short phrases alone: it finds what is usual, and stays silent where it is not sure.
struct Wording: Sendable {
    /// What is known of the update beside its words.
    struct Context: Sendable, Equatable {
        var language: Language
        var kind: Kind
        /// Whether the time of the next update is promised beside the text.
        var promisesNextUpdate: Bool

        enum Kind: Sendable, Equatable {
            case incident(IncidentState)
            case maintenance
        }

        var isInvestigating: Bool { kind == .incident(.investigating) }
        var isOpen: Bool { if case .incident(let state) = kind { state.isOpen } else { false } }
        var isMaintenance: Bool { kind == .maintenance }
    }

    struct Finding: Sendable, Equatable {
        var rule: WordingRule
        /// The words that are meant, in UTF-8 from the beginning of the text; empty at the end where something is missing.
        var range: Range<Int>
    }

    /// An update is a few paragraphs; what is longer is not read further.
    static let mostBytes = 20_000

    /// The findings in the order of the text. A text of nothing is not judged: it is not written yet.
    static func check(_ text: String, _ context: Context) -> [Finding] {
        let read = WordingText(text, context.language)
        guard !read.words.isEmpty else { return [] }
        let words = WordingPhrases(context.language)
        var findings = read.sentences.flatMap { sentence in
            WordingRule.allCases.flatMap { rule in rule.ranges(in: sentence, words, context).map { Finding(rule: rule, range: $0) } }
        }
        findings += apologies(read, words)
        findings += read.gaps.map { Finding(rule: .gap, range: $0) }
        if context.isOpen, !context.promisesNextUpdate, !read.sentences.contains(where: words.promisesUpdate) {
            findings.append(Finding(rule: .noNextUpdate, range: read.end..<read.end))
        }
        return findings.sorted { ($0.range.lowerBound, $0.rule.rawValue) < ($1.range.lowerBound, $1.rule.rawValue) }
    }

    /// One sentence of apology is enough: each further one says less.
    private static func apologies(_ text: WordingText, _ words: WordingPhrases) -> [Finding] {
        text.sentences.compactMap { $0.first(of: words.apologies) }.dropFirst().map { Finding(rule: .apologies, range: $0) }
    }
}
