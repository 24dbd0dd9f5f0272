import Foundation

/// The pages of the mail catcher.
struct DevMailPages: Sendable {
    var layout: DeskLayout
    var voices: Voices
    var company: String

    static let mostLetters = 100

    /// What somebody typed who writes as a customer.
    struct Draft: Sendable {
        var address = ""
        var name = ""
        var subject = ""
        var text = ""
        var isRefused = false
    }

    func list(_ letters: [Letter], _ draft: Draft = Draft(), isKept: Bool, _ language: Language) -> HTML {
        let t = voices[language]
        let queue: HTML =
            letters.isEmpty
            ? "<div class=\"empty panel\">\(layout.icon("inbox"))<p>\(t(.devMailEmpty))</p></div>"
            : "<ol class=\"queue\">\n\(each: letters, { line($0, t) })</ol>"
        return page(
            t(.devMailTitle),
            """
            \(isKept ? "<div class=\"notice is-ok\" role=\"status\">\(layout.icon("check"))\n<p>\(t(.devMailKept))</p></div>" as HTML : nil)
            <div class="page-head"><h1>\(t(.devMailTitle))</h1>
            <p class="muted small">\(t(.devMailCount, ["count": "\(Self.mostLetters)"]))</p></div>
            \(queue)
            <div class="narrow stack">\(writeForm(draft, t))</div>
            """, t)
    }

    private func line(_ letter: Letter, _ t: Voice) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" href="/dev/mail/\(Int(letter.id))">\(letter.subject)</a>
        <p class="row-sub">\(t(.devMailTo)) <b>\(letter.recipient)</b></p></div>
        <span class="row-fact">\(letter.kind), \(letter.state.rawValue)</span>
        <span class="row-fact end">\(t.time(letter.writtenAt, as: t.moments.short(letter.writtenAt)))</span>
        </li>

        """
    }

    private func writeForm(_ draft: Draft, _ t: Voice) -> HTML {
        """
        <form method="post" action="/dev/mail" class="panel stack">
        <h2>\(t(.devMailWrite))</h2>
        <div class="pair">
        <div class="field\(draft.isRefused ? " invalid" : "")"><label for="address">\(t(.devMailAddress))</label>
        \(draft.isRefused ? "<p class=\"error\">\(layout.icon("alert")) \(t(.devMailBadAddress))</p>" as HTML : nil)
        <input type="email" id="address" name="address" required maxlength="254" value="\(draft.address)"></div>
        <div class="field"><label for="name">\(t(.devMailPersonName))</label>
        <input type="text" id="name" name="name" maxlength="200" value="\(draft.name)"></div>
        </div>
        <div class="field"><label for="subject">\(t(.devMailSubject))</label>
        <input type="text" id="subject" name="subject" maxlength="300" value="\(draft.subject)"></div>
        <div class="field"><label for="text">\(t(.devMailBody))</label>
        <textarea id="text" name="text" rows="5">
        \(draft.text)</textarea></div>
        <div class="form-end"><button class="btn primary">\(t(.devMailWriteButton))</button></div>
        </form>
        """
    }

    /// - Parameter source: the mail as it goes over the wire.
    func letter(_ letter: Letter, _ content: LetterContent, source: [UInt8], _ language: Language) -> HTML {
        let t = voices[language]
        let path = "/dev/mail/\(letter.id)"
        return page(
            letter.subject,
            """
            <div class="narrow stack">
            <p><a class="back" href="/dev/mail">\(layout.icon("left")) \(t(.devMailTitle))</a></p>
            <h1>\(letter.subject)</h1>
            \(headers(letter, t))
            <section class="stack tight" aria-labelledby="html"><h2 id="html">\(t(.devMailHtml))</h2>
            <iframe class="original" sandbox title="\(t(.devMailFrame))" src="\(href: path)/html"></iframe></section>
            \(links(content.body, t))
            <details class="fold"><summary>\(t(.devMailText))</summary><div class="quote prose">\
            \(LetterLayout.text(content.body, signature: company))</div></details>
            <details class="fold"><summary>\(t(.devMailSource))</summary>
            <pre class="raw" tabindex="0" aria-label="\(t(.devMailSource))">\(String(repairing: source.prefix(200_000)))</pre></details>
            <form method="post" action="\(href: path)/reply" class="panel stack">
            <h2>\(t(.devMailReply))</h2>
            <div class="field"><label for="text">\(t(.devMailBody))</label><textarea id="text" name="text" rows="4" required></textarea>\
            </div>
            <div class="form-end"><button class="btn primary">\(t(.devMailReplyButton))</button></div>
            </form>
            </div>
            """, t)
    }

    private func headers(_ letter: Letter, _ t: Voice) -> HTML {
        """
        <dl class="headers panel">
        <dt>\(t(.devMailFrom))</dt><dd>\(company)</dd>
        <dt>\(t(.devMailToLabel))</dt><dd>\(letter.recipient)</dd>
        \(letter.replyTo.map { "<dt>\(t(.devMailReplyTo))</dt><dd>\($0)</dd>\n" as HTML })\
        <dt>\(t(.devMailTime))</dt><dd>\(t.time(letter.writtenAt))</dd>
        <dt>\(t(.devMailState))</dt><dd>\(letter.state.rawValue)</dd>
        </dl>
        """
    }

    /// The letter's links again: in its frame they lead nowhere.
    private func links(_ body: LetterBody, _ t: Voice) -> HTML? {
        let urls = body.blocks.compactMap { block in if case .link(_, let url) = block { url } else { nil } }
        guard !urls.isEmpty else { return nil }
        return """
            <section class="stack tight" aria-labelledby="links"><h2 id="links">\(t(.devMailLinks))</h2>
            <ul class="rows small">\(each: urls, { "<li><a href=\"\(href: $0)\">\($0)</a></li>\n" })</ul></section>
            """
    }

    /// A page of the tools for development: it says that it is one.
    func page(_ title: String, _ body: HTML, _ t: Voice) -> HTML {
        layout.document(
            title: "\(title) – \(t(.devMailName))",
            """
            \(layout.skipLink(t))
            <aside class="ribbon" aria-label="\(t(.devMailName))"><strong>\(t(.devMailOnly))</strong> \(t(.devMailOnlyText))</aside>
            <header class="desk-head">
            <a class="brand" href="/dev/mail">\(layout.logo(size: 24)) Klartext <span class="of">\(t(.devMailName))</span></a>
            <nav class="own" aria-label="\(t(.devMailWays))"><a href="/dev/mail">\(t(.devMailTitle))</a> \
            <a href="/dev/clock">\(t(.devClockTitle))</a> <a href="/">\(t(.devMailToCustomer))</a> <a href="/desk">\
            \(t(.devMailToDesk))</a></nav>
            </header>
            <div class="desk-body single">
            <main id="main" tabindex="-1">
            \(body)
            </main>
            </div>
            """, t)
    }
}
