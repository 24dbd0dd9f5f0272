import Foundation

extension FrontdeskPages {
    /// The first page: one way to ask, one way to a lost link, one address.
    func home(_ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let mail: HTML = "<a href=\"\(href: "mailto:\(supportAddress)")\">\(supportAddress)</a>"
        let body: HTML = """
            <div class="stack">
            <h1>\(t(.homeHeading))</h1>
            <p class="lead">\(t(.homeLead))</p>
            </div>
            <p><a class="btn primary" href="\(href: visit.link("/request"))">\(t(.siteAsk)) \(layout.icon("right"))</a></p>
            <section class="panel stack tight" aria-labelledby="asked">
            <h2 id="asked">\(t(.homeAsked))</h2>
            <p>\(t(.homeAskedText))</p>
            <p><a href="\(href: visit.link("/lost"))">\(t(.homeLost))</a></p>
            </section>
            <p class="muted small">\(t.html(.homeByMail, ["address": mail]))</p>
            """
        return layout.page(PublicPage(title: t(.homeTitle), path: "/", body: body), for: visit, t)
    }
}
