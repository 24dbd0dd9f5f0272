import Foundation
import Mail

extension SubscriptionMails {
    /// What a letter says that tells of an incident or a maintenance: one sentence of how things are, what we said, whom it touches, by when the next
    /// word comes. In the subscriber's language as far as it is said in it, times in his zone with its name.
    func news(_ story: Story, to subscriber: Subscriber) -> (subject: String, body: LetterBody, language: Language) {
        let language = subscriber.wishes.language
        let spoken = story.spoken(to: language)
        let (t, own) = (zones.voice(spoken, in: subscriber.wishes.timeZone), voices[language])
        let title = story.title.read(in: spoken)
        var blocks: [LetterBody.Block] = [.heading(title)]
        if spoken != language { blocks.append(.paragraph(own(spoken == .de ? .newsOnlyGerman : .newsOnlyEnglish))) }
        blocks.append(.paragraph(t(.newsSentence(story.news))))
        if !story.text.read(in: spoken).isBlank { blocks.append(.paragraph(story.text.read(in: spoken))) }
        blocks.append(.facts(facts(story, t)))
        if story.news == .resolved {
            blocks.append(.paragraph(t(.newsWorks)))
            blocks.append(.link(label: t(.newsWorksLink), url: links.worksURL(subscriber, story.id)))
        }
        blocks.append(.link(label: t(.newsLink), url: links.storyURL(story.kind, story.id, spoken)))
        blocks.append(.remark(own(.newsWhy, ["company": company, "url": links.url(subscriber)])))
        blocks.append(.remark(own(.newsLeave, ["url": "\(links.leaveURL(subscriber))?story=\(story.id)"])))
        let subject = "\(t(.newsSubject(story.news))): \(DraftText.line(title))"
        return (subject, LetterBody(blocks: blocks), spoken)
    }

    private func facts(_ story: Story, _ t: Voice) -> [LetterBody.Fact] {
        var facts: [LetterBody.Fact] = []
        let names = story.parts.map { $0.name.read(in: t.language) }.joined(separator: ", ")
        if !names.isEmpty { facts.append(.init(label: t(.newsAffected), value: names)) }
        let isMaintenance = story.kind == .maintenance
        facts.append(.init(label: t(isMaintenance ? .newsBegins : .newsSince), value: t.moments.moment(story.startsAt)))
        if let end = story.endsAt { facts.append(.init(label: t(isMaintenance ? .newsEnds : .newsUntil), value: t.moments.moment(end))) }
        if let next = story.nextUpdateBy {
            facts.append(.init(label: t(.newsNextUpdate), value: t.moments.moment(next)))
        } else if story.news == .resolved {
            facts.append(.init(label: t(.newsNextUpdate), value: t(.newsNothingMore)))
        }
        return facts
    }
}

/// Text that somebody typed, made fit for a header.
enum DraftText {
    /// Longer subjects are cut by mail programs anyway.
    private static let mostScalars = 200

    /// One line without control characters.
    static func line(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(mostScalars) {
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
            scalars.append(isControl ? " " : scalar)
        }
        return String(scalars)
    }
}
