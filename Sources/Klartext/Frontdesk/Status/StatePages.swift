import Foundation

/// The panel with the one sentence and the four answers.
extension FrontdeskPages {
    /// - Parameter level: `h1` where the panel is what the page is about.
    func state(_ panel: StatePanel, level: String, _ t: Voice) -> HTML {
        let (tone, icon) = Self.look(panel.head)
        let heading = HTML(text: heading(panel.head, t))
        let title: HTML = level == "h1" ? "<h1 id=\"state\">\(heading)</h1>" : "<h2 id=\"state\">\(heading)</h2>"
        return """
            <section class="state \(tone)" aria-labelledby="state">
            <div class="state-head">
            \(layout.icon(icon))
            \(title)
            <p>\(lead(panel.head, t))</p>
            </div>
            \(panel.answers.map { answers($0, panel.ticket, t) })
            </section>
            \(hours(panel.ticket, t))
            """
    }

    private static func look(_ head: StatePanel.Head) -> (tone: String, icon: String) {
        switch head {
        case .us: ("is-us", "house")
        case .late: ("is-overdue", "clock")
        case .customer: ("is-customer", "person")
        case .thirdParty: ("is-thirdParty", "third")
        case .solvedByUs, .solvedByCustomer: ("is-solved", "check")
        case .unreachable: ("is-failed", "mail-failed")
        case .merged: ("is-closed", "right")
        }
    }

    private func heading(_ head: StatePanel.Head, _ t: Voice) -> String {
        switch head {
        case .us: t(.statusHeadUs)
        case .late: t(.statusHeadLate)
        case .customer: t(.statusHeadCustomer)
        case .thirdParty(let name, _): t(.statusHeadOthers, ["name": name])
        case .solvedByUs, .solvedByCustomer: t(.statusHeadSolved)
        case .unreachable: t(.statusHeadFailed)
        case .merged: t(.statusHeadMerged)
        }
    }

    private func lead(_ head: StatePanel.Head, _ t: Voice) -> HTML {
        switch head {
        case .us(let by): t.html(.statusLeadUs, ["time": "<strong>\(t.time(by))</strong>"])
        case .late(let since): t.html(.statusLeadLate, ["time": "<strong>\(t.time(since))</strong>"])
        case .customer(let question): t.html(.statusLeadCustomer, ["question": "<strong>\(question)</strong>"])
        case .thirdParty(_, let by): t.html(.statusLeadOthers, ["time": "<strong>\(t.time(by))</strong>"])
        case .solvedByUs(let cause): t.html(.statusLeadSolved, ["cause": "<strong>\(cause)</strong>"])
        case .solvedByCustomer: HTML(text: t(.statusLeadSolvedByYou))
        case .unreachable(let address, let failure):
            "\(failureReason(failure, address: address, t)) <strong>\(t(.statusLeadFailed))</strong>"
        case .merged(let number): t.html(.statusLeadMerged, ["number": "<strong class=\"number\">#\("\(number)")</strong>"])
        }
    }

    private func answers(_ answers: FourAnswers, _ ticket: Ticket, _ t: Voice) -> HTML {
        let words = AnswerWords(answers, ticket: ticket, t)
        return """
            <dl class="answers">
            <div><dt>\(t(.answersState))</dt><dd>\(words.state)</dd></div>
            <div><dt>\(t(.answersTurn))</dt><dd>\(words.turn)</dd></div>
            <div><dt>\(t(.answersNext))</dt><dd>\(words.next)</dd></div>
            <div><dt>\(t(.answersByWhen))</dt><dd>\(byWhen(answers, words, t))</dd></div>
            </dl>
            """
    }

    private func byWhen(_ answers: FourAnswers, _ words: AnswerWords, _ t: Voice) -> HTML {
        guard let date = answers.byWhen, let text = words.byWhen else { return HTML(text: t(.statusByWhenSolved)) }
        if answers.isLate { return HTML(text: text) }
        if case .you = answers.turn { return "\(t.time(date, as: text))<small>\(t(.statusByWhenCustomer))</small>" }
        return t.time(date, as: text)
    }

    /// Why a letter did not arrive, in a sentence for the person it did not reach.
    func failureReason(_ failure: LetterFailure, address: String, _ t: Voice) -> String {
        switch failure {
        case .mailboxFull: t(.statusFailureMailboxFull, ["address": address])
        case .noSuchAddress: t(.statusFailureNoSuchAddress, ["address": address])
        case .noSuchDomain: t(.statusFailureNoSuchDomain, ["address": address])
        case .blocked: t(.statusFailureBlocked)
        case .tooLarge: t(.statusFailureTooLarge)
        case .unreachable: t(.statusFailureUnreachable)
        case .noAddress: t(.statusFailureNoAddress)
        case .greylisted: t(.statusFailureGreylisted)
        case .noTLS: t(.statusFailureNoTLS)
        case .relayDenied: t(.statusFailureRelayDenied)
        case .other: t(.statusFailureOther)
        }
    }
}
