import Foundation

/// One file of the published set.
struct StatusFile: Sendable, Equatable {
    /// Below the root, never beginning with a slash: `de/incidents/abc/index.html`.
    var path: String
    var mediaType: String
    var bytes: [UInt8]

    /// What the ending of a path says; nil for what is no document of a set.
    static func mediaType(of path: String) -> String? {
        switch path.utf8.split(separator: UInt8(ascii: ".")).last.map({ String(decoding: $0, as: UTF8.self) }) {
        case "html": "text/html; charset=utf-8"
        case "json": "application/json; charset=utf-8"
        case "atom": "application/atom+xml; charset=utf-8"
        case "rss": "application/rss+xml; charset=utf-8"
        case "ics": "text/calendar; charset=utf-8"
        case "svg": "image/svg+xml"
        default: nil
        }
    }

    /// nil for an ending that is none of ours.
    init?(_ path: String, _ bytes: [UInt8]) {
        guard let mediaType = Self.mediaType(of: path) else { return nil }
        self.init(path: path, mediaType: mediaType, bytes: bytes)
    }

    init(path: String, mediaType: String, bytes: [UInt8]) { (self.path, self.mediaType, self.bytes) = (path, mediaType, bytes) }

    /// The same by gzip; nil where that saves nothing worth unpacking.
    var packed: [UInt8]? {
        Gzip.compress(bytes, level: Gzip.fileLevel).flatMap { $0.count < bytes.count * 9 / 10 ? $0 : nil }
    }
}

/// The complete set of public documents for one status: the same status gives the same bytes.
///
/// Everything that is published is made here. Whoever serves it needs no more than files: this program, any web server, a bucket.
struct StatusFiles: Sendable {
    let status: PublishedStatus
    let voices: Voices
    let sheet: StatusSheet

    var all: [StatusFile] { api + Language.allCases.flatMap { pages($0) + machines(voices[$0], in: "\($0.rawValue)/") } + root }

    /// What stands at the root: English, as Statuspage's feeds are; and the choice of language.
    private var root: [StatusFile] {
        machines(voices[.en], in: "") + [html("", ChooserPage(status: status, voices: voices, sheet: sheet).html)]
    }

    private var api: [StatusFile] {
        let formula = PublicText(de: voices[.de](.statuspageFormula), en: voices[.en](.statuspageFormula))
        let ours = KlartextDocument(status: status, formula: formula).document
        return (StatuspageDocuments(status).all + [("api/v2/klartext.json", ours)]).compactMap { StatusFile($0.path, $0.document.bytes) }
    }

    /// Feeds, calendar and badge.
    private func machines(_ voice: Voice, in directory: String) -> [StatusFile] {
        let feeds = StatusFeeds(status: status, voice: voice)
        let (history, updates) = (feeds.history(in: directory), feeds.updates(in: directory))
        let documents: [(name: String, bytes: [UInt8])] = [
            ("history.atom", history.atom.bytes), ("history.rss", history.rss.bytes),
            ("updates.atom", updates.atom.bytes), ("updates.rss", updates.rss.bytes),
            ("maintenance.ics", MaintenanceCalendar(status: status, voice: voice).bytes),
            ("badge.svg", StatusBadge(status: status, voice: voice).image.bytes),
        ]
        return documents.compactMap { StatusFile(directory + $0.name, $0.bytes) }
    }

    private func pages(_ language: Language) -> [StatusFile] {
        func frame(_ depth: Int) -> StatusFrame { StatusFrame(status, voices[language], sheet, depth: depth) }
        let (story, months) = (frame(3), StatusMonths(status, voices[language]).all)
        // An id that cannot be a name of a file has no page.
        let incidents = status.incidents.filter { StatusAddress.isName($0.id) }
        let maintenances = status.maintenances.filter { StatusAddress.isName($0.id) }
        let fixed = [
            html(StatusAddress.home(language), frame(1).home), html(StatusAddress.history(language), frame(2).history),
            html(StatusAddress.embed(language), frame(2).embed),
        ]
        let stories =
            incidents.map { html(StatusAddress.incident($0.id, language), story.incident($0)) }
            + maintenances.map { html(StatusAddress.maintenance($0.id, language), story.maintenance($0)) }
        let past = months.indices.map { index in
            html(
                StatusAddress.month(months[index].id, language),
                story.month(
                    months[index], before: index > 0 ? months[index - 1] : nil,
                    after: index + 1 < months.count ? months[index + 1] : nil))
        }
        return fixed + stories + past
    }

    private func html(_ directory: String, _ html: HTML) -> StatusFile {
        StatusFile(path: "\(directory)index.html", mediaType: "text/html; charset=utf-8", bytes: html.bytes)
    }
}
