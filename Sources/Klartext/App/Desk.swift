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
    let catalog: TextCatalog
    let voices: Voices
    let seal: Seal
    let mailbox: Mailbox
    let bell: Bell
    let passwords: Passwords
    let signIn: SignIn
    let people: People
    let inbox: Inbox
    let search: Search
    let tickets: Tickets
    let outbox: Outbox
    let carrier: SMTPClient?

    /// Opens a desk: database migrated, key loaded, files ready. Nothing listens and nothing works yet.
    static func open(_ configuration: Configuration, clock: Clock = .system, carrier: (any LetterCarrier)? = nil, logger: Logger)
        async throws -> Desk
    {
        try FileManager.default.createDirectory(
            atPath: configuration.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = try Database.sqlite(path: configuration.data + "/klartext.sqlite")
        let applied = try await Migrator.migrate(database, Schema.migrations)
        if !applied.isEmpty { logger.info("database migrated", metadata: ["migrations": "\(applied)"]) }
        return try await Desk(configuration, clock: clock, carrier: carrier, logger: logger, database: database)
    }

    private init(_ configuration: Configuration, clock: Clock, carrier: (any LetterCarrier)?, logger: Logger, database: Database)
        async throws
    {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.database = database
        files = try await FileStore(root: configuration.data + "/files")
        catalog = try Texts.load(directory: configuration.localesDirectory)
        voices = Voices(catalog: catalog, timeZone: configuration.timezone, unknown: configuration.language)
        seal = Seal(key: try InstanceKey.load(directory: configuration.data))
        guard let address = Address(configuration.address.address) else { throw DeskError.badAddress(configuration.address.address) }
        mailbox = Mailbox(address: address, company: configuration.company, seal: seal)
        bell = Bell()
        passwords = Passwords()
        signIn = SignIn(database: database, clock: clock, passwords: passwords)
        people = People(database: database, clock: clock, passwords: passwords)
        inbox = Inbox(database: database, files: files, clock: clock, bell: bell)
        search = Search(database: database, clock: clock, index: SearchIndex())
        let links = TicketLinks(seal: seal, base: configuration.url)
        let tickets = Tickets(
            database: database, clock: clock, mailbox: mailbox, links: links,
            mails: TicketMails(voices: voices, links: links, company: configuration.company), voices: voices, bell: bell,
            index: search.index, contactWithinSeconds: Double(configuration.firstContactHours) * 3600)
        self.tickets = tickets
        self.carrier = configuration.smtp.map { SMTPClient(server: $0, heloName: address.domain) }
        outbox = Outbox(
            database: database, files: files, clock: clock, mailbox: mailbox, carrier: carrier ?? self.carrier, logger: logger,
            onFailure: { tx, letter, failure, now in try tickets.letterFailed(letter, failure, in: tx, at: now) })
    }

    /// Ends everything that was opened; writes accepted before are finished.
    func close() async {
        await carrier?.close()
        await database.close()
        await passwords.shutdown()
    }
}

/// Why a desk cannot be opened.
enum DeskError: Error, CustomStringConvertible {
    case badAddress(String)

    var description: String {
        switch self {
        case .badAddress(let address): "KLARTEXT_ADDRESS: \(address) is not a mail address"
        }
    }
}
