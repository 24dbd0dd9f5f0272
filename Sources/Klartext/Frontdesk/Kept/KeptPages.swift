import Foundation

extension FrontdeskPages {
    /// How we keep our word, for everybody: month by month, with the formula, without a name.
    func kept(_ months: [PublishedMonth], _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let sum = PublishedMonth.sum(months)
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.keptHeading))</h1>
            <p class="lead">\(lead(sum, t))</p>
            </div>
            \(sum.given == 0 ? HTML() : table(months, sum, t))
            \(section("formula", t(.keptFormulaHeading), formula(t)))
            """
        return layout.page(PublicPage(title: t(.keptHeading), path: "/promises", body: body), for: visit, t)
    }

    private func lead(_ sum: PublishedMonth, _ t: Voice) -> String {
        guard sum.given > 0 else { return t(.keptNone) }
        guard let percent = sum.percent else { return t(.keptFew, ["fewest": "\(PublishedMonth.fewestForShare)"]) }
        return t(.keptLead, ["percent": "\(percent)", "kept": "\(sum.kept)", "due": "\(sum.kept + sum.late)"])
    }

    private func formula(_ t: Voice) -> HTML {
        """
        <p><strong>\(t(.keptFormula))</strong></p>
        <p class="muted">\(t(.keptFormulaText, ["fewest": "\(PublishedMonth.fewestForShare)"]))</p>
        """
    }

    private func table(_ months: [PublishedMonth], _ sum: PublishedMonth, _ t: Voice) -> HTML {
        let columns: [TextKey] = [.keptShare, .keptKept, .keptLate, .keptWithdrawn, .keptGiven]
        return """
            <div class="table-wrap" tabindex="0" role="region" aria-label="\(t(.keptTable))">
            <table class="figures"><caption class="vh">\(t(.keptTable))</caption>
            <thead><tr><th scope="col">\(t(.keptMonth))</th>\(each: columns, { "<th scope=\"col\">\(t($0))</th>" })</tr></thead>
            <tbody>
            \(each: months, { row($0, label: t.moments.month($0.month), t) })</tbody>
            <tfoot>\(row(sum, label: t(.keptSum), t))</tfoot>
            </table>
            </div>
            """
    }

    private func row(_ month: PublishedMonth, label: String, _ t: Voice) -> HTML {
        let share = month.percent.map { "\($0) %" } ?? "–"
        return """
            <tr><th scope="row">\(label)</th><td>\(share)</td><td>\(month.kept)</td><td>\(month.late)</td><td>\(month.withdrawn)</td>\
            <td>\(month.given)</td></tr>

            """
    }
}

/// How we keep our word, as everybody reads it.
extension TextKey {
    static let keptHeading = TextKey("kept.heading")
    static let keptLead = TextKey("kept.lead")
    static let keptFew = TextKey("kept.few")
    static let keptNone = TextKey("kept.none")
    static let keptTable = TextKey("kept.table")
    static let keptMonth = TextKey("kept.month")
    static let keptGiven = TextKey("kept.given")
    static let keptKept = TextKey("kept.kept")
    static let keptLate = TextKey("kept.late")
    static let keptWithdrawn = TextKey("kept.withdrawn")
    static let keptShare = TextKey("kept.share")
    static let keptSum = TextKey("kept.sum")
    static let keptFormulaHeading = TextKey("kept.formulaHeading")
    static let keptFormula = TextKey("kept.formula")
    static let keptFormulaText = TextKey("kept.formulaText")
}
