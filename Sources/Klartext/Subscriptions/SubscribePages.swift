import Foundation

/// What everybody sees who wants to be told of incidents. One file for the form, one for what private links open.
struct SubscribePages: Sendable {
    var layout: PublicLayout
    var voices: Voices
    var links: SubscriptionLinks

    /// Zones that are offered while typing; every other IANA name is taken as well.
    static let zones = [
        "Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Athens",
        "Europe/Helsinki",
        "Europe/Istanbul", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo",
        "Asia/Dubai",
        "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "UTC",
    ]

    /// Asks for an address and for what is to be told there.
    func form(_ form: SubscribeForm, _ board: SubscriptionBoard, refusal: SubscriptionRefusal? = nil, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscribeHeading))</h1>
            <p class="lead">\(t(.subscribeLead))</p>
            </div>
            \(refusal.map { problem($0, t) })
            <form class="panel stack" method="post" action="\(href: visit.link("/subscribe"))">
            <div class="field\(refusal == .badAddress ? " invalid" : "")">
            <label for="email">\(t(.subscribeAddress))</label>
            <p class="hint" id="email-hint">\(t(.subscribeAddressHint))</p>
            <input type="email" id="email" name="email" autocomplete="email" maxlength="254" required aria-describedby="email-hint" value="\(form.address)">
            </div>
            \(wishes(form, board, t))
            <div class="trap" aria-hidden="true"><label for="website">Website</label>\
            <input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
            <p class="hint">\(t(.subscribeConsent, ["company": layout.company]))</p>
            <div class="form-end"><button class="btn primary">\(t(.subscribeSend))</button></div>
            </form>
            <p class="muted small"><a href="\(href: visit.link("/subscribe/webhook"))">\(t(.subscribeHookHeading))</a></p>
            """
        return layout.page(PublicPage(title: t(.subscribeTitle), path: "/subscribe", scripts: ["zone"], body: body), for: visit, t)
    }

    /// The same asked for a program.
    func webhook(
        _ form: SubscribeForm, url: String, owner: String, _ board: SubscriptionBoard, refusal: SubscriptionRefusal? = nil, _ visit: Visit
    ) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscribeHookHeading))</h1>
            <p class="lead">\(t(.subscribeHookLead))</p>
            </div>
            \(refusal.map { problem($0, t) })
            <form class="panel stack" method="post" action="\(href: visit.link("/subscribe/webhook"))">
            <div class="field\(refusal == .badWebhook ? " invalid" : "")">
            <label for="url">\(t(.subscribeHookURL))</label>
            <p class="hint" id="url-hint">\(t(.subscribeHookURLHint))</p>
            <input type="url" id="url" name="url" maxlength="500" required aria-describedby="url-hint" value="\(url)">
            </div>
            <div class="field\(refusal == .badAddress ? " invalid" : "")">
            <label for="email">\(t(.subscribeHookOwner))</label>
            <p class="hint" id="email-hint">\(t(.subscribeHookOwnerHint))</p>
            <input type="email" id="email" name="email" autocomplete="email" maxlength="254" aria-describedby="email-hint" value="\(owner)">
            </div>
            \(wishes(form, board, t))
            <div class="form-end"><button class="btn primary">\(t(.subscribeHookSend))</button></div>
            </form>
            """
        return layout.page(
            PublicPage(title: t(.subscribeHookHeading), path: "/subscribe/webhook", scripts: ["zone"], body: body), for: visit, t)
    }

    /// Scope, language and zone: the same on the form and behind the private link.
    func wishes(_ form: SubscribeForm, _ board: SubscriptionBoard, _ t: Voice) -> HTML {
        """
        <fieldset class="field">
        <legend>\(t(.subscribeScope))</legend>
        <div class="choices stacked">
        \(each: board.stories.filter { form.scope.stories.contains($0.id) }, { box("story", $0.id.text, t(.subscribeStory, ["title": $0.name.read(in: t.language)]), true) })\
        \(box("everything", "yes", t(.subscribeEverything), form.scope.everything))\
        \(each: board.parts, { box("component", $0.id.text, $0.name.read(in: t.language), form.scope.components.contains($0.id)) })</div>
        </fieldset>
        <fieldset class="field">
        <legend>\(t(.subscribeLanguage))</legend>
        <div class="choices">
        \(each: Language.allCases, { language($0, form.language) })</div>
        <div class="choices">
        \(box("waits", "yes", t(.subscribeWaits), form.waitsForLanguage))</div>
        </fieldset>
        <div class="field">
        <label for="zone">\(t(.subscribeZone))</label>
        <p class="hint" id="zone-hint">\(t(.subscribeZoneHint))</p>
        <input type="text" id="zone" name="zone" list="zones" maxlength="64" autocomplete="off" aria-describedby="zone-hint" value="\(form.zone)"\
         data-zone="\(form.zone)">
        <datalist id="zones">\(each: Self.zones, { "<option value=\"\($0)\">" })</datalist>
        </div>
        """
    }

    private func box(_ name: String, _ value: String, _ label: String, _ isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="checkbox" name="\(name)" value="\(value)"\(attribute: "checked", if: isChosen)> <span>\(label)</span></label>

        """
    }

    private func language(_ language: Language, _ chosen: Language) -> HTML {
        """
        <label class="choice"><input type="radio" name="language" value="\(language.rawValue)"\(attribute: "checked", if: language == chosen)> \
        <span lang="\(language.rawValue)">\(language.endonym)</span></label>

        """
    }

    /// The answer to every question, whether the address is known here or not.
    func sent(_ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscribeSentTitle))</h1>
            <p class="lead">\(t(.subscribeSentLead))</p>
            </div>
            <div class="notice is-info">\(layout.icon("info"))
            <p>\(t(.subscribeSentWhy))</p></div>
            <p>\(t(.subscribeSentNothing))</p>
            """
        return layout.page(PublicPage(title: t(.subscribeSentTitle), path: "/subscribe", body: body), for: visit, t)
    }

    func webhookSent(_ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.subscribeHookSentTitle))</h1>
            <p class="lead">\(t(.subscribeHookSentLead))</p>
            </div>
            """
        return layout.page(PublicPage(title: t(.subscribeHookSentTitle), path: "/subscribe/webhook", body: body), for: visit, t)
    }

    func problem(_ refusal: SubscriptionRefusal, _ t: Voice) -> HTML {
        """
        <div class="notice is-bad" role="alert">\(layout.icon("alert"))
        <p><strong>\(t(.subscribeNotSent))</strong> \(text(refusal, t))</p></div>
        """
    }

    func text(_ refusal: SubscriptionRefusal, _ t: Voice) -> String {
        switch refusal {
        case .nothingChosen: t(.subscribeNothingChosen)
        case .noSuchZone: t(.subscribeNoSuchZone)
        case .badAddress: t(.subscribeBadAddress)
        case .badWebhook: t(.subscribeBadWebhook)
        case .tooMany(let until): t(.subscribeTooMany, ["time": t.moments.clock(until)])
        case .expired, .over, .unknownLink: t(.subscriptionExpired)
        }
    }
}
