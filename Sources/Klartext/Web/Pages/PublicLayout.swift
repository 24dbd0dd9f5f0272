import Foundation

/// A page for everybody, without what stands around it.
struct PublicPage: Sendable {
    var title: String
    /// Where the page is found, for the switch of language.
    var path: String
    /// Its scripts by name, such as `draft`; every page works without them.
    var scripts: [String] = []
    /// Kept out of search engines.
    var isPrivate = false
    var body: HTML
}

/// What stands around every page for customers: the company's name, one way to ask, one way to a lost link, the other language.
struct PublicLayout: Sendable {
    let company: String
    /// The IANA name of the zone in which times are written.
    let timeZone: String
    /// Whether everybody may read how promises are kept.
    let publishesPromises: Bool
    private let icons: String
    private let favicon: String
    private let style: String
    private let asset: @Sendable (String) -> String

    /// - Parameter asset: the address of a public file, with its version.
    init(company: String, timeZone: String, publishesPromises: Bool = false, asset: @escaping @Sendable (String) -> String) {
        self.company = company
        self.timeZone = timeZone
        self.publishesPromises = publishesPromises
        icons = asset("images/icons.svg")
        favicon = asset("images/favicon.svg")
        style = asset("css/klartext.css")
        self.asset = asset
    }

    /// One of the signs of `icons.svg`. A word always stands beside it.
    func icon(_ name: String) -> HTML {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(href: "\(icons)#\(name)")\"/></svg>"
    }

    /// The address of a script, with its version.
    func script(_ name: String) -> String { asset("js/\(name).js") }

    /// The whole document.
    func page(_ page: PublicPage, for visit: Visit, _ t: Voice) -> HTML {
        """
        <!doctype html>
        <html lang="\(t.language.rawValue)" data-timezone="\(timeZone)">
        \(head(page))
        <body>
        <a class="skip" href="#main">\(t(.siteSkip))</a>
        <header class="site-head">
        <div class="wrap">
        <a class="site-name" href="\(href: visit.link("/"))">\(company)</a>
        <a href="\(href: visit.link("/request"))">\(t(.siteAsk))</a>
        \(languageSwitch(page, t))
        </div>
        </header>
        <main id="main" class="wrap" tabindex="-1">
        <div class="stack loose">
        \(page.body)
        </div>
        </main>
        <footer class="site-foot">
        <div class="wrap">
        <a href="\(href: visit.link("/request"))">\(t(.siteAsk))</a>
        <a href="\(href: visit.link("/lost"))">\(t(.siteLost))</a>
        <a href="\(href: visit.link("/verify"))">\(t(.siteVerify))</a>\
        \(publishesPromises ? "\n<a href=\"\(href: visit.link("/promises"))\">\(t(.sitePromises))</a>" : HTML())
        \(languageSwitch(page, t))
        <span class="by">\(t(.siteMadeWith))</span>
        </div>
        </footer>
        </body>
        </html>

        """
    }

    private func head(_ page: PublicPage) -> HTML {
        """
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(page.title) – \(company)</title>
        <meta name="color-scheme" content="light dark">
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
        <meta name="theme-color" content="#161f1e" media="(prefers-color-scheme: dark)">\
        \(page.isPrivate ? "\n<meta name=\"robots\" content=\"noindex\">" : HTML())
        <link rel="icon" href="\(href: favicon)" type="image/svg+xml">
        <link rel="stylesheet" href="\(href: style)">
        \(each: page.scripts, { "<script src=\"\(href: script($0))\" type=\"module\"></script>\n" })
        </head>
        """
    }

    private func languageSwitch(_ page: PublicPage, _ t: Voice) -> HTML {
        let other = t.language.other
        return """
            <a href="\(href: Visit.link(page.path, in: other))" lang="\(other.rawValue)" hreflang="\(other.rawValue)">\(other.endonym)</a>
            """
    }
}

extension TextKey {
    static let siteSkip = TextKey("site.skip")
    static let siteAsk = TextKey("site.ask")
    static let siteLost = TextKey("site.lost")
    static let siteVerify = TextKey("site.verify")
    static let sitePromises = TextKey("site.promises")
    static let siteMadeWith = TextKey("site.madeWith")
}

extension Voice {
    /// The text with markup in its placeholders; the text itself is escaped.
    func html(_ key: TextKey, _ values: KeyValuePairs<String, HTML> = [:], count: Int? = nil) -> HTML {
        texts.html(key, values, count: count)
    }

    /// A moment to the minute, which a script may show in the reader's own time zone.
    func time(_ date: Date) -> HTML { time(date, as: moments.moment(date)) }

    /// Day and clock, for lists of what has happened.
    func stamp(_ date: Date) -> HTML { time(date, as: "\(moments.day(date)), \(moments.clock(date))") }

    /// A moment in the words given.
    func time(_ date: Date, as text: String) -> HTML {
        "<time datetime=\"\(moments.iso8601(date))\" data-local>\(text)</time>"
    }
}
