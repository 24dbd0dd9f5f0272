import Foundation

/// The two smallest pages: one to be shown in other sites, one that asks for the language.
extension StatusFrame {
    /// For an `iframe`: the sentence and the open incidents, no script. Links open the page outside of the frame.
    var embed: HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(sheet.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>\(t(status.sentenceKey)) – \(status.page.name)</title>
        <base target="_top">
        \(sheet.style)</head>
        <body class="embed">
        <main>
        <h1 class="is-\(status.worst.rawValue)">\(Self.sign(status.worst)) <a href="\(link(StatusAddress.home(language)))">\(t(status.sentenceKey))</a></h1>
        \(each: status.openIncidents.prefix(3), notice)</main>
        </body>
        </html>

        """
    }

    private func notice(_ incident: PublishedIncident) -> HTML {
        """
        <p><a href="\(link(StatusAddress.incident(incident.id, language)))">\(name(incident.name))</a></p>
        \(promise(incident))
        """
    }
}

/// The page at the root: both languages by plain links. Nobody is sent anywhere by what his browser asks for, so there is one document for each address.
struct ChooserPage: Sendable {
    let status: PublishedStatus
    let voices: Voices
    let sheet: StatusSheet

    var html: HTML {
        """
        <!doctype html>
        <html lang="\(voices.unknown.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(sheet.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(status.page.name) \(voices[voices.unknown](.statuspageTitle))</title>
        <link rel="canonical" href="\(href: "\(status.page.url)/")">
        \(sheet.style)</head>
        <body>
        <header><span class="name">\(status.page.name)</span></header>
        <main>
        <h1 class="vh">\(status.page.name) \(voices[voices.unknown](.statuspageTitle))</h1>
        <ul class="rows">
        \(each: Language.allCases, choice)</ul>
        </main>
        </body>
        </html>

        """
    }

    private func choice(_ language: Language) -> HTML {
        """
        <li lang="\(language.rawValue)"><h2><a href="\(StatusAddress.home(language))" hreflang="\(language.rawValue)">\(language.endonym)</a></h2>
        <p class="state is-\(status.worst.rawValue)">\(StatusFrame.sign(status.worst))\(voices[language](status.sentenceKey))</p></li>

        """
    }
}
