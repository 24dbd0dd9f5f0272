import Foundation

/// What of a text the agent says now: neither quoted lines, nor a signature, nor what stands in quotation marks.
enum PhraseBody {
    /// The tokens that are left, in order.
    static func ownWords(_ tokens: [PhraseToken]) -> [PhraseToken] {
        var own: [PhraseToken] = []
        var isSignature = false
        for line in lines(of: tokens) {
            if endsLetter(line) { break }
            if isGreeting(line) { isSignature = true }
            if line.first?.isWord("ps") == true { isSignature = false }
            if !isSignature, line.first?.isMark(">", "|") != true { own += line }
        }
        return withoutQuotations(own)
    }

    private static func lines(of tokens: [PhraseToken]) -> [ArraySlice<PhraseToken>] {
        var lines: [ArraySlice<PhraseToken>] = []
        var start = 0
        for (index, token) in tokens.enumerated() where token.lineEnds > 0 && index > start {
            lines.append(tokens[start..<index])
            start = index
        }
        if start < tokens.count { lines.append(tokens[start...]) }
        return lines
    }

    /// "-- ", a line of hyphens, "Am … schrieb …:", "From:": what follows was written by somebody else, or before.
    private static func endsLetter(_ line: ArraySlice<PhraseToken>) -> Bool {
        let first = line.prefix(3)
        if first.count >= 2, first.prefix(2).allSatisfy({ $0.isMark("-") }), line.count == 2 || first.allSatisfy({ $0.isMark("-") }) {
            return true
        }
        if first.first?.isMark("_") == true, line.count > 5, line.allSatisfy({ $0.isMark("_") }) { return true }
        if first.count >= 2, first.first?.isWord("von", "from") == true, line[first.startIndex + 1].isMark(":") { return true }
        return line.last?.isMark(":") == true && line.contains { $0.isWord("schrieb", "wrote") }
    }

    private static let greetings: Set<String> = [
        "gruessen", "gruesse", "gruss", "regards", "sincerely", "wishes", "mfg", "cheers", "lg", "vg",
    ]

    /// A short line that greets: "Mit freundlichen Grüßen", "Kind regards,".
    private static func isGreeting(_ line: ArraySlice<PhraseToken>) -> Bool {
        line.count <= 7 && line.contains { $0.kind == .word && greetings.contains($0.text) } && !line.contains { $0.kind == .number }
    }

    /// What opens a quotation, and what may close it.
    private static let quotations = ["„": "“”\"", "“": "”", "\"": "\"", "»": "«", "«": "»"]
    /// A quotation is a sentence or two; a mark that is never closed quotes nothing.
    private static let longestQuotation = 60

    /// For each mark that opens a quotation the next one that may close it, found from behind in one go.
    private static func ends(of tokens: [PhraseToken]) -> [Int: Int] {
        var ends: [Int: Int] = [:]
        var next: [String: Int] = [:]
        for index in tokens.indices.reversed() where tokens[index].kind == .mark {
            if let closing = quotations[tokens[index].text] { ends[index] = closing.compactMap { next[String($0)] }.min() }
            next[tokens[index].text] = index
        }
        return ends
    }

    private static func withoutQuotations(_ tokens: [PhraseToken]) -> [PhraseToken] {
        var kept: [PhraseToken] = []
        let ends = ends(of: tokens)
        var index = 0
        while index < tokens.count {
            if let end = ends[index], end - index <= longestQuotation {
                index = end + 1
            } else {
                kept.append(tokens[index])
                index += 1
            }
        }
        return kept
    }
}
