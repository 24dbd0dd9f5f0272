import Foundation
import Testing

@testable import Klartext

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite(.timeLimit(.minutes(1)))
struct FeedTests {
    private func elements(_ path: String, _ status: PublishedStatus = SampleStatus.whole) throws -> XMLReading {
        let file = try #require(try StatusPageStage.files(status)[path])
        return try XMLReading(file.bytes)
    }

    @Test(arguments: ["history.atom", "updates.atom", "de/history.atom", "de/updates.atom", "en/updates.atom"])
    func `Atom has what RFC 4287 demands, once for each entry`(path: String) throws {
        let feed = try elements(path)
        let entries = feed.count("feed/entry")
        #expect(entries > 0)
        for name in ["id", "title", "updated", "link", "content", "published"] { #expect(feed.count("feed/entry/\(name)") == entries) }
        for name in ["id", "title", "updated", "author/name"] { #expect(feed.count("feed/\(name)") == 1) }
        #expect(Set(feed.texts("feed/entry/id")).count == entries, "no entry has the id of another")
        #expect(feed.texts("feed/id")[0].hasPrefix("tag:status.nordlicht.example,2005:/"))
    }

    @Test(arguments: ["history.rss", "updates.rss", "de/history.rss"])
    func `RSS has what readers demand`(path: String) throws {
        let feed = try elements(path)
        let items = feed.count("rss/channel/item")
        #expect(items > 0)
        for name in ["title", "description", "pubDate", "link", "guid"] { #expect(feed.count("rss/channel/item/\(name)") == items) }
        #expect(feed.texts("rss/channel/pubDate")[0].hasSuffix(" +0000"))
    }

    @Test func `the history has an entry for each incident and maintenance, the updates one for each thing said`() throws {
        let history = try elements("history.atom")
        #expect(history.count("feed/entry") == 8)
        #expect(history.texts("feed/entry/id").contains("tag:status.nordlicht.example,2005:Incident/in0000000001"))
        let updates = try elements("updates.atom")
        #expect(updates.count("feed/entry") == 10)
        #expect(updates.texts("feed/entry/id").contains("tag:status.nordlicht.example,2005:Update/up0000000002"))
        #expect(updates.texts("feed/entry/title").contains("Identified: Sign-in fails"))
    }

    @Test func `an entry has Statuspage's shape: time with its parts, state, text, the newest first`() throws {
        let feed = try elements("history.atom")
        let content = try #require(feed.texts("feed/entry/content").first { $0.contains("found the cause") })
        #expect(
            content.hasPrefix(
                "<p><small>Nov <var data-var='date'>23</var>, <var data-var='time'>09:30</var> CET</small><br><strong>Identified</strong> - We have found"
            ))
        #expect(content.contains("Next update by Monday 23 November 2026, 09:50 (CET)"))
        let (cause, first) = (content.range(of: "found the cause"), content.range(of: "has been failing"))
        #expect(try #require(cause).lowerBound < (try #require(first)).lowerBound)
    }

    @Test func `each language has its own`() throws {
        let german = try elements("de/history.atom")
        #expect(german.texts("feed/entry/title").contains("Anmeldung schlägt fehl"))
        #expect(german.texts("feed/title") == ["Nordlicht Status – Störungen"])
        let english = try elements("history.atom")
        #expect(english.texts("feed/title") == ["Nordlicht Status - Incident History"])
    }

    @Test func `what XML forbids is dropped, what means something in it is escaped`() throws {
        let title = try #require(try elements("history.atom").texts("feed/entry/title").first { $0.contains("script") })
        #expect(title == "<script>alert('x')</script> & \"\u{301}quoted\"  ]]> 1 < 2")
        let allowed = [0x9, 0xA, 0xD, 0x20, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF].compactMap(Unicode.Scalar.init)
        #expect(allowed.count == 9)
        #expect(allowed.allSatisfy(XML.isAllowed))
        let forbidden = [0x0, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xFFFE, 0xFFFF].compactMap(Unicode.Scalar.init)
        #expect(!forbidden.contains(where: XML.isAllowed))
    }

    @Test func `a text cannot end the markup inside an entry`() throws {
        let content = try #require(try elements("de/updates.atom").texts("feed/entry/content").first { $0.contains("Kartenzahlungen") })
        #expect(!content.contains("<script>"))
        #expect(content.contains("&lt;script&gt;"))
    }
}

/// A document read by Foundation's parser: each element's text by its path.
private final class XMLReading: NSObject, XMLParserDelegate {
    private var path: [String] = []
    private var text: [String] = []
    private var found: [(path: String, text: String)] = []

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func count(_ path: String) -> Int { texts(path).count }
    func texts(_ path: String) -> [String] { found.filter { $0.path == path }.map(\.text) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        path.append(name)
        text.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text[text.count - 1] += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        found.append((path.joined(separator: "/"), text.removeLast()))
        path.removeLast()
    }
}
