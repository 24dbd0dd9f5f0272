import Foundation

/// A page of the desk, without what stands around it.
struct DeskPage: Sendable {
    var title: String
    /// The path of the list it belongs to, which is marked as the current one; empty for none.
    var list = ""
    /// What stands in the field for searching.
    var search = ""
    /// Its scripts by name, such as `draft`; every page works without them.
    var scripts: [String] = []
    var body: HTML
}

/// What stands around every page for agents: the bar, the lists, the help about keys. Knows no feature: lists are handed in as values.
struct DeskLayout: Sendable {
    /// A list in the navigation.
    struct Link: Sendable {
        var path: String
        var icon: String
        var label: String
        /// Nil for a list that nobody counts.
        var count: Int?
        /// Whether anything in it means that a customer may be left in the dark.
        var isBad = false
    }

    struct Group: Sendable {
        var label: String
        var links: [Link]
    }

    private let timeZone: String
    private let asset: @Sendable (String) -> String
    /// Asked for once: a page of a list has hundreds of signs.
    private let icons: String

    /// - Parameters:
    ///   - timeZone: the IANA name of the zone in which times are written.
    ///   - asset: the address of a public file, with its version.
    init(timeZone: String, asset: @escaping @Sendable (String) -> String) {
        (self.timeZone, self.asset) = (timeZone, asset)
        icons = asset("images/icons.svg")
    }

    /// The style sheet of all pages, for documents that stand alone.
    var style: String { asset("css/klartext.css") }

    /// One of the signs of `icons.svg`. A word always stands beside it.
    func icon(_ name: String) -> HTML {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(href: "\(icons)#\(name)")\"/></svg>"
    }

    /// The product's own sign, beside its name.
    func logo(size: Int) -> HTML { "<img src=\"\(href: asset("images/logo.svg"))\" alt=\"\" width=\"\(size)\" height=\"\(size)\">" }

    /// A page of somebody who has signed in.
    func page(_ page: DeskPage, groups: [Group], agentName: String, _ t: Voice) -> HTML {
        document(
            title: page.title, scripts: ["shortcuts"] + page.scripts,
            """
            \(skipLink(t))
            \(bar(agentName, search: page.search, t))
            <div class="desk-body">
            <nav class="lists" aria-label="\(t(.deskLists))">
            \(each: groups.enumerated(), { group($0.offset, $0.element, current: page.list) })</nav>
            <main id="main" tabindex="-1">
            \(page.body)
            </main>
            </div>
            \(keys(t))
            """, t)
    }

    /// The document itself, for pages that bring their own surroundings.
    func document(title: String, scripts: [String] = [], _ body: HTML, _ t: Voice) -> HTML {
        """
        <!doctype html>
        <html lang="\(t.language.rawValue)" data-timezone="\(timeZone)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – Klartext</title>
        <meta name="color-scheme" content="light dark">
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
        <meta name="theme-color" content="#161f1e" media="(prefers-color-scheme: dark)">
        <meta name="robots" content="noindex">
        <link rel="icon" href="\(href: asset("images/favicon.svg"))" type="image/svg+xml">
        <link rel="stylesheet" href="\(href: style)">
        <link rel="stylesheet" href="\(href: asset("css/desk.css"))">
        \(each: scripts, { "<script src=\"\(href: asset("js/\($0).js"))\" type=\"module\"></script>\n" })</head>
        <body class="desk">
        \(body)
        </body>
        </html>

        """
    }

    func skipLink(_ t: Voice) -> HTML { "<a class=\"skip\" href=\"#main\">\(t(.deskSkip))</a>" }

    private func bar(_ agentName: String, search: String, _ t: Voice) -> HTML {
        """
        <header class="desk-head">
        <a class="brand" href="/desk">\(logo(size: 24)) <span class="name">Klartext</span></a>
        <form class="lookup" role="search" action="/desk/search">
        <label class="vh" for="lookup">\(t(.deskLookup))</label>
        <input id="lookup" type="search" name="q" value="\(search)" autocomplete="off" maxlength="200" placeholder="\(t(.deskLookup))">
        <button class="btn">\(icon("search")) <span class="word">\(t(.deskLookupOpen))</span></button>
        </form>
        <nav class="own" aria-label="\(t(.deskOwn))">
        <button type="button" class="linklike" data-shortcuts-help hidden>\(t(.deskKeysTitle))</button>
        <a href="/desk/settings">\(agentName)</a>
        <form method="post" action="/desk/sign-out"><button class="linklike">\(t(.deskSignOut))</button></form>
        </nav>
        </header>
        """
    }

    private func group(_ number: Int, _ group: Group, current: String) -> HTML {
        """
        <h2 id="lists-\(number)">\(group.label)</h2>
        <ul class="list" aria-labelledby="lists-\(number)">
        \(each: group.links, { link($0, isCurrent: $0.path == current) })</ul>

        """
    }

    private func link(_ link: Link, isCurrent: Bool) -> HTML {
        let isBad = link.isBad && (link.count ?? 0) > 0
        return """
            <li><a href="\(href: link.path)"\(attribute: "aria-current", isCurrent ? "page" : nil)>\(icon(link.icon)) \(link.label)\
            \(link.count.map { " <span class=\"count\(isBad ? " is-bad" : "")\">\($0)</span>" as HTML })</a></li>

            """
    }

    private func keys(_ t: Voice) -> HTML {
        let keys: [(key: String, meaning: TextKey)] = [
            ("j", .deskKeysNext), ("k", .deskKeysPrevious), ("Enter", .deskKeysFollow), ("r", .deskKeysReply), ("n", .deskKeysNote),
            ("/", .deskKeysLookup), ("?", .deskKeysHelp),
        ]
        return """
            <dialog id="shortcuts" aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title">\(t(.deskKeysTitle))</h2>
            <dl class="keys">
            \(each: keys, { "<div class=\"cluster\"><dt><kbd>\($0.key)</kbd></dt><dd>\(t($0.meaning))</dd></div>\n" })</dl>
            <label class="choice"><input type="checkbox" data-shortcuts-on> \(t(.deskKeysOn))</label>
            <form method="dialog"><button class="btn">\(t(.deskKeysClose))</button></form>
            </dialog>
            """
    }
}
