import Foundation
import Mail

/// Where a letter stands after a report.
struct LetterFate: Sendable, Equatable {
    var state: Letter.State
    var report: Letter.Report?
}

extension Letter {
    /// What a report (RFC 3464) changes about this letter. What is known never goes backwards: each action counts only above what was known before.
    ///
    ///     nothing < delayed < relayed, expanded < delivered < failed
    ///
    /// A failure after the delivery counts only where it names the letter's own recipient; else it is about somebody the letter was passed on to. A
    /// server that reports has taken the letter: it is not sent again, even where we never heard the server's yes.
    /// - Returns: nil where it changes nothing.
    func fate(after report: DeliveryReport) -> LetterFate? {
        let action = report.action(for: recipient)
        switch (state, action) {
        case (.failed, _): return nil
        case (.delivered, .failed): return report.names(recipient) ? LetterFate(state: .failed) : nil
        case (.delivered, _): return nil
        case (_, .failed): return LetterFate(state: .failed)
        case (_, .delivered): return LetterFate(state: .delivered)
        case (_, .relayed): return Self.isFinal(self.report) ? nil : LetterFate(state: .accepted, report: .relayed)
        case (_, .expanded): return Self.isFinal(self.report) ? nil : LetterFate(state: .accepted, report: .expanded)
        case (_, .delayed): return self.report == nil ? LetterFate(state: .accepted, report: .delayed) : nil
        }
    }

    private static func isFinal(_ report: Report?) -> Bool { report == .relayed || report == .expanded }
}

extension DeliveryReport {
    /// What became of the mail for a recipient: of the lines that name it, else of all; the worst of them.
    func action(for recipient: String) -> Action {
        let own = lines(naming: recipient)
        let actions = Set((own.isEmpty ? recipients : own).map(\.action))
        return [.failed, .delayed, .delivered, .expanded].first(where: actions.contains) ?? .relayed
    }

    /// Whether a line is about this recipient itself, as it was addressed or in the end.
    func names(_ recipient: String) -> Bool { !lines(naming: recipient).isEmpty }

    private func lines(naming recipient: String) -> [Recipient] {
        guard let key = Address(recipient)?.key else { return [] }
        return recipients.filter { $0.originalAddress?.key == key || $0.address?.key == key }
    }

    /// What was said of the recipient that matters, and by which server, in one line.
    func summary(for recipient: String) -> String {
        let own = lines(naming: recipient)
        let words = (own.isEmpty ? recipients : own).prefix(5).map { [$0.status, $0.diagnostic].compactMap { $0 }.joined(separator: " ") }
        let said = words.filter { !$0.isEmpty }.joined(separator: "; ")
        return [reportingServer ?? "", said].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// Why it failed, of the first line that says so.
    func reason(for recipient: String) -> BounceReason {
        let failed = (lines(naming: recipient) + recipients).first { $0.action == .failed }
        return failed?.reason ?? .other
    }
}
