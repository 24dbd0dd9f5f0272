import Foundation

extension FrontdeskPages {
    /// What somebody typed who has lost the link.
    struct LostForm: Sendable {
        var number = ""
        var address = ""
    }

    /// Asks for number and address.
    /// - Parameter wait: until when nothing more is taken from this network.
    func lost(_ form: LostForm, waitUntil wait: Date? = nil, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.lostHeading))</h1>
            <p class="lead">\(t(.lostLead))</p>
            </div>
            \(wait.map { alert(t(.requestNotSent), [tooMany(until: $0, t)]) })
            \(lostForm(form, visit, t))
            <p class="muted small">\(t.html(.lostNumberToo, ["link": link("/request", t(.lostWriteAnew), visit)]))</p>
            """
        return layout.page(PublicPage(title: t(.lostTitle), path: "/lost", body: body), for: visit, t)
    }

    func lostForm(_ form: LostForm, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <form class="panel stack" method="post" action="\(href: visit.link("/lost"))">
        <div class="field">
        <label for="number">\(t(.lostNumber))</label>
        <p class="hint" id="number-hint">\(t(.lostNumberHint))</p>
        <input type="text" id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="32" required aria-describedby="number-hint"\
        \(attribute: "value", form.number.isEmpty ? nil : form.number)>
        </div>
        <div class="field">
        <label for="email">\(t(.requestAddress))</label>
        <input type="email" id="email" name="email" autocomplete="email" maxlength="254" required\
        \(attribute: "value", form.address.isEmpty ? nil : form.address)>
        </div>
        <div class="form-end"><button class="btn primary">\(t(.lostSend))</button></div>
        </form>
        """
    }

    /// The answer to every question for a link, so that nobody learns who has written to us.
    func lostSent(_ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.lostSentHeading))</h1>
            <p class="lead">\(t(.lostSentLead))</p>
            </div>
            <div class="notice is-info">
            \(layout.icon("info"))
            <p>\(t(.lostSentWhy))</p>
            </div>
            \(section("nothing", t(.lostSentNothing), """
            <ul>
            <li>\(t(.lostSentSpam))</li>
            <li>\(t.html(.lostSentOtherAddress, ["link": link("/lost", t(.lostSentTry), visit)]))</li>
            <li>\(t.html(.lostSentElse, ["link": link("/request", t(.lostWriteAnewLow), visit)]))</li>
            </ul>
            """))
            """
        return layout.page(PublicPage(title: t(.lostSentTitle), path: "/lost", body: body), for: visit, t)
    }

    func link(_ path: String, _ label: String, _ visit: Visit) -> HTML { "<a href=\"\(href: visit.link(path))\">\(label)</a>" }
}
