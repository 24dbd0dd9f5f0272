import Foundation

/// What stands around each page, and what a page is put together from.
///
/// A page is complete by itself: style and scripts stand in it, so it needs one round trip and no other server. Links within are relative, so that the files
/// work below any path.
struct StatusFrame: Sendable {
    let status: PublishedStatus
    let t: Voice
    let sheet: StatusSheet
    /// From this page to the root of the set: `../` for each directory.
    let root: String

    struct Page: Sendable {
        var title: String
        /// Where the page is within its language: `incidents/abc/`.
        var path: String
        /// schema.org data, honest and for machines alone.
        var data: JSONText?
        var body: HTML
    }

    init(_ status: PublishedStatus, _ t: Voice, _ sheet: StatusSheet, depth: Int) {
        (self.status, self.t, self.sheet) = (status, t, sheet)
        root = String(repeating: "../", count: depth)
    }

    var language: Language { t.language }

    /// Relative to this page; only paths of our own making.
    func link(_ path: String) -> String { root + path }

    func page(_ page: Page) -> HTML {
        """
        \(head(page))
        <body>
        <a class="skip" href="#main">\(t(.statuspageSkip))</a>
        <header>
        <a class="name" href="\(link(StatusAddress.home(language)))">\(status.page.name) <span>\(t(.statuspageTitle))</span></a>
        <a href="\(href: "\(status.page.deskURL)/request?lang=\(language.rawValue)")">\(t(.statuspageWrite))</a>
        \(other(page))
        </header>
        <main id="main" tabindex="-1">
        \(page.body)
        </main>
        <footer>
        <nav aria-label="\(t(.statuspageMore))">
        <a href="\(link(StatusAddress.home(language)))">\(t(.statuspageNow))</a>
        <a href="\(link(StatusAddress.history(language)))">\(t(.statuspageHistory))</a>
        <a href="\(href: status.page.deskURL)/?lang=\(language.rawValue)">\(t(.statuspageDesk))</a>
        \(other(page))
        </nav>
        <p>\(t(.siteMadeWith))</p>
        </footer>
        \(sheet.scripts)</body>
        </html>

        """
    }

    private func other(_ page: Page) -> HTML {
        let other = language.other
        return """
            <a href="\(link("\(other.rawValue)/\(page.path)"))" lang="\(other.rawValue)" hreflang="\(other.rawValue)">\(other.endonym)</a>
            """
    }

    private func head(_ page: Page) -> HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)" data-timezone="\(status.page.timeZone)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(sheet.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(page.title) – \(status.page.name)</title>
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="same-origin">
        <link rel="canonical" href="\(href: "\(status.page.url)/\(language.rawValue)/\(page.path)")">
        \(each: Language.allCases, { alternate($0, page) })\
        <link rel="alternate" type="application/atom+xml" href="\(link("\(language.rawValue)/updates.atom"))" title="\(t(.statuspageUpdatesFeed, ["name": status.page.name]))">
        <link rel="icon" href="data:image/svg+xml,\(Self.icon(status.worst))">
        \(sheet.style)\(page.data.map(Self.data))</head>
        """
    }

    private func alternate(_ language: Language, _ page: Page) -> HTML {
        """
        <link rel="alternate" hreflang="\(language.rawValue)" href="\(href: "\(status.page.url)/\(language.rawValue)/\(page.path)")">

        """
    }

    /// Data of our own in JSON, where `<` is escaped: nothing in it can end the element.
    private static func data(_ data: JSONText) -> HTML {
        "<script type=\"application/ld+json\">\(HTML(trusted: data.bytes))</script>\n"
    }

    /// The sign of the state as the page's icon: who has the page among twenty tabs sees it there.
    private static func icon(_ state: ComponentState) -> String {
        let path = StateSign.path(state)
        let tone = ["operational": "1a6732", "under_maintenance": "514a9d", "major_outage": "ae2419"][state.rawValue] ?? "a86400"
        return
            "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 16 16'%3E%3Cpath fill='%23\(tone)' fill-rule='evenodd' d='\(path)'/%3E%3C/svg%3E"
    }
}

/// Style and scripts as they stand in each page, and the policy that allows nothing else.
struct StatusSheet: Sendable, Equatable {
    /// The `style` element.
    var style: HTML
    /// The `script` elements.
    var scripts: HTML
    /// A Content Security Policy with the digests of both: nothing else may run or load.
    var policy: String
}
