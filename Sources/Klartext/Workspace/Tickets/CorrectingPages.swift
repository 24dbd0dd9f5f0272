import Foundation

extension WorkspacePages {
    /// The fields of a correction, in the form of an answer; shown where an earlier answer is to be corrected.
    func correctionFields(_ file: TicketFile, _ draft: ReplyDraft) -> HTML {
        let correction = draft.correction
        return """
            <div class="when-correction stack">
            <p class="hint">\(t(.deskCorrectHint))</p>
            <fieldset class="stack tight\(invalid(draft, .noAnswer))">
            <legend>\(t(.deskCorrectWhich))</legend>
            \(error(draft, .noAnswer, "corrects"))
            \(each: file.standingAnswers, { answerChoice($0, isChosen: $0.id == correction.answer) })</fieldset>
            \(part("wrong", .deskCorrectWrong, correction.wrong, rows: 3, hint: .deskCorrectWrongHint, draft, .emptyWrong))
            \(part("right", .deskCorrectRight, correction.right, rows: 4, draft, .emptyRight))
            \(part("action", .deskCorrectAction, correction.action, rows: 3, hint: .deskCorrectActionHint, draft, .emptyAction))
            </div>
            """
    }

    private func answerChoice(_ message: Message, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="corrects" value="\(Int(message.id))"\(attribute: "checked", if: isChosen)> \
        <span>\(message.displayName), \(when(message.writtenAt)): <q>\(beginning(of: message.body, scalars: 90))</q></span></label>

        """
    }

    private func part(
        _ name: String, _ label: TextKey, _ value: String, rows: Int, hint: TextKey? = nil, _ draft: ReplyDraft, _ refusal: TicketRefusal
    ) -> HTML {
        """
        <div class="field\(invalid(draft, refusal))">
        <label for="correct-\(name)">\(t(label))\(hint.map { " <span class=\"hint\">\(t($0))</span>" as HTML })</label>
        \(error(draft, refusal, "correct-\(name)"))
        <textarea id="correct-\(name)" name="\(name)" rows="\(rows)" maxlength="20000"\(describedBy(draft, refusal, "correct-\(name)"))>
        \(value)</textarea>
        </div>
        """
    }

    /// Enough of a text to know it by, on one line.
    func beginning(of text: String, scalars most: Int) -> String {
        let words = text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String(String.UnicodeScalarView($0)) }
        let line = words.joined(separator: " ").unicodeScalars
        return line.count > most ? String(String.UnicodeScalarView(line.prefix(most))) + " …" : String(line)
    }

    /// What can be done with an answer of ours that stands: own up to it, or hold everybody to it.
    func answerDoings(_ message: Message, _ file: TicketFile) -> HTML? {
        guard case .agent = message.author, file.standingAnswers.contains(where: { $0.id == message.id }) else { return nil }
        let path = message.ticket.deskPath
        let pin: HTML =
            file.ticket.official == message.id
            ? "<span class=\"chip is-info\">\(icon("pin")) \(t(.deskOfficial))</span>"
            : """
            <form method="post" action="\(href: path)/official"><button class="linklike" name="message" value="\(Int(message.id))">\
            \(t(.deskOfficialPin))</button></form>
            """
        return """
            <div class="filed">\(pin) <a href="\(href: path)?correct=\(Int(message.id))#compose">\(t(.deskCorrectThis))</a></div>
            """
    }
}

/// The texts of corrections and official answers at the desk.
extension TextKey {
    static let deskCorrect = TextKey("desk.correct.title")
    static let deskCorrectHint = TextKey("desk.correct.hint")
    static let deskCorrectThis = TextKey("desk.correct.this")
    static let deskCorrectWhich = TextKey("desk.correct.which")
    static let deskCorrectWrong = TextKey("desk.correct.wrong")
    static let deskCorrectWrongHint = TextKey("desk.correct.wrongHint")
    static let deskCorrectRight = TextKey("desk.correct.right")
    static let deskCorrectAction = TextKey("desk.correct.action")
    static let deskCorrectActionHint = TextKey("desk.correct.actionHint")
    static let deskCorrectSend = TextKey("desk.correct.send")
    static let deskCorrectSent = TextKey("desk.correct.sent")
    static let deskRefusedNoAnswer = TextKey("desk.refused.noAnswer")
    static let deskRefusedEmptyWrong = TextKey("desk.refused.emptyWrong")
    static let deskRefusedEmptyRight = TextKey("desk.refused.emptyRight")
    static let deskRefusedEmptyAction = TextKey("desk.refused.emptyAction")
    static let deskRefusedAlreadyCorrected = TextKey("desk.refused.alreadyCorrected")
    static let deskOfficial = TextKey("desk.official.title")
    static let deskOfficialHint = TextKey("desk.official.hint")
    static let deskOfficialBy = TextKey("desk.official.by")
    static let deskOfficialPin = TextKey("desk.official.pin")
    static let deskOfficialUnpin = TextKey("desk.official.unpin")
    static let deskOfficialSee = TextKey("desk.official.see")
    static let eventPinned = TextKey("event.pinned")
    static let eventUnpinned = TextKey("event.unpinned")
}
