import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct StatusPagesTests {
    @Test func `on a calm day the page says one sentence first`() throws {
        let german = try StatusPageStage.text("de/index.html", SampleStatus.calm())
        #expect(german.contains("<h1>Alles läuft.</h1>"))
        #expect(german.contains("<html lang=\"de\" data-timezone=\"Europe/Berlin\">"))
        #expect(german.contains("Stand <time datetime=\"2026-11-23T09:02:11Z\" data-age>23.11.2026, 10:02:11 Uhr (MEZ)</time>"))
        let english = try StatusPageStage.text("en/index.html", SampleStatus.calm())
        #expect(english.contains("<h1>All systems operational</h1>"))
    }

    @Test func `a calm page with twenty components fits into the first round trip`() throws {
        let files = try StatusPageStage.files(SampleStatus.calm(components: 20))
        for language in Language.allCases {
            let packed = try #require(files["\(language.rawValue)/index.html"]?.packed)
            #expect(packed.count <= 14_000, "ten packets of 1,460 bytes are what a server may send before it hears back (RFC 6928)")
        }
    }

    @Test func `no page asks for a second file, a cookie or another server`() throws {
        for (path, file) in try StatusPageStage.files(SampleStatus.whole) where file.mediaType.hasPrefix("text/html") {
            let page = String(decoding: file.bytes, as: UTF8.self)
            for word in ["<link rel=\"stylesheet\"", "src=", "@import", "url(", "document.cookie", "localStorage", "fetch("] {
                #expect(!page.contains(word), "\(path) says \(word)")
            }
            #expect(page.contains("default-src &#39;none&#39;"), "\(path)")
        }
    }

    @Test func `each link within the set leads to a file of the set`() throws {
        let files = try StatusPageStage.files(SampleStatus.whole)
        for (path, file) in files where file.mediaType.hasPrefix("text/html") {
            let directory = path.split(separator: "/").dropLast().map(String.init)
            for link in Self.links(String(decoding: file.bytes, as: UTF8.self)) where !link.contains(":") && !link.hasPrefix("#") {
                var place = directory
                for part in link.split(separator: "#")[0].split(separator: "/") {
                    if part == ".." { place.removeLast() } else { place.append(String(part)) }
                }
                let target = place.joined(separator: "/")
                #expect(files[target] ?? files[(place + ["index.html"]).joined(separator: "/")] != nil, "\(path) links to \(link)")
            }
        }
    }

    @Test func `open incidents come before everything else, with their next update by the clock and its zone`() throws {
        let page = try StatusPageStage.text("de/index.html")
        let order = [
            "Vieles ist gestört.", "Anmeldung schlägt fehl", "Laufende Wartung", "Angekündigte Wartung", "Neue Rufnummer", "Im Einzelnen",
        ]
        let places = try order.map { try #require(page.range(of: $0), "\($0)").lowerBound }
        #expect(places == places.sorted())
        #expect(page.contains("Nächste Meldung bis <time datetime=\"2026-11-23T09:30:11Z\" data-local>10:30 Uhr (MEZ)</time>"))
    }

    @Test func `a promise that was not kept says so itself`() throws {
        let page = try StatusPageStage.text("de/incidents/in0000000001/index.html")
        #expect(page.contains("Zugesagt bis <time datetime=\"2026-11-23T08:50:11Z\" data-local>09:50 Uhr (MEZ)</time>, noch keine Meldung"))
        #expect(page.contains("Diese Meldung kam 3 Minuten später als zugesagt."))
        #expect(page.contains("<li id=\"u-up0000000002\">"))
    }

    @Test func `a language that is missing is a stated debt`() throws {
        let english = try StatusPageStage.text("en/incidents/in0000000002/index.html")
        #expect(
            english.contains("Not yet in English. English version by <time datetime=\"2026-11-23T09:05:11Z\" data-local>10:05 (CET)</time>")
        )
        #expect(english.contains("<p class=\"prose\" lang=\"de\">Kartenzahlungen dauern"))
        let german = try StatusPageStage.text("de/incidents/in0000000002/index.html")
        #expect(!german.contains("Not yet") && !german.contains("Noch nicht auf Deutsch"))
    }

    @Test func `a text runs nothing, wherever it stands`() throws {
        for (path, file) in try StatusPageStage.files(SampleStatus.whole) {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(!text.contains("<script>alert") || path.hasSuffix(".ics"), "\(path)")
        }
    }

    @Test func `each state is a word and a shape of its own, never a colour alone`() throws {
        #expect(Set(ComponentState.allCases.map(StateSign.path)).count == ComponentState.allCases.count)
        let page = try StatusPageStage.text("de/index.html")
        for word in ["In Betrieb", "In Wartung", "Verlangsamt", "Teilweise gestört", "Ausgefallen"] {
            #expect(page.contains("</svg>\(word)</span>"))
        }
    }

    @Test func `bars have a title for each day and the same in words below`() throws {
        let page = try StatusPageStage.text("de/index.html")
        #expect(page.contains("<title>23.11.2026: 42 Minuten ausgefallen</title>"))
        #expect(
            page.contains(
                "<li>25.10.2026: 35 Minuten ausgefallen: <a href=\"../de/incidents/in0000000001/\">Anmeldung schlägt fehl</a></li>"))
        #expect(page.contains("aria-label=\"Verfügbarkeit 99,94 %, 2 Tage mit Störung\""))
        #expect(page.contains("teilweise gestört zur Hälfte"))
    }

    @Test func `a component that is shown only in trouble is not shown when it is well`() throws {
        let page = try StatusPageStage.text("de/index.html")
        #expect(!page.contains("Archiv"))
        var status = SampleStatus.whole
        status.components[7].state = .degradedPerformance
        let troubled = try StatusPageStage.text("de/index.html", status)
        #expect(troubled.contains("Archiv"))
    }

    @Test func `the promises kept are on the page`() throws {
        let page = try StatusPageStage.text("de/index.html")
        #expect(page.contains("14 von 15 kamen rechtzeitig"))
    }

    @Test func `each month has a page, those without anything too`() throws {
        let files = try StatusPageStage.files(SampleStatus.whole)
        let months = files.keys.filter { $0.hasPrefix("en/history/2026-") }.sorted()
        #expect(months == ["en/history/2026-09/index.html", "en/history/2026-10/index.html", "en/history/2026-11/index.html"])
        let empty = try StatusPageStage.text("en/history/2026-10/index.html")
        #expect(empty.contains("No incidents and no maintenance."))
        #expect(empty.contains("href=\"../../../en/history/2026-09/\"") && empty.contains("href=\"../../../en/history/2026-11/\""))
    }

    @Test func `a postmortem stands on the page of its incident`() throws {
        let page = try StatusPageStage.text("de/incidents/in0000000003/index.html")
        #expect(page.contains("id=\"postmortem\""))
        #expect(page.contains("<p class=\"prose\">Eine Warteschlange war voll.</p>"))
        let without = try StatusPageStage.text("de/incidents/in0000000004/index.html")
        #expect(!without.contains("id=\"postmortem\""))
        #expect(without.contains("Nachgetragen: Darüber haben wir erst im Nachhinein berichtet"))
    }

    @Test func `an id that is no name of a file has no page`() throws {
        var status = SampleStatus.whole
        status.incidents[0].id = "../../etc/passwd"
        status.maintenances[0].id = ""
        let files = try StatusPageStage.files(status)
        #expect(files.keys.allSatisfy { !$0.contains("..") && !$0.contains("//") && !$0.hasPrefix("/") })
    }

    @Test func `no text is missing`() throws {
        let catalog = try Texts.load(directory: "\(TestDesk.root)/Locales")
        let voices = Voices(catalog: catalog, timeZone: try #require(TimeZone(identifier: "Europe/Berlin")), unknown: .de)
        for status in [SampleStatus.whole, SampleStatus.calm()] {
            #expect(StatusFiles(status: status, voices: voices, sheet: try StatusPageStage.sheet()).all.count > 30)
        }
        #expect(catalog.missing == [])
    }

    private static func links(_ page: String) -> [String] {
        page.components(separatedBy: "href=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    }
}
