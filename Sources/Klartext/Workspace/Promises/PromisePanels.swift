import Foundation

extension WorkspacePages {
    /// The promises of a ticket, beside it: what is still to be kept comes first, with what can be done.
    func promisePanels(_ file: TicketFile, _ drafts: TicketDrafts) -> HTML {
        let open = file.promises.filter { $0.state == .open }.sorted { $0.dueAt < $1.dueAt }
        let settled = file.promises.filter { $0.state != .open }
        return """
            \(each: open, { openPanel($0, file, drafts) })
            \(settled.isEmpty ? nil : "<ul class=\"rows small\">\n\(each: settled, settledLine)</ul>" as HTML)
            <details class="fold"\(attribute: "open", if: drafts.promise.problems.isEmpty == false)><summary>\(t(.promiseMake))</summary>
            \(makeForm(file, drafts.promise))</details>
            """
    }

    private func openPanel(_ promise: Promise, _ file: TicketFile, _ drafts: TicketDrafts) -> HTML {
        let isMissed = promise.missed > 0
        let refusal = drafts.promiseRefusal.flatMap { $0.id == promise.id ? $0.refusal : nil }
        let path = "\(file.ticket.number.deskPath)/promises/\(promise.id)"
        return """
            <div class="promise\(isMissed ? " is-missed" : "")" id="promise-\(Int(promise.id))">
            <p><strong>\(promise.text)</strong></p>
            <p class="small">\(icon(isMissed ? "alert" : "clock")) \(t.html(.promiseBy, ["time": when(promise.dueAt)])) · \(word(promise.channel)) · \
            \(promise.thirdParty ?? file.agentName(promise.owner))</p>
            \(isMissed ? "<p class=\"small is-overdue\">\(t(.promiseMissedTimes, ["time": t.moments.short(promise.firstDueAt)], count: promise.missed))</p>" as HTML : nil)
            \(refusal.map { error(text($0), id: "promise-error-\(promise.id)") })
            <form method="post" action="\(href: path)/keep"><button class="btn compact">\(icon("check")) \(t(.promiseKept))</button></form>
            <details class="fold"\(attribute: "open", if: refusal != nil)><summary>\(t(.promiseChange))</summary>
            <form class="stack tight" method="post" action="\(href: path)/move">
            <div class="field"><label for="move-due-\(Int(promise.id))">\(t(.promiseNewTime))</label>
            <input type="datetime-local" id="move-due-\(Int(promise.id))" name="dueAt" value="\(t.moments.localInput(promise.dueAt))"></div>
            <div class="field"><label for="move-why-\(Int(promise.id))">\(t(.promiseReasonForCustomer))</label>
            <input type="text" id="move-why-\(Int(promise.id))" name="because" maxlength="300"></div>
            <div class="cluster"><button class="btn compact" name="do" value="move">\(t(.promiseMoveButton))</button>
            <button class="btn compact" name="do" value="withdraw">\(t(.promiseWithdrawButton))</button></div>
            </form>
            <form class="assign" method="post" action="\(href: path)/hand">
            <label class="vh" for="hand-\(Int(promise.id))">\(t(.promiseOwner))</label>
            <select id="hand-\(Int(promise.id))" name="owner">\(each: file.agents.filter { $0.disabledAt == nil }, { choice($0, isChosen: $0.id == promise.owner) })</select>
            <button class="btn compact">\(t(.promiseHand))</button></form>
            </details>
            </div>
            """
    }

    private func choice(_ agent: Agent, isChosen: Bool) -> HTML {
        "<option value=\"\(Int(agent.id))\"\(attribute: "selected", if: isChosen)>\(agent.name)</option>\n"
    }

    private func settledLine(_ promise: Promise) -> HTML {
        let state: String =
            switch (promise.state, promise.isKeptInTime) {
            case (.withdrawn, _): t(.promiseStateWithdrawn)
            case (_, false?): t(.promiseStateKeptLate)
            default: t(.promiseStateKept)
            }
        return "<li>\(icon(promise.state == .kept ? "check" : "alert")) \(promise.text) <span class=\"muted\">· \(state)</span></li>\n"
    }

    /// A promise that was made on the phone, for instance: the customer has it in writing then.
    private func makeForm(_ file: TicketFile, _ draft: PromiseDraft) -> HTML {
        """
        <form class="stack tight" method="post" action="\(href: file.ticket.number.deskPath)/promises">
        <p class="hint">\(t(.promiseMakeHint))</p>
        \(each: draft.problems, { error(text($0), id: "make-\($0)") })
        <div class="field"><label for="make-text">\(t(.promiseWhat))</label>
        <input type="text" id="make-text" name="promise0.text" maxlength="300" value="\(draft.text)"></div>
        <div class="field"><label for="make-due">\(t(.promiseDue))</label>
        <input type="datetime-local" id="make-due" name="promise0.dueAt" value="\(draft.dueAt)"></div>
        <div class="field"><label for="make-channel">\(t(.promiseChannel))</label>
        <select id="make-channel" name="promise0.channel">\
        \(each: PromiseChannel.allCases, { "<option value=\"\($0.rawValue)\"\(attribute: "selected", if: $0 == draft.channel)>\(word($0))</option>\n" })</select></div>
        <div class="field"><label for="make-third">\(t(.promiseThirdParty))</label>
        <input type="text" id="make-third" name="promise0.thirdParty" maxlength="200" value="\(draft.thirdParty)"></div>
        <button class="btn compact">\(t(.promiseMakeButton))</button>
        </form>
        """
    }

    /// One line of a ticket's timeline about a promise.
    func event(_ entry: PromiseHistoryEntry, _ file: TicketFile) -> HTML {
        let promise = file.promises.first { $0.id == entry.promise }
        let name = if case .agent(let id) = entry.actor { file.agentName(id) } else { t(.eventSystem) }
        let text = promise?.text ?? ""
        let (sign, words): (String, String) =
            switch entry.event {
            case .made(let making):
                (
                    "clock",
                    t(
                        making.thirdParty == nil ? .eventPromised : .eventPromisedByOthers,
                        ["name": making.thirdParty ?? name, "text": text, "time": t.moments.moment(making.dueAt)])
                )
            case .reminded(let whom): ("info", t(whom == .everybody ? .eventPromiseRemindedAll : .eventPromiseReminded, ["text": text]))
            case .missed(let next, _): ("alert", t(.eventPromiseMissed, ["text": text, "time": t.moments.moment(next)]))
            case .moved(let next, let reason, _):
                ("clock", t(.eventPromiseMoved, ["name": name, "text": text, "time": t.moments.moment(next), "reason": reason]))
            case .handedOver(let owner): ("person", t(.eventPromiseHanded, ["name": name, "text": text, "owner": file.agentName(owner)]))
            case .carriedOver: ("right", t(.eventPromiseCarried, ["text": text]))
            case .kept: ("check", t(.eventPromiseKept, ["name": name, "text": text]))
            case .withdrawn(let reason): ("alert", t(.eventPromiseWithdrawn, ["name": name, "text": text, "reason": reason]))
            }
        return "<li class=\"event\">\(icon(sign)) <span>\(words)</span> \(when(entry.at))</li>\n"
    }
}
