import Foundation
import Logging
import Mail
import Storage

/// What an operator decided, checked as a whole before anything starts.
///
/// Each value comes from the environment, else from the YAML file, else from the table in ``ConfigurationKey``. A
/// value that is here is usable as it is: no later code parses or doubts it.
struct Configuration: Sendable {
    /// Directory of the database, the received mails and the files, as it was written; it need not exist yet.
    let data: String
    /// Where files are kept; within the data directory unless something else was said.
    let files: FilesLocation
    let listen: Endpoint
    /// Public base URL without a slash at its end, `https://hilfe.nordlicht.example`.
    let url: String
    /// Where the status page is, without a slash at its end, `https://status.nordlicht.example`.
    let statusURL: String
    /// Where the page is copied to on each change, or nil.
    let statusCopy: FilesLocation?
    /// The PostgreSQL server, or nil: then the database is an SQLite file in the data directory.
    let database: PostgreSQLAddress?
    /// Connections of this process to PostgreSQL, half for reading and half for writing, 2 to 128.
    let databaseConnections: Int
    /// What this process does; never empty.
    let roles: Set<ProcessRole>
    /// Where mail leaves, or nil: then it stays in the outbox.
    let smtp: SMTPServerAddress?
    /// Where mail is received by LMTP, or nil: then only `klartext receive` takes mail.
    let lmtp: Endpoint?
    /// The main one of `mailboxes`.
    let address: SupportAddress
    let mailboxes: MailboxesPlan
    let company: String
    let language: Language
    let timezone: TimeZone
    /// The latest first contact that a confirmation promises, in hours, 1 to 720.
    let firstContactHours: Int
    /// When somebody is there.
    let calendar: BusinessCalendar
    /// The same for queues that have hours or a region of their own, by the queue's name.
    let calendars: [String: BusinessCalendar]
    /// Whether everybody may read how promises are kept.
    let publishesPromises: Bool
    /// Whether a telephone system tells us of calls, and by which secret; nil: none does.
    let calls: CallsSetting?
    /// Files of one form in sum, in megabytes of 1,000,000 bytes, 1 to 1000.
    let uploadLimitMegabytes: Int
    /// One received mail, in megabytes of 1,000,000 bytes, 1 to 1000.
    let mailLimitMegabytes: Int
    let trustedProxies: [IPNetwork]
    let publicDirectory: String
    let localesDirectory: String
    let formsDirectory: String
    let logLevel: Logger.Level
    /// Whether `/dev/mail` shows every mail.
    let isDevelopment: Bool

    /// Where each value came from, for ``report()``.
    private let settings: [ConfigurationSetting]
    private let filePath: String?

    var uploadLimitBytes: Int { uploadLimitMegabytes * 1_000_000 }
    var mailLimitBytes: Int { mailLimitMegabytes * 1_000_000 }
    /// Whether customers reach us by TLS, so that cookies can be bound to it.
    var hasTLS: Bool { url.hasPrefix("https:") }
}

extension Configuration {
    /// Reads the environment of this process and the file that it names, or `klartext.yaml` in the data directory.
    static func load() throws -> Configuration {
        let environment = ProcessInfo.processInfo.environment
        return try load(environment: environment, file: ConfigurationFile.find(environment: environment))
    }

    /// Makes a configuration of the given values alone; nothing of this process is read.
    ///
    /// - Throws: ``ConfigurationError`` with everything that is wrong.
    static func load(environment: [String: String], file: ConfigurationFile? = nil) throws -> Configuration {
        var form = ConfigurationForm(sources: try ConfigurationSources(environment: environment, file: file))
        let listen = form.read(.listen, "host:port with a port from 0 to 65535", Endpoint.init)
        let url = form.read(.url, "http://host or https://host, without a path", derived: listen.map(localURL), baseURL)
        let statusURL = form.read(
            .statusURL, "http://host or https://host, with a path or without", derived: url.map { $0 + "/status" }, Self.pageURL)
        let plan = form.plan()
        let address =
            plan?.mailboxes.first?.address
            ?? form.read(
                .address, "an address a@b or Name <a@b>, without + before the @", derived: url.map(supportAddress), SupportAddress.init)
        let megabytes = "a whole number of megabytes from 1 to 1000"

        // Each value is read before any is judged, so that one start shows all problems.
        let database = form.read(
            .database, "postgresql://user:password@host:5432/name, with libpq's parameters, or empty",
            orEmpty { try? PostgreSQLAddress($0) })
        let connections = form.read(.databaseConnections, "a whole number from 2 to 128", number(2...128))
        let data = form.read(.data, "the path of a directory", nonEmpty)
        let files = form.read(.files, FilesLocation.form, orEmpty(FilesLocation.init))
        let statusCopy = form.read(.statusCopy, FilesLocation.form, orEmpty(FilesLocation.init))
        let smtp = form.read(
            .smtp, "smtp://user:password@host:587 or smtps://…, with ?tls=, ?ca= or ?verify= at most, or empty",
            orEmpty(SMTPServerAddress.init(url:)))
        let lmtp = form.read(.lmtp, "host:port with a port from 0 to 65535, or empty", orEmpty(Endpoint.init))
        let imap = form.read(
            .imap, "imaps://user:password@host/FOLDER or imap://…, with ?token_file=, ?since=, ?tls=, ?ca= or ?verify= at most, or empty",
            orEmpty(IMAPServerAddress.init(url:)))
        if plan != nil { form.refuseBeside(.mailboxes, .imap, .address) }
        let roles = form.read(.roles, "one or more of web, mail and work with commas between; mail alone needs KLARTEXT_LMTP") {
            ProcessRole.list($0).flatMap { $0 == [.mail] && lmtp != nil && lmtp?.value == nil ? nil : $0 }
        }
        let company = form.read(.company, "a name on one line", derived: address?.companyGuess, nonEmpty)
        let language = form.read(.language, "de or en", Language.init(rawValue:))
        let timezone = form.read(.timezone, "an IANA time zone such as Europe/Berlin or UTC", timeZone)
        let hours = form.read(.firstContactHours, "a whole number of hours from 1 to 720", number(1...720))
        let week = form.read(.hours, "hours such as Mo-Fr 9-12 13-17, Sa 10-14, or empty", orEmpty(WeekText.week))
        let region = form.read(
            .holidays, "a region such as DE, DE-BY, AT-9 or CH-ZH (ISO 3166-2), or empty", orEmpty { HolidayRegion.named($0)?.code })
        let publishesPromises = form.read(.publishPromises, "true or false", truth)
        let calls = form.read(
            .calls, "derived, or 20 to 200 letters, digits, hyphens and underscores, or empty", orEmpty(CallsSetting.init))
        let uploadLimit = form.read(.uploadLimit, megabytes, number(1...1000))
        let mailLimit = form.read(.mailLimit, megabytes, number(1...1000))
        let proxies = form.read(.trustedProxies, "addresses or networks such as 127.0.0.1,10.0.0.0/8, or empty", IPNetwork.list)
        let publicDirectory = form.read(.publicFiles, "the path of a directory", nonEmpty)
        let localesDirectory = form.read(.locales, "the path of a directory", nonEmpty)
        let formsDirectory = form.read(.forms, "the path of a directory", nonEmpty)
        let logLevel = form.read(.logLevel, "trace, debug, info, notice, warning, error or critical", Logger.Level.init(rawValue:))
        let isDevelopment = form.read(.development, "true or false", truth)

        guard form.problems.isEmpty, let listen, let url, let statusURL, let statusCopy, let address, let database, let connections,
            let data, let files, let smtp, let lmtp, let imap, let roles, let company, let language, let timezone, let hours, let week,
            let region, let publishesPromises, let calls, let uploadLimit, let mailLimit, let proxies, let publicDirectory,
            let localesDirectory,
            let formsDirectory, let logLevel, let isDevelopment
        else { throw ConfigurationError(problems: form.problems) }
        let calendar = try Self.calendar(timezone, week.value, region.value)
        let mailboxes = plan ?? MailboxesPlan(address: address, server: imap.value)
        return Configuration(
            data: data, files: files.value ?? .directory(data + "/files"), listen: listen, url: url, statusURL: statusURL,
            statusCopy: statusCopy.value, database: database.value, databaseConnections: connections, roles: roles, smtp: smtp.value,
            lmtp: lmtp.value, address: address,
            mailboxes: mailboxes, company: company, language: language, timezone: timezone, firstContactHours: hours, calendar: calendar,
            calendars: try mailboxes.calendars(beside: calendar), publishesPromises: publishesPromises, calls: calls.value,
            uploadLimitMegabytes: uploadLimit, mailLimitMegabytes: mailLimit, trustedProxies: proxies, publicDirectory: publicDirectory,
            localesDirectory: localesDirectory, formsDirectory: formsDirectory, logLevel: logLevel, isDevelopment: isDevelopment,
            settings: form.settings, filePath: file?.path)
    }

    /// - Parameter week: nil means that somebody is there at any time.
    private static func calendar(_ zone: TimeZone, _ week: [Weekday: [OpenHours]]?, _ region: String?) throws -> BusinessCalendar {
        try BusinessCalendar(
            timeZone: zone.identifier, week: week ?? Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [.wholeDay]) }),
            holidays: region.map { HolidayPlan(region: $0) })
    }

    /// One line for each key: its value with passwords masked, where it came from, and its meaning.
    func report() -> String {
        let file = ConfigurationSetting(
            key: .file, text: filePath ?? "", source: filePath == nil ? "no file" : "in force")
        let settings = [file] + ConfigurationKey.all.compactMap { key in self.settings.first { $0.key == key } }
        let keyWidth = settings.map(\.key.name.utf8.count).max() ?? 0
        return settings.map { setting in
            let key = setting.key.name.padding(toLength: keyWidth, withPad: " ", startingAt: 0)
            return "\(key) = \(setting.shown)  (\(setting.source))  # \(setting.key.meaning)\n"
        }.joined()
    }
}
