import Foundation
import Mail

/// What the private link of a subscriber opens. No page changes anything by being opened: mail scanners open every link.
extension SubscribePages {
    /// What is said on top after something was done.
    enum Flash: String, Sendable { case confirmed, saved, storyLeft }

    /// Asks the owner of the address for a yes.
    func confirm(_ recipient: Recipient, _ board: SubscriptionBoard, refusal: SubscriptionRefusal? = nil, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let subscriber = recipient.subscriber
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscriptionConfirmTitle))</h1>
            <p class="lead">\(t(.subscriptionConfirmLead, ["company": layout.company]))</p>
            </div>
            \(refusal.map { problem($0, t) })
            <dl class="particulars panel"><div><dt>\(t(.subscriptionAddress))</dt><dd>\(Self.masked(recipient.address))</dd></div>\
            <div><dt>\(t(.subscriptionWhat))</dt><dd>\(what((subscriber.pending ?? subscriber.wishes).scope, board, t))</dd></div></dl>
            <form method="post" action="\(href: visit.link(links.path(subscriber) + "/confirm"))">
            <button class="btn primary">\(t(.subscriptionConfirmButton))</button>
            </form>
            <p class="muted small">\(t(.subscriptionConfirmNot))</p>
            """
        return page(t(.subscriptionConfirmTitle), links.path(subscriber), body, visit, t)
    }

    /// What somebody gets, and can change.
    func manage(
        _ recipient: Recipient, _ form: SubscribeForm, _ board: SubscriptionBoard, flash: Flash? = nil, refusal: SubscriptionRefusal? = nil,
        _ visit: Visit
    ) -> HTML {
        let t = voices[visit.language]
        let path = links.path(recipient.subscriber)
        let body: HTML = """
            \(flash.map { said($0, t) })
            <div class="stack tight">
            <h1>\(t(.subscriptionTitle))</h1>
            <p class="lead">\(t(.subscriptionLead, ["address": Self.masked(recipient.address)]))</p>
            </div>
            \(refusal.map { problem($0, t) })
            <form class="panel stack" method="post" action="\(href: visit.link(path + "/change"))">
            \(wishes(form, board, t))
            <div class="form-end"><button class="btn primary">\(t(.subscriptionSave))</button></div>
            </form>
            <section class="stack tight" aria-labelledby="leave">
            <h2 id="leave">\(t(.subscriptionLeaveHeading))</h2>
            <form method="post" action="\(href: visit.link(path + "/leave"))"><button class="btn" name="what" value="all">\(t(.subscriptionLeaveAll))</button></form>
            </section>
            """
        return page(t(.subscriptionTitle), path, body, visit, t)
    }

    /// Asks once more before anything ends: what opens links in mails is often no person.
    func leave(_ recipient: Recipient, story: Story.Part?, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let path = links.path(recipient.subscriber) + "/leave"
        let only: HTML? = story.map { story in
            """
            <form method="post" action="\(href: visit.link(path))"><input type="hidden" name="story" value="\(story.id.text)">\
            <button class="btn" name="what" value="story">\(t(.subscriptionLeaveStory, ["title": story.name.read(in: t.language)]))</button></form>
            """
        }
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscriptionLeaveHeading))</h1>
            <p class="lead">\(t(.subscriptionLeaveLead, ["address": Self.masked(recipient.address)]))</p>
            </div>
            \(only)
            <form method="post" action="\(href: visit.link(path))"><button class="btn primary" name="what" value="all">\(t(.subscriptionLeaveAll))</button></form>
            """
        return page(t(.subscriptionLeaveHeading), path, body, visit, t)
    }

    func left(_ recipient: Recipient, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscriptionLeftTitle))</h1>
            <p class="lead">\(t(.subscriptionLeftLead, ["address": Self.masked(recipient.address)]))</p>
            </div>
            <p><a href="\(href: visit.link("/subscribe"))">\(t(.subscriptionLeftAgain))</a></p>
            """
        return page(t(.subscriptionLeftTitle), links.path(recipient.subscriber), body, visit, t)
    }

    /// Asks whether it works again; shows what was answered, which can be changed.
    func works(_ recipient: Recipient, _ story: Story.Part, answer: Bool?, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let path = "\(links.path(recipient.subscriber))/works/\(story.id)"
        let thanks: HTML? = answer.map { works in
            """
            <div class="notice \(works ? "is-ok" : "is-info")" role="status">\(layout.icon(works ? "check" : "info"))
            <p>\(t(works ? .worksThanksYes : .worksThanksNo)) \(t(.worksChange))</p></div>
            """
        }
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.worksTitle))</h1>
            <p class="lead">\(t(.worksLead, ["title": story.name.read(in: t.language)]))</p>
            </div>
            \(thanks)
            <form class="cluster" method="post" action="\(href: visit.link(path))">
            <button class="btn\(answer == true ? "" : " primary")" name="works" value="yes">\(t(.worksYes))</button>
            <button class="btn" name="works" value="no">\(t(.worksNo))</button>
            </form>
            """
        return page(t(.worksTitle), path, body, visit, t)
    }

    private func page(_ title: String, _ path: String, _ body: HTML, _ visit: Visit, _ t: Voice) -> HTML {
        layout.page(PublicPage(title: title, path: path, isPrivate: true, body: body), for: visit, t)
    }

    private func said(_ flash: Flash, _ t: Voice) -> HTML {
        let key: TextKey =
            switch flash {
            case .confirmed: .subscriptionConfirmed
            case .saved: .subscriptionSaved
            case .storyLeft: .subscriptionStoryLeft
            }
        return "<div class=\"notice is-ok\" role=\"status\">\(layout.icon("check"))\n<p>\(t(key))</p></div>"
    }

    private func what(_ scope: SubscriptionScope, _ board: SubscriptionBoard, _ t: Voice) -> String {
        var parts: [String] = []
        if scope.everything { parts.append(t(.subscriptionWhatEverything)) }
        let names = (board.stories.filter { scope.stories.contains($0.id) } + board.parts.filter { scope.components.contains($0.id) })
            .map { $0.name.read(in: t.language) }
        if !names.isEmpty { parts.append(t(.subscriptionWhatParts, ["names": names.joined(separator: ", ")])) }
        return parts.joined(separator: "; ")
    }

    /// `m…@nordlicht.example`: enough for its owner, too little for whom the letter was forwarded to.
    static func masked(_ address: String) -> String {
        guard let mail = Address(address), let first = mail.localPart.unicodeScalars.first else { return address }
        return "\(first)…@\(mail.domain)"
    }
}
