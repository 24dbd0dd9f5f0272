import ArgumentParser
import Foundation
import Hummingbird

/// What can be done with the status page from a shell, also while the database is away.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "The public status page, as files.",
        subcommands: [StatusPublishCommand.self, StatusServeCommand.self])
}

struct StatusPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Makes the status page anew and copies it into a directory (its `current` is what a web server serves) or a bucket.",
        discussion: "KLARTEXT_STATUS_COPY does the same on each change, by itself.")

    @Argument(help: "A directory, or s3://KEY:SECRET@host/bucket.") var target: String

    func run() async throws {
        let configuration = try configured()
        let text = target.hasPrefix("s3://") ? target : URL(fileURLWithPath: target).path
        guard let location = FilesLocation(text) else {
            complain("\(target) is neither a directory nor s3://KEY:SECRET@host/bucket")
            throw ExitCode(64)
        }
        do {
            try await withDesk { desk in try await desk.statusPage.publish(try await desk.incidents.published()) }
        } catch {
            complain("the database cannot be asked, so this is the newest page that was made before: \(error)")
        }
        let directory = StatusPageDisk(root: configuration.data + "/status")
        guard let set = try directory.read() else {
            complain("\(StatusPageError.nothingPublished(directory: directory.root))")
            throw ExitCode(1)
        }
        let copy = StatusPageCopy(location)
        do {
            try await copy.copy(set, after: nil)
            await copy.close()
        } catch {
            await copy.close()
            complain("cannot copy the status page: \(error)")
            throw ExitCode(75)
        }
        print("\(set.files.count) files of \(set.release)")
    }
}

struct StatusServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the newest status page from the data directory, and nothing else: no database, no mail.",
        discussion: "For a host of its own, or while the database is away and `klartext serve` cannot start.")

    func run() async throws {
        let configuration = try configured()
        let logger = logger(configuration)
        let catalog = try Texts.load(directory: configuration.localesDirectory)
        let page = try StatusPage(
            directory: configuration.data + "/status", catalog: catalog, language: configuration.language,
            publicDirectory: configuration.publicDirectory)
        let router = Router(context: WebContext.self)
        let setup = WebSetup(
            visitors: Visitors(
                trustedProxies: configuration.trustedProxies, defaultLanguage: configuration.language, isSecure: configuration.hasTLS),
            metrics: Metrics(), publicURL: URL(string: configuration.url), texts: catalog, staticFiles: nil,
            errorPage: { notice, context in
                "<!doctype html><title>\(notice.status.code)</title><p>\(catalog[context.language](notice.textKey))</p>"
            })
        setup.install(on: router)
        router.add(middleware: StatusPageRoutes(shelf: page.shelf, url: configuration.statusURL, deskURL: configuration.url))
        let listen = configuration.listen
        var application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: nil, reuseAddress: true),
            onServerRunning: { channel in
                print("status: http://\(listen.host):\(channel.localAddress?.port ?? listen.port)/status/")
                fflush(nil)
            }, logger: logger)
        application.addServices(StatusPageDoor(page: page, logger: logger))
        try await application.runService()
    }
}
