import Foundation

/// How corrections are shown to both sides: what was wrong is struck through and says so in words, and each half leads to the other.
struct CorrectionPages {
    let t: Voice
    /// A sign by its name.
    let icon: (String) -> HTML

    /// An answer that was taken back: still to be read, with the day and the way to what is right.
    func struck(_ content: HTML, by correction: Correction) -> HTML {
        """
        <p class="corrected is-bad">\(icon("alert")) <strong>\(t(.correctionCorrectedOn, ["day": t.moments.day(correction.madeAt)]))</strong> \
        <a href="#m\(Int(correction.message))">\(t(.correctionSee))</a></p>
        <del><span class="vh">\(t(.correctionNoLonger))</span>
        \(content)</del>
        """
    }

    /// A correction in its three parts.
    /// - Parameter answeredAt: when the wrong answer was given.
    func words(_ correction: Correction, of answeredAt: Date) -> HTML {
        let words = correction.words
        return """
            <p class="corrected is-us">\(icon("reopen")) <strong>\(t(.mailCorrectionHeading))</strong> \
            <a href="#m\(Int(correction.answer))">\(t(.correctionOf, ["day": t.moments.day(answeredAt)]))</a></p>
            <dl class="owned">
            <dt>\(t(.correctionWrong))</dt><dd class="quote prose">\(words.wrong)</dd>
            <dt>\(t(.correctionRight))</dt><dd class="prose">\(words.right)</dd>
            <dt>\(t(.correctionAction))</dt><dd class="prose">\(words.action)</dd>
            </dl>
            """
    }

    /// What a message says: a correction in its parts, anything else as the page shows texts; struck through where it was taken back.
    /// - Parameter text: how the page shows a text.
    func said(_ message: Message, among messages: [Message], _ corrections: [Correction], text: (String) -> HTML) -> HTML {
        let own = corrections.first { $0.message == message.id }
        let content =
            own.map { own in
                words(own, of: messages.first { $0.id == own.answer }?.writtenAt ?? own.madeAt)
            } ?? text(message.body)
        guard let correction = corrections.first(where: { $0.answer == message.id }) else { return content }
        return struck(content, by: correction)
    }
}

extension TextKey {
    static let correctionCorrectedOn = TextKey("correction.correctedOn")
    static let correctionSee = TextKey("correction.see")
    static let correctionNoLonger = TextKey("correction.noLonger")
    static let correctionOf = TextKey("correction.of")
}
