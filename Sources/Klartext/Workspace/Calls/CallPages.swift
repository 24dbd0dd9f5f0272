import Foundation

/// A call with whom it may have been.
struct CallLine: Sendable {
    var call: Call
    /// The customers who are known by its number, the newest first.
    var customers: [Customer]
}

extension WorkspacePages {
    /// What a page of calls shows.
    struct CallList: Sendable {
        /// Missed and not seen to, the longest ago first.
        var waiting: [CallLine]
        /// The newest first; one more than a page shows, if there are more.
        var latest: [CallLine]
        /// Whether these are the newest there are.
        var isFirst: Bool
        /// Where the telephone system tells of calls.
        var address: String
        /// A reason that was missing.
        var refusal: (call: Int64, refusal: CallRefusal)?
    }

    /// Calls: first those that somebody has to return, then the newest.
    func calls(_ list: CallList) -> DeskPage {
        let shown = list.latest.prefix(Workspace.linesPerPage)
        let more = list.latest.count > shown.count ? shown.last.map { "/desk/calls?before=\($0.call.id)" } : nil
        return DeskPage(
            title: t(.callsTitle), list: "/desk/calls", scripts: ["copy"],
            body: """
                \(head(t(.callsTitle), t(.callsIntro)))
                <div class="stack loose">
                \(list.isFirst ? waiting(list) : nil)
                <section aria-labelledby="latest"><h2 id="latest">\(t(.callsLatest))</h2>
                \(shown.isEmpty ? empty(t(.callsNone)) : "<ol class=\"queue\">\n\(each: shown, row)</ol>" as HTML)
                \(self.more(more))</section>
                \(setup(list.address))
                </div>
                """)
    }

    private func waiting(_ list: CallList) -> HTML {
        """
        <section aria-labelledby="missed"><h2 id="missed">\(icon("alert")) \(t(.callsMissed))</h2>
        \(list.waiting.isEmpty ? "<p class=\"muted\">\(t(.callsNoneMissed))</p>" as HTML
            : "<ol class=\"queue\">\n\(each: list.waiting, { missed($0, list.refusal) })</ol>")
        </section>
        """
    }

    private func missed(_ line: CallLine, _ refusal: (call: Int64, refusal: CallRefusal)?) -> HTML {
        let (call, path) = (line.call, "/desk/calls/\(line.call.id)")
        let isRefused = refusal?.call == call.id
        return """
            <li class="call-row" id="call-\(Int(call.id))">
            \(who(line))
            <div class="stack tight">
            <div class="cluster">\(ticketButton(call, isFirst: true))\(call.number == nil ? nil : calledBack(line, path))</div>
            <details class="fold"\(attribute: "open", if: isRefused)><summary>\(t(.callsDismiss))\(of(line))</summary>
            <form class="stack tight" method="post" action="\(href: path)/dismiss">
            <div class="field\(isRefused ? " invalid" : "")"><label for="why-\(Int(call.id))">\(t(.callsDismissWhy))</label>
            \(isRefused ? error(t(.callsRefusedNoReason), id: "why-\(call.id)-error") : nil)
            <input type="text" id="why-\(Int(call.id))" name="because" maxlength="300" required\
            \(attribute: "aria-describedby", isRefused ? "why-\(call.id)-error" : nil)></div>
            <button class="btn compact">\(t(.callsDismissButton))</button></form></details>
            </div>
            </li>

            """
    }

    /// Nobody can call back who does not know the number.
    private func calledBack(_ line: CallLine, _ path: String) -> HTML {
        """
         <form method="post" action="\(href: path)/called-back"><button class="btn compact">\(icon("check")) \(t(.callsCalledBack))\
        \(of(line))</button></form>
        """
    }

    private func row(_ line: CallLine) -> HTML {
        let call = line.call
        return """
            <li class="call-row">
            \(who(line))
            <div class="cluster">\(state(call)) \
            \(call.ticket.flatMap(TicketNumber.init(rawValue:)).map { link($0) } ?? ticketButton(call, isFirst: false))</div>
            </li>

            """
    }

    /// Who called, or was called: the customers known by that number, and the number to be called.
    private func who(_ line: CallLine) -> HTML {
        let call = line.call
        let number: HTML = call.number.map { "<a href=\"\(href: "tel:\($0.e164)")\">\($0.e164)</a>" } ?? HTML(text: t(.callsAnonymous))
        let names = line.customers.map { "<a href=\"/desk/customers/\(Int($0.id))\">\($0.displayName)</a>" as HTML }
        let direction = call.direction == .incoming ? t(.callsIncoming) : t(.callsOutgoing)
        return """
            <div class="row-main"><p><strong>\(names.isEmpty ? number : HTML.joined(names, separator: ", "))</strong></p>
            <p class="row-sub">\(names.isEmpty ? nil : "\(number) · " as HTML)\(direction) · \(when(call.beganAt))\
            \(call.line.isEmpty ? nil : " · \(call.line)" as HTML)\(call.by.isEmpty ? nil : " · \(call.by)" as HTML)</p></div>
            """
    }

    /// Said to those who do not see which row a button stands in.
    private func of(_ line: CallLine) -> HTML {
        "<span class=\"vh\">: \(line.customers.first?.displayName ?? line.call.number?.e164 ?? t(.callsAnonymous))</span>"
    }

    private func ticketButton(_ call: Call, isFirst: Bool) -> HTML {
        "<a class=\"btn compact\(isFirst ? " primary" : "")\" href=\"/desk/new?call=\(Int(call.id))\">\(icon("pen")) \(t(.callsTicket))</a>"
    }

    private func state(_ call: Call) -> HTML {
        switch (call.state, call.settled) {
        case (.ringing, _): "<span class=\"chip is-warn\">\(icon("clock")) \(t(.callsRinging))</span>"
        case (.answered, _): "<span class=\"chip is-info\">\(icon("person")) \(t(.callsTalking))</span>"
        case (.ended, _): "<span class=\"row-fact\">\(icon("check")) \(length(call))</span>"
        case (.missed, nil): "<span class=\"chip is-bad\">\(icon("alert")) \(t(.callsMissedWord))</span>"
        case (.missed, let how?): "<span class=\"row-fact\">\(icon("check")) \(t(.callsMissedWord)), \(words(how))</span>"
        }
    }

    private func length(_ call: Call) -> String {
        guard let answered = call.answeredAt, let ended = call.endedAt else { return t(.callsNotReached) }
        return t(.callsLasted, ["duration": t.moments.duration(seconds: max(0, Int(ended.timeIntervalSince(answered))))])
    }

    private func words(_ how: Call.Settlement) -> String {
        switch how {
        case .calledBack: t(.callsSettledCalledBack)
        case .calledAgain: t(.callsSettledCalledAgain)
        case .ticket: t(.callsSettledTicket)
        case .dismissed(let reason): t(.callsSettledDismissed, ["reason": reason])
        }
    }

    /// For whoever connects the telephone system.
    private func setup(_ address: String) -> HTML {
        """
        <details class="fold"><summary>\(t(.callsSetup))</summary>
        <div class="stack tight"><p class="small">\(t(.callsSetupText))</p>
        <p><code id="hook" class="digest">\(address)</code>
        <button type="button" class="btn compact" hidden data-copy="hook" data-copied="\(t(.deskTicketCopied))">\(icon("copy")) \
        \(t(.deskTicketCopy))</button></p></div>
        </details>
        """
    }

    /// On the page of to-dos: that somebody is to be called back.
    func missedCalls(_ count: Int) -> HTML? {
        guard count > 0 else { return nil }
        return notice("warn", icon: "alert", "<p><a href=\"/desk/calls\"><strong>\(t(.callsWaiting, count: count))</strong></a></p>")
    }
}
