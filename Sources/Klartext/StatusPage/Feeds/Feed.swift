import Foundation

/// A list of news for feed readers, in either of their two formats.
struct Feed: Sendable {
    /// A `tag:` URI (RFC 4151) that never changes.
    var id: String
    var title: String
    /// Whose page it is.
    var author: String
    /// The page that people read.
    var home: String
    /// Without its ending: `https://status.example/history`.
    var address: String
    var language: Language
    var updated: Date
    /// The newest first.
    var entries: [Entry]

    struct Entry: Sendable {
        /// A `tag:` URI: readers show an entry anew only where it is new or, some of them, where `updated` has grown.
        var id: String
        var title: String
        var link: String
        var published: Date
        var updated: Date
        var content: HTML
    }

    /// Atom (RFC 4287).
    var atom: XML {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(language.rawValue)">
          <id>\(id)</id>
          <link rel="alternate" type="text/html" href="\(home)"/>
          <link rel="self" type="application/atom+xml" href="\(address).atom"/>
          <title>\(title)</title>
          <updated>\(Instant.rfc3339(updated))</updated>
          <author>
            <name>\(author)</name>
          </author>
        \(each: entries, atom)</feed>

        """
    }

    private func atom(_ entry: Entry) -> XML {
        """
          <entry>
            <id>\(entry.id)</id>
            <published>\(Instant.rfc3339(entry.published))</published>
            <updated>\(Instant.rfc3339(entry.updated))</updated>
            <link rel="alternate" type="text/html" href="\(entry.link)"/>
            <title>\(entry.title)</title>
            <content type="html">\(entry.content.string)</content>
          </entry>

        """
    }

    /// RSS 2.0, with the link to itself that the RSS Advisory Board asks for.
    var rss: XML {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
          <channel>
            <title>\(title)</title>
            <link>\(home)</link>
            <description>\(title)</description>
            <language>\(language.rawValue)</language>
            <pubDate>\(Instant.rfc822(updated))</pubDate>
            <atom:link rel="self" type="application/rss+xml" href="\(address).rss"/>
        \(each: entries, rss)  </channel>
        </rss>

        """
    }

    /// The date is when it was published: RSS has no other, and one that moved would bring old news back to the top.
    private func rss(_ entry: Entry) -> XML {
        """
            <item>
              <title>\(entry.title)</title>
              <description>\(entry.content.string)</description>
              <pubDate>\(Instant.rfc822(entry.published))</pubDate>
              <link>\(entry.link)</link>
              <guid isPermaLink="false">\(entry.id)</guid>
            </item>

        """
    }
}
