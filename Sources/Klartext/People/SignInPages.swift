import Foundation

/// What somebody sees who is not at the desk yet.
struct SignInPages: Sendable {
    var layout: DeskLayout
    var voices: Voices
    var company: String

    /// What the page has to say beside the form.
    enum Notice: Sendable { case wrong, throttled, signedOut }

    /// - Parameters:
    ///   - address: what was typed before.
    ///   - next: where to go afterwards; a path of the desk.
    func page(address: String = "", next: String, _ notice: Notice? = nil, _ language: Language) -> HTML {
        let t = voices[language]
        // only signing out forgets drafts: a session that ended by itself must cost no words
        let forgets = if case .signedOut = notice { "*" as String? } else { nil as String? }
        return layout.document(
            title: t(.signInTitle), scripts: ["draft"],
            """
            <main id="main" class="door stack"\(attribute: "data-draft-sent", forgets)>
            <p class="brand">\(layout.logo(size: 32)) Klartext</p>
            <h1>\(t(.signInTitle))</h1>
            <p class="muted">\(t(.signInForTeam, ["company": company]))</p>
            \(notice.map { self.notice($0, t) })
            <form class="stack" method="post" action="/desk/sign-in">
            <input type="hidden" name="next" value="\(next)">
            <div class="field">
            <label for="email">\(t(.signInEmail))</label>
            <input type="email" id="email" name="email" autocomplete="username" maxlength="254" required value="\(address)">
            </div>
            <div class="field">
            <label for="password">\(t(.signInPassword))</label>
            <input type="password" id="password" name="password" autocomplete="current-password" required>
            </div>
            <button class="btn primary">\(t(.signInButton))</button>
            </form>
            <p class="small muted">\(t(.signInCustomer)) <a href="/">\(t(.signInCustomerHere))</a></p>
            </main>
            """, t)
    }

    private func notice(_ notice: Notice, _ t: Voice) -> HTML {
        switch notice {
        case .wrong: "<div class=\"notice is-bad\" role=\"alert\">\(layout.icon("alert"))\n<p>\(t(.signInWrong))</p></div>"
        case .throttled: "<div class=\"notice is-bad\" role=\"alert\">\(layout.icon("stop"))\n<p>\(t(.signInThrottled))</p></div>"
        case .signedOut: "<div class=\"notice is-ok\" role=\"status\">\(layout.icon("check"))\n<p>\(t(.signInSignedOut))</p></div>"
        }
    }
}
