import Foundation

/// A letter's way, step by step: what we tried, and what mail servers reported later.
extension WorkspacePages {
    func way(_ letter: Letter, _ attempts: [LetterAttempt]) -> HTML {
        """
        <section class="stack tight" aria-labelledby="way"><h2 id="way">\(t(.letterWay))</h2>
        <ol class="steps">
        <li class="is-queued">\(icon("clock")) <span>\(t(.letterWritten))</span> \(when(letter.writtenAt))</li>
        \(each: attempts, { step($0, letter) })</ol>
        \(whatNext(letter).map { "<p class=\"small muted\">\($0)</p>" as HTML })</section>
        """
    }

    /// What is still to be heard of it, where that is not plain.
    private func whatNext(_ letter: Letter) -> String? {
        switch (letter.state, letter.report) {
        case (.accepted, nil): t(.letterNextAccepted)
        case (.accepted, .delayed): t(.letterNextDelayed)
        case (.accepted, .relayed): t(.letterNextRelayed)
        case (.accepted, .expanded): t(.letterNextExpanded)
        case (.queued, _), (.delayed, _), (.delivered, _), (.failed, _): nil
        }
    }

    private func step(_ attempt: LetterAttempt, _ letter: Letter) -> HTML {
        let said = [attempt.code.map(String.init), attempt.detail.isEmpty ? nil : attempt.detail].compactMap { $0 }.joined(separator: " ")
        let step = Step(attempt, words: self)
        let isLast = !step.isReport && attempt.attempt == letter.attempts && !letter.server.isEmpty
        let report: HTML? = attempt.inbox.map { " <a href=\"/desk/held/\(Int($0))/original\">\(t(.letterReport))</a>" }
        return """
            <li class="is-\(step.tone)">\(icon(step.sign)) <span>\(step.isReport ? t(.letterReported) + " " : nil)\
            \(step.word)\(isLast ? " \(t(.letterBy, ["server": letter.server]))" : "")</span> \
            \(when(attempt.attemptedAt))\(said.isEmpty ? nil : " <code>\(said)</code>" as HTML)\(report)</li>

            """
    }

    /// How one step looks.
    private struct Step {
        var isReport: Bool
        var word: String
        var tone: String
        var sign: String

        /// "report: relayed" is what a mail server reported later, "accepted" what it said when we tried.
        init(_ attempt: LetterAttempt, words: WorkspacePages) {
            let outcome = attempt.outcome.split(separator: " ").last.map(String.init) ?? ""
            isReport = attempt.outcome != outcome
            let state = Letter.State(rawValue: outcome) ?? .accepted
            (tone, sign) = (state.tone, state.sign)
            let report = isReport ? Letter.Report(rawValue: outcome) : nil
            word = report.map(words.reported) ?? words.state(state)
        }
    }
}
