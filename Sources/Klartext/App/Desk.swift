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
    let tickets: Tickets
    let outbox: Outbox
    let statusPage: StatusPage
    let carrier: SMTPClient?

    /// Opens a desk: database migrated, key loaded, files ready. Nothing listens and nothing works yet.
    ///
    /// - Parameter migrations: what this version knows; another list only where a test plays the version after this one.
    /// - Throws: `DeskError.newerDatabase` where a newer version has brought the database up to date, and whatever else stands in the way.
    static func open(
        _ configuration: Configuration, clock: Clock = .system, carrier: (any LetterCarrier)? = nil, logger: Logger,
        migrations: [Migration] = Schema.migrations
    ) async throws -> Desk {
        try FileManager.default.createDirectory(
            atPath: configuration.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = try configuration.openDatabase()
        do {
            let applied = try await Migrator.migrate(database, migrations)
            if !applied.isEmpty { logger.info("database migrated", metadata: ["migrations": "\(applied)"]) }
            if try await database.read({ db in try db.unfinishedMove() }) != nil { throw DeskError.unfinishedMove }
            return try await Desk(configuration, clock: clock, carrier: carrier, logger: logger, database: database)
        } catch {
            await database.close()
            if case StorageError.newerSchema(let found, let known) = error { throw DeskError.newerDatabase(found: found, known: known) }
            throw error
        }
    }

    private init(_ configuration: Configuration, clock: Clock, carrier: (any LetterCarrier)?, logger: Logger, database: Database)
        async throws
    {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.database = database
        catalog = try Texts.load(directory: configuration.localesDirectory)
        forms = try Forms(directory: configuration.formsDirectory)
        voices = Voices(catalog: catalog, timeZone: configuration.timezone, unknown: configuration.language)
        seal = Seal(key: try InstanceKey.load(directory: configuration.data))
        try await InstanceKey.match(seal, database, directory: configuration.data)
        statusPage = try StatusPage(
            directory: configuration.data + "/status", catalog: catalog, language: configuration.language,
            publicDirectory: configuration.publicDirectory)
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
        inbox = Inbox(database: database, files: files, clock: clock, bell: bell)
        fetching = Fetching(
            sources: configuration.mailboxes.sources, inbox: inbox, logger: logger,
            mailLimitBytes: configuration.mailLimitBytes)
        search = Search(database: database, clock: clock, index: SearchIndex())
        receipts = Receipts(database: database, clock: clock, seal: seal, company: configuration.company, url: configuration.url)
        let links = TicketLinks(seal: seal, base: configuration.url)
        let tickets = Tickets(
            database: database, clock: clock, mailboxes: mailboxes, links: links,
            mails: TicketMails(voices: voices, links: links, mailboxes: mailboxes), voices: voices, bell: bell,
            receipts: receipts, index: search.index,
            policy: ContactPolicy(calendar: configuration.calendar, contactMinutes: configuration.firstContactHours * 60))
        self.tickets = tickets
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
        await files.close()
        await database.close()
        await passwords.shutdown()
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
