import Foundation
import Mail

extension WorkspacePages {
    /// How a letter left, below the message it carries.
    func delivery(_ letter: Letter?) -> HTML? {
        letter.map { "<div class=\"message-foot\">\(fate($0)) <a href=\"/desk/letters/\(Int($0.id))\">\(t(.deskTicketLetter))</a></div>" }
    }

    /// A letter that carries no message, as a line of the timeline.
    func letterLine(_ letter: Letter) -> HTML {
        """
        <li class="event">\(icon(letter.state == .failed ? "mail-failed" : "mail")) <span><a href="/desk/letters/\(Int(letter.id))">\
        \(title(letter))</a>: \
        \(state(letter))\(server(letter))\(letter.state == .queued ? nil : at(letter.stateAt))</span> \(when(letter.writtenAt))</li>

        """
    }

    private func fate(_ letter: Letter) -> HTML {
        """
        <span class="delivery is-\(tone(letter))">\(icon(letter.state.sign)) <span><b>\(state(letter))</b>\(server(letter))\
        \(at(letter.stateAt))</span></span>
        """
    }

    /// When: of today the clock is enough.
    private func at(_ date: Date) -> HTML {
        guard t.moments.civil(date).dayNumber == t.moments.civil(now).dayNumber else { return ", \(when(date))" }
        return " \(t.html(.letterAt, ["time": t.time(date, as: t.moments.clock(date))]))"
    }

    /// Who took or refused it, and with which code.
    private func server(_ letter: Letter) -> HTML {
        let by: HTML? = letter.server.isEmpty ? nil : " \(t(.letterBy, ["server": letter.server]))"
        let code: HTML? = letter.code.map { " <code>\($0)</code>" }
        return "\(by)\(code)"
    }

    /// Where a letter is: what was reported of it says more than that it was accepted.
    func state(_ letter: Letter) -> String { letter.report.map(reported) ?? state(letter.state) }

    func reported(_ report: Letter.Report) -> String {
        switch report {
        case .delayed: t(.letterStateReportedDelayed)
        case .relayed: t(.letterStateRelayed)
        case .expanded: t(.letterStateExpanded)
        }
    }

    private func tone(_ letter: Letter) -> String { letter.report == .delayed ? "delayed" : letter.state.tone }

    func state(_ state: Letter.State) -> String {
        switch state {
        case .queued: t(.letterStateQueued)
        case .delayed: t(.letterStateDelayed)
        case .accepted: t(.letterStateAccepted)
        case .delivered: t(.letterStateDelivered)
        case .failed: t(.letterStateFailed)
        }
    }

    /// Where a letter goes, in words where it can go nowhere.
    func recipient(_ letter: Letter) -> String {
        Address(letter.recipient)?.isNowhere == true ? t(.customerHasNoMail) : letter.recipient
    }

    /// What a letter is, and to whom.
    func title(_ letter: Letter) -> String {
        let name = letter.recipientName.isEmpty ? recipient(letter) : letter.recipientName
        let key: TextKey =
            switch letter.kind {
            case "confirmation": .letterKindConfirmation
            case "reply": .letterKindReply
            case "correction": .letterKindCorrection
            case "solved": .letterKindSolved
            case "reopened": .letterKindReopened
            case "link": .letterKindLink
            case "receipt": .letterKindReceipt
            case "answer": .letterKindAnswer
            default: .letterKindOther
            }
        return t(key, ["name": name])
    }

    /// Why a letter did not arrive.
    func failure(_ failure: LetterFailure) -> String {
        switch failure {
        case .mailboxFull: t(.letterFailureMailboxFull)
        case .noSuchAddress: t(.letterFailureNoSuchAddress)
        case .noSuchDomain: t(.letterFailureNoSuchDomain)
        case .blocked: t(.letterFailureBlocked)
        case .tooLarge: t(.letterFailureTooLarge)
        case .unreachable: t(.letterFailureUnreachable)
        case .noAddress: t(.letterFailureNoAddress)
        case .greylisted: t(.letterFailureGreylisted)
        case .noTLS: t(.letterFailureNoTLS)
        case .relayDenied: t(.letterFailureRelayDenied)
        case .other: t(.letterFailureOther)
        }
    }

    /// One letter: its way, and what it says.
    /// - Parameters:
    ///   - file: the ticket it belongs to.
    ///   - typed: an address that could not be taken.
    func letter(_ letter: Letter, _ content: LetterContent, _ attempts: [LetterAttempt], _ file: TicketFile?, typed: String? = nil)
        -> DeskPage
    {
        let number = letter.conversation.flatMap(TicketNumber.init(rawValue:))
        return DeskPage(
            title: title(letter), list: letter.state == .failed ? "/desk/dead" : "",
            body: """
                <div class="narrow stack">
                \(number.map { back($0.deskPath, self.number($0)) } ?? back("/desk/dead", HTML(text: t(.deskListDead))))
                <h1>\(title(letter))</h1>
                \(letter.state == .failed ? failedNotice(letter, file, typed) : nil)
                <dl class="headers panel">
                <dt>\(t(.letterTo))</dt><dd>\(recipient(letter))</dd>
                <dt>\(t(.letterSubject))</dt><dd>\(letter.subject)</dd>
                <dt>Message-ID</dt><dd><code>&lt;\(letter.messageID)&gt;</code></dd>
                </dl>
                \(way(letter, attempts))
                <section class="stack tight" aria-labelledby="content"><h2 id="content">\(t(.letterContent))</h2>
                <div class="panel"><div class="prose" lang="\(letter.language.rawValue)">\
                \(LetterLayout.text(content.body, signature: mailboxes[letter.mailbox].signature(letter.language)))</div>
                \(attached(content.fileNames))</div></section>
                \(letter.state == .failed && letter.dismissedAt == nil ? toldForm(letter) : nil)
                </div>
                """)
    }

    private func attached(_ names: [String]) -> HTML? {
        guard !names.isEmpty else { return nil }
        return "<p class=\"small\">\(icon("clip")) \(t(.letterFiles, ["names": names.joined(separator: ", ")]))</p>"
    }

    private func failedNotice(_ letter: Letter, _ file: TicketFile?, _ typed: String?) -> HTML {
        if let settled = letter.dismissedAt {
            return notice("ok", icon: "check", "<p>\(t.html(.letterSettled, ["time": when(settled)]))</p>")
        }
        let failure = file.flatMap { $0.failure(of: letter) }
        let ways: HTML? = file.flatMap { file in failure.map { reach(letter, $0, file, from: .letter, typed: typed) } }
        let heading: HTML = "\(t(.letterStateFailed))\(failure.map { ": \(self.failure($0))" as HTML })"
        return notice(
            "failed", icon: "mail-failed", "<div class=\"stack tight\"><h2>\(heading)</h2>\n<p>\(t(.letterFailedText))</p>\n\(ways)</div>")
    }

    private func toldForm(_ letter: Letter) -> HTML {
        """
        <form class="panel stack" method="post" action="/desk/letters/\(Int(letter.id))/told">
        <h2>\(t(.letterTold))</h2>
        <div class="field"><label for="told">\(t(.letterToldHow))</label>
        <p class="hint" id="told-hint">\(t(.letterToldHint))</p>
        <input type="text" id="told" name="how" maxlength="300" required placeholder="\(t(.letterToldExample))" \
        aria-describedby="told-hint"></div>
        <div class="form-end"><button class="btn">\(t(.letterToldButton))</button></div>
        </form>
        """
    }
}

extension Letter.State {
    /// The class that gives it its colours.
    var tone: String {
        switch self {
        case .queued: "queued"
        case .delayed: "delayed"
        case .accepted, .delivered: "accepted"
        case .failed: "failed"
        }
    }

    var sign: String {
        switch self {
        case .queued, .delayed: "clock"
        case .accepted, .delivered: "check"
        case .failed: "mail-failed"
        }
    }
}
