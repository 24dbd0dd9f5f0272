import Crypto
import Foundation
import Logging
import Mail
import NIOCore
import Storage

/// Klartext put together: opens what the configuration names and hands every part what it needs. START HERE.
///
/// Four doors lead in, one table each: `Routes` (web), `MailRoutes` (mail), `Work` (promised jobs and the timetable), `Commands` (shell).
struct Desk: Sendable {
    let configuration: Configuration
    let clock: Clock
    /// The same clock, where it can be put forward: in development.
    let devClock: DevClock?
    let logger: Logger
    let database: Database
    let files: FileStore
    let forms: Forms
    let catalog: TextCatalog
    let voices: Voices
    let seal: Seal
    let mailboxes: Mailboxes
    /// Names this process among all that share the database: random, new with each start.
    let process: String
    let bell: Bell
    let passwords: Passwords
    let signIn: SignIn
    let people: People
    let inbox: Inbox
    let fetching: Fetching
    let search: Search
    let receipts: Receipts
    /// Nil where no telephone system tells us of calls.
    let calls: Calls?
    let tickets: Tickets
    let outbox: Outbox
    let statusPage: StatusPage
    let incidents: Incidents
    let subscriptions: Subscriptions
    let sending: SubscriptionsSending
    /// What is done with what the public is told, each time it is another thing: ``statusPage`` publishes it, or a test looks at it.
    let publish: @Sendable (PublishedStatus) async throws -> Void
    let carrier: SMTPClient?
    /// Connections of their own for what goes to everybody: a letter on a ticket never waits behind it.
    let noticeCarrier: SMTPClient?

    /// Opens a desk: database migrated, key loaded, files ready. Nothing listens and nothing works yet.
    ///
    /// - Parameters:
    ///   - clock: another one than the system's, or in development one that can be put forward.
    ///   - migrations: what this version knows; another list only where a test plays the version after this one.
    /// - Throws: `DeskError.newerDatabase` where a newer version has brought the database up to date, and whatever else stands in the way.
    static func open(
        _ configuration: Configuration, clock: Clock? = nil, carrier: (any LetterCarrier)? = nil, webhookGuard: WebhookGuard? = nil,
        logger: Logger,
        migrations: [Migration] = Schema.migrations, publish: (@Sendable (PublishedStatus) async throws -> Void)? = nil
    ) async throws -> Desk {
        try FileManager.default.createDirectory(
            atPath: configuration.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = try configuration.openDatabase()
        do {
            let applied = try await Migrator.migrate(database, migrations)
            if !applied.isEmpty { logger.info("database migrated", metadata: ["migrations": "\(applied)"]) }
            if try await database.read({ db in try db.unfinishedMove() }) != nil { throw DeskError.unfinishedMove }
            // Whoever brings a clock, as the demonstration does, tells a story of its own.
            let devClock = configuration.isDevelopment && clock == nil ? DevClock(directory: configuration.data) : nil
            return try await Desk(
                configuration, clock: clock ?? devClock?.clock ?? .system, devClock: devClock, carrier: carrier, webhookGuard: webhookGuard,
                logger: logger, database: database, publish: publish)
        } catch {
            await database.close()
            if case StorageError.newerSchema(let found, let known) = error { throw DeskError.newerDatabase(found: found, known: known) }
            throw error
        }
    }

    private init(
        _ configuration: Configuration, clock: Clock, devClock: DevClock?, carrier: (any LetterCarrier)?, webhookGuard: WebhookGuard?,
        logger: Logger,
        database: Database,
        publish: (@Sendable (PublishedStatus) async throws -> Void)?
    ) async throws {
        self.configuration = configuration
        self.clock = clock
        self.devClock = devClock
        self.logger = logger
        self.database = database
        catalog = try Texts.load(directory: configuration.localesDirectory)
        forms = try Forms(directory: configuration.formsDirectory, queues: configuration.mailboxes.queues.map(\.name))
        voices = Voices(catalog: catalog, timeZone: configuration.timezone, unknown: configuration.language)
        seal = Seal(key: try InstanceKey.load(directory: configuration.data))
        try await InstanceKey.match(seal, database, directory: configuration.data)
        statusPage = try StatusPage(
            directory: configuration.data + "/status", catalog: catalog, language: configuration.language,
            publicDirectory: configuration.publicDirectory)
        self.publish = publish ?? { [statusPage] in try await statusPage.publish($0) }
        mailboxes = try configuration.mailboxes.opened(seal: seal, company: configuration.company)
        process = UUID().uuidString.lowercased()
        // The last that may fail: what is open is closed by nobody where this does not return.
        files = try await configuration.files.open(data: configuration.data, logger: logger)
        let bell = Bell(announce: { database.announce() })
        database.onAnnouncement { bell.ringFromOutside() }
        self.bell = bell
        passwords = Passwords()
        signIn = SignIn(database: database, clock: clock, passwords: passwords)
        people = People(database: database, clock: clock, passwords: passwords)
        inbox = Inbox(
            database: database, files: files, clock: clock, bell: bell,
            ledger: Ledger(mailboxes: mailboxes, timeZone: configuration.timezone))
        fetching = Fetching(
            sources: configuration.mailboxes.sources, inbox: inbox, logger: logger,
            mailLimitBytes: configuration.mailLimitBytes)
        search = Search(database: database, clock: clock, index: SearchIndex())
        receipts = Receipts(database: database, clock: clock, seal: seal, company: configuration.company, url: configuration.url)
        let instance = seal
        calls = configuration.calls.map { Calls(database: database, clock: clock, secret: $0.secret(instance)) }
        let links = TicketLinks(seal: seal, base: configuration.url)
        let tickets = Tickets(
            database: database, clock: clock, mailboxes: mailboxes, links: links,
            mails: TicketMails(voices: voices, links: links, mailboxes: mailboxes), voices: voices, bell: bell,
            receipts: receipts, index: search.index,
            policy: ContactPolicy(
                calendar: configuration.calendar, calendars: configuration.calendars,
                contactMinutes: configuration.firstContactHours * 60))
        self.tickets = tickets
        incidents = Incidents(
            database: database, clock: clock, bell: bell, voices: voices,
            mails: IncidentMails(voices: voices, mailbox: mailboxes.main, page: configuration.statusURL),
            wall: LocalClock(timeZone: configuration.timezone), site: StatusSite(configuration, seal: seal))
        let subscriptionLinks = SubscriptionLinks(
            seal: seal, base: configuration.url, page: configuration.statusURL, pageID: incidents.site.id.text)
        subscriptions = Subscriptions(
            database: database, clock: clock, bell: bell, mailboxes: mailboxes, links: subscriptionLinks,
            mails: SubscriptionMails(
                voices: voices, links: subscriptionLinks, company: configuration.company, zones: SubscriberZones(voices)))
        noticeCarrier = configuration.smtp.map { SMTPClient(server: $0, heloName: configuration.address.domain, maxConnections: 4) }
        sending = SubscriptionsSending(
            subscriptions: subscriptions, carrier: carrier ?? noticeCarrier,
            caller: SubscriptionsCaller(guards: webhookGuard ?? WebhookGuard()), logger: logger)
        self.carrier = configuration.smtp.map { SMTPClient(server: $0, heloName: configuration.address.domain) }
        outbox = Outbox(
            database: database, files: files, clock: clock, mailboxes: mailboxes, carrier: carrier ?? self.carrier, logger: logger,
            onFailure: { tx, letter, failure, now in try tickets.letterFailed(letter, failure, in: tx, at: now) })
    }

    /// The mailbox for whatever names none.
    var mailbox: Mailbox { mailboxes.main }

    /// Ends everything that was opened; writes accepted before are finished.
    func close() async {
        await carrier?.close()
        await noticeCarrier?.close()
        await files.close()
        await database.close()
        await passwords.shutdown()
    }
}

extension StatusSite {
    /// The page's name in its own documents is derived from the instance's key: it stays the same wherever the instance moves.
    fileprivate init(_ configuration: Configuration, seal: Seal) {
        self.init(
            id: PublicID(seal.mark("status page", "id", bits: 56)) ?? PublicID(drawn: 0), name: configuration.company,
            url: configuration.statusURL, deskURL: configuration.url, timeZone: configuration.timezone.identifier)
    }
}

extension Configuration {
    /// Opens the database that was configured, as it is: nothing is migrated.
    func openDatabase() throws -> Database {
        guard let database else { return try Database.sqlite(path: data + "/klartext.sqlite") }
        return try Database.postgreSQL(database, readers: databaseConnections - databaseConnections / 2, writers: databaseConnections / 2)
    }
}

/// Why a desk cannot be opened.
enum DeskError: Error, CustomStringConvertible {
    case badAddress(String)
    case noFiles(bucket: String, reason: String)
    case unfinishedMove
    case newerDatabase(found: Int, known: Int)

    var description: String {
        switch self {
        case .badAddress(let address): "KLARTEXT_ADDRESS: \(address) is not a mail address"
        case .unfinishedMove: "an instance is being moved into this database and is not whole yet: run klartext move-database again"
        case .noFiles(let bucket, let reason): "KLARTEXT_FILES: \(bucket) cannot be used: \(reason)"
        case .newerDatabase(let found, let known):
            "a newer Klartext has used this database (its schema is \(found), this version knows \(known)): start the newer version, "
                + "or restore the backup from before it"
        }
    }
}
