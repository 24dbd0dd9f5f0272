import Foundation

/// The feeds of the page in one language.
///
/// `history` has Statuspage's shape: an entry for each incident or maintenance, which grows. Many readers, and the bots of chat programs, never show
/// an entry again that has grown; for them there is `updates`, an entry for each thing that was said.
struct StatusFeeds: Sendable {
    let status: PublishedStatus
    let voice: Voice

    /// As many incidents and maintenances as Statuspage lists, and a few updates for each.
    private static let mostEntries = 50
    private static let mostUpdates = 150

    /// - Parameter directory: where it is found below the page, empty or with a slash at its end: `de/`.
    func history(in directory: String) -> Feed {
        let entries = stories.sorted { ($0.published, $0.id) > ($1.published, $1.id) }.prefix(Self.mostEntries)
        return feed("history", title: voice(.statuspageHistoryFeed, ["name": status.page.name]), directory, Array(entries))
    }

    func updates(in directory: String) -> Feed {
        let entries = told.sorted { ($0.published, $0.id) > ($1.published, $1.id) }.prefix(Self.mostUpdates)
        return feed("updates", title: voice(.statuspageUpdatesFeed, ["name": status.page.name]), directory, Array(entries))
    }

    private func feed(_ name: String, title: String, _ directory: String, _ entries: [Feed.Entry]) -> Feed {
        Feed(
            id: tag("/\(directory)\(name)"), title: title, author: status.page.name, home: address.home(language),
            address: "\(address.base)/\(directory)\(name)", language: language,
            updated: entries.map(\.updated).max() ?? status.page.updatedAt, entries: entries)
    }

    private var address: StatusAddress { StatusAddress(status.page) }
    private var language: Language { voice.language }

    /// The year is Statuspage's: it is a part of the name, not a date.
    private func tag(_ name: String) -> String { "tag:\(address.host),2005:\(name)" }

    private var stories: [Feed.Entry] {
        let incidents = status.incidents.filter { StatusAddress.isName($0.id) }.map { incident in
            Feed.Entry(
                id: tag("Incident/\(incident.id)"), title: incident.name.read(in: language),
                link: address.incident(incident.id, language), published: incident.startedAt, updated: incident.updatedAt,
                content: HTML.joined(incident.updates.map(said)))
        }
        let maintenances = status.maintenances.filter { StatusAddress.isName($0.id) }.map { maintenance in
            Feed.Entry(
                id: tag("Incident/\(maintenance.id)"), title: maintenance.name.read(in: language),
                link: address.maintenance(maintenance.id, language), published: maintenance.createdAt,
                updated: maintenance.updatedAt, content: HTML.joined([window(maintenance)] + maintenance.updates.map(said)))
        }
        return incidents + maintenances
    }

    /// An entry for each update of everything.
    private var told: [Feed.Entry] {
        let incidents = status.incidents.filter { StatusAddress.isName($0.id) }.flatMap { incident in
            incident.updates.map { entry($0, of: incident.name, address.incident(incident.id, language), HTML()) }
        }
        let maintenances = status.maintenances.filter { StatusAddress.isName($0.id) }.flatMap { maintenance in
            maintenance.updates.map {
                entry($0, of: maintenance.name, address.maintenance(maintenance.id, language), window(maintenance))
            }
        }
        return incidents + maintenances
    }

    private func entry(_ update: PublishedUpdate, of name: PublicText, _ link: String, _ before: HTML) -> Feed.Entry {
        Feed.Entry(
            id: tag("Update/\(update.id)"), title: "\(voice(stateKey(update.state))): \(name.read(in: language))",
            link: "\(link)#u-\(update.id)", published: update.displayAt, updated: max(update.displayAt, update.updatedAt),
            content: HTML.joined([before, said(update)]))
    }

    /// One update, as Statuspage writes it, with the parts of the time marked: the small line, the state in bold, the text.
    private func said(_ update: PublishedUpdate) -> HTML {
        let by = update.nextUpdateBy.map { "\n\n" + voice(.statuspageNextBy, ["time": voice.moments.moment($0)]) } ?? ""
        return """
            <p><small>\(time(update.displayAt))</small><br>\
            <strong>\(voice(stateKey(update.state)))</strong> - \(Self.lines(HTML(text: update.text.read(in: language) + by)))</p>
            """
    }

    private func time(_ date: Date) -> HTML {
        let moments = voice.moments
        let day: HTML = "<var data-var='date'>\(moments.civil(date).day)</var>"
        let clock: HTML = "<var data-var='time'>\(moments.clock(date))</var> \(moments.zoneName(date))"
        return language == .de ? "\(day). \(moments.shortMonth(date)), \(clock)" : "\(moments.shortMonth(date)) \(day), \(clock)"
    }

    private func window(_ maintenance: PublishedMaintenance) -> HTML {
        """
        <p><strong>\(voice(maintenance.isCancelled ? .statuspageCancelled : .statuspageScheduledEvent))</strong> \
        \(voice.moments.moment(maintenance.scheduledFor)) – \(voice.moments.moment(maintenance.scheduledUntil))</p>
        """
    }

    /// Line breaks as markup: a reader of feeds would run the lines together.
    private static func lines(_ text: HTML) -> HTML {
        HTML(
            trusted: text.bytes.flatMap { byte -> [UInt8] in
                byte == UInt8(ascii: "\n") ? Array("<br>".utf8) : byte == UInt8(ascii: "\r") ? [] : [byte]
            })
    }
}
