import Foundation

/// Updates, and what they promise.
extension StatusFrame {
    /// When the next update comes; late, that it was promised and has not come.
    func promise(_ incident: PublishedIncident) -> HTML {
        guard incident.state.isOpen, let by = incident.nextUpdateBy else { return HTML() }
        let isLate = incident.isLate(at: status.asOf)
        let key = isLate ? TextKey.statuspageLate : .statuspageNextBy
        return "<p class=\"promise\(isLate ? " late" : "")\">\(t.html(key, ["time": clock(by)]))</p>\n"
    }

    /// The newest first. `id` is the anchor that feeds and mails point at.
    func updates(_ updates: [PublishedUpdate], debts: [PublishedDebt] = []) -> HTML {
        "<ol class=\"updates\" reversed>\n\(each: updates, { update($0, debts) })</ol>\n"
    }

    func update(_ update: PublishedUpdate, _ debts: [PublishedDebt]) -> HTML {
        let late = update.minutesLate.map { "<p class=\"soft\">\(t(.statuspageCameLate, count: $0))</p>\n" as HTML }
        return """
            <li id="u-\(update.id)"><p class="said"><strong>\(t(stateKey(update.state)))</strong> \(moment(update.displayAt))</p>
            \(debt(update, debts))\(prose(update.text))\(turns(update.components))\(late)</li>

            """
    }

    /// An update that nobody has translated yet says so, and by when somebody will.
    private func debt(_ update: PublishedUpdate, _ debts: [PublishedDebt]) -> HTML {
        guard !update.text.has(language), update.text.has(language.other) else { return HTML() }
        guard let debt = debts.first(where: { $0.update == update.id && $0.language == language }) else {
            return "<p class=\"soft\">\(t(.statuspageUntranslated))</p>\n"
        }
        return "<p class=\"soft\">\(t.html(.statuspageTranslationBy, ["time": clock(debt.by)]))</p>\n"
    }

    private func turns(_ turns: [PublishedTurn]) -> HTML {
        let rows = turns.compactMap { turn -> HTML? in
            guard let component = status.component(turn.component) else { return nil }
            return """
                <li>\(status.fullName(of: component, in: language)): \(t(turn.from.textKey)) <span aria-hidden="true">→</span>\
                <span class="vh"> \(t(.statuspageNowState)) </span> \(t(turn.to.textKey))</li>

                """
        }
        return rows.isEmpty ? HTML() : "<ul class=\"turns\">\n\(HTML.joined(rows))</ul>\n"
    }
}
