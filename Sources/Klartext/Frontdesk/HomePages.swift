import Foundation

extension FrontdeskPages {
    /// The first page: every way to ask, one way to a lost link, one address.
    /// - Parameter types: what can be asked, the general question first.
    func home(_ types: [RequestType], _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let mail: HTML = "<a href=\"\(href: "mailto:\(supportAddress)")\">\(supportAddress)</a>"
        let body: HTML = """
            <div class="stack">
            <h1>\(t(.homeHeading))</h1>
            <p class="lead">\(t(.homeLead))</p>
            </div>
            <p><a class="btn primary" href="\(href: visit.link("/request"))">\(t(.siteAsk)) \(layout.icon("right"))</a></p>
            \(types.count > 1 ? section("kinds", t(.homeKinds), kinds(Array(types.dropFirst()), visit, t)) : HTML())
            <section class="panel stack tight" aria-labelledby="asked">
            <h2 id="asked">\(t(.homeAsked))</h2>
            <p>\(t(.homeAskedText))</p>
            <p><a href="\(href: visit.link("/lost"))">\(t(.homeLost))</a></p>
            </section>
            <p class="muted small">\(t.html(.homeByMail, ["address": mail]))</p>
            """
        return layout.page(PublicPage(title: t(.homeTitle), path: "/", body: body), for: visit, t)
    }

    private func kinds(_ types: [RequestType], _ visit: Visit, _ t: Voice) -> HTML {
        "<ul class=\"rows\">\n\(each: types, { kind($0, visit, t) })</ul>"
    }

    private func kind(_ type: RequestType, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <li class="stack tight"><a href="\(href: visit.link("/request/\(type.id)"))">\(type.title[t.language])</a>\
        \(type.help.map { "<p class=\"small muted\">\($0[t.language])</p>" as HTML })</li>

        """
    }
}
