import Foundation

extension WorkspacePages {
    /// What an answer promises, and which promises it keeps: part of the form in which it is written.
    func promiseFields(_ file: TicketFile, _ draft: ReplyDraft) -> HTML {
        let open = file.promises.filter { $0.state == .open }
        return """
            <fieldset class="promises">
            <legend>\(t(.promiseLegend))</legend>
            \(open.isEmpty ? nil : "<p class=\"hint\">\(t(.promiseKeepsHint))</p>\n\(each: open, { keeps($0, isChosen: draft.keeps.contains($0.id)) })" as HTML)
            <div data-promises="\(href: file.ticket.number.deskPath)/promises/find" aria-live="polite">
            \(promiseRows(file, draft.promises))</div>
            <details class="fold"><summary>\(t(.promiseAdd))</summary>
            \(row(PromiseDraft.most - 1, PromiseDraft(), file, isAdded: true))
            </details>
            </fieldset>
            """
    }

    /// The promises that were found in the text so far; a script puts them into the form while somebody types.
    func promiseRows(_ file: TicketFile, _ drafts: [PromiseDraft]) -> HTML {
        HTML.joined(
            drafts.prefix(PromiseDraft.most - 1).enumerated().map { row($0.offset, $0.element, file, isAdded: false) }, separator: "\n")
    }

    private func keeps(_ promise: Promise, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="checkbox" name="keeps" value="\(Int(promise.id))"\(attribute: "checked", if: isChosen)> \
        \(t(.promiseKeeps, ["text": promise.text, "time": t.moments.short(promise.dueAt)]))</label>

        """
    }

    private func row(_ index: Int, _ draft: PromiseDraft, _ file: TicketFile, isAdded: Bool) -> HTML {
        let name = "promise\(index)"
        return """
            <div class="promise-row stack tight\(draft.problems.isEmpty ? "" : " invalid")">
            <input type="hidden" name="\(name).quote" value="\(draft.quote)">
            <input type="hidden" name="\(name).otherTimes" value="\(draft.otherTimes.joined(separator: " "))">
            \(isAdded ? nil : decision(name, draft))
            \(each: draft.problems, { error(text($0), id: "\(name)-\($0)") })
            <div class="branch">
            <div class="field"><label for="\(name)-text">\(t(.promiseWhat))</label>
            <input type="text" id="\(name)-text" name="\(name).text" maxlength="300" value="\(draft.text)"></div>
            <div class="field"><label for="\(name)-due">\(t(.promiseDue))</label>
            <input type="datetime-local" id="\(name)-due" name="\(name).dueAt" value="\(draft.dueAt)">
            \(otherTimes(draft))</div>
            <div class="field"><label for="\(name)-channel">\(t(.promiseChannel))</label>
            <select id="\(name)-channel" name="\(name).channel">\(each: PromiseChannel.allCases, { option($0, isChosen: $0 == draft.channel) })</select></div>
            <div class="field"><label for="\(name)-owner">\(t(.promiseOwner))</label>
            <select id="\(name)-owner" name="\(name).owner"><option value="">\(t(.promiseOwnerMe))</option>\
            \(each: file.agents.filter { $0.disabledAt == nil }, { owner($0, isChosen: $0.id == draft.owner) })</select></div>
            <div class="field"><label for="\(name)-third">\(t(.promiseThirdParty))</label>
            <input type="text" id="\(name)-third" name="\(name).thirdParty" maxlength="200" value="\(draft.thirdParty)"></div>
            </div>
            </div>
            """
    }

    private func decision(_ name: String, _ draft: PromiseDraft) -> HTML {
        """
        <p>\(icon("clock")) \(t(.promiseFound)) <q>\(draft.quote)</q></p>
        <div class="choices">
        <label class="choice"><input type="radio" name="\(name).decision" value="record"\(attribute: "checked", if: draft.decision == .record)> \
        \(t(.promiseRecord))</label>
        <label class="choice"><input type="radio" name="\(name).decision" value="skip"\(attribute: "checked", if: draft.decision == .skip)> \
        \(t(.promiseSkip))</label>
        </div>
        """
    }

    /// What the words may mean as well: said, so that nobody takes the first for the only one.
    private func otherTimes(_ draft: PromiseDraft) -> HTML? {
        let times = draft.otherTimes.compactMap { t.moments.date(fromLocalInput: $0) }.map { t.moments.moment($0) }
        guard !times.isEmpty else { return nil }
        return "<p class=\"hint\">\(icon("alert")) \(t(.promiseOtherTimes, ["times": times.joined(separator: "; ")]))</p>"
    }

    private func option(_ channel: PromiseChannel, isChosen: Bool) -> HTML {
        "<option value=\"\(channel.rawValue)\"\(attribute: "selected", if: isChosen)>\(word(channel))</option>\n"
    }

    private func owner(_ agent: Agent, isChosen: Bool) -> HTML {
        "<option value=\"\(Int(agent.id))\"\(attribute: "selected", if: isChosen)>\(agent.name)</option>\n"
    }

    func word(_ channel: PromiseChannel) -> String {
        switch channel {
        case .mail: t(.promiseChannelMail)
        case .call: t(.promiseChannelCall)
        case .visit: t(.promiseChannelVisit)
        case .refund: t(.promiseChannelRefund)
        case .parcel: t(.promiseChannelParcel)
        case .other: t(.promiseChannelOther)
        }
    }

    func text(_ refusal: PromiseRefusal) -> String {
        switch refusal {
        case .emptyText: t(.promiseRefusedEmptyText)
        case .badTime: t(.promiseRefusedBadTime)
        case .emptyReason: t(.promiseRefusedEmptyReason)
        case .settled: t(.promiseRefusedSettled)
        case .noSuchPromise: t(.promiseRefusedNoSuchPromise)
        case .undecided: t(.promiseRefusedUndecided)
        }
    }
}
