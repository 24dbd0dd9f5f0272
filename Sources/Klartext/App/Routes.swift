import Foundation
import HTTPTypes
import Hummingbird

/// The web door: every feature's routes, and what stands around them.
struct Routes: Sendable {
    let desk: Desk
    let metrics: Metrics
    let staticFiles: StaticFiles

    init(_ desk: Desk) throws {
        self.desk = desk
        metrics = Metrics()
        staticFiles = try StaticFiles(directory: desk.configuration.publicDirectory)
    }

    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        let customers = frontdesk
        setup(errorPage: { customers.errorPage($0, $1) }).install(on: router)
        let configuration = desk.configuration
        router.add(middleware: StatusPageRoutes(shelf: desk.statusPage.shelf, url: configuration.statusURL, deskURL: configuration.url))
        HealthRoutes(database: desk.database, metrics: metrics).add(to: router)
        customers.add(to: router)
        if let calls = desk.calls { CallRoutes(calls: calls, url: desk.configuration.url).add(to: router) }
        subscriptions.add(to: router)
        signIn.add(to: router)
        agents.add(to: router)
        DevMailRoutes(desk, layout: deskLayout).add(to: router)
        DevClockRoutes(desk, layout: deskLayout).add(to: router)
        return router
    }

    private func setup(errorPage: @escaping @Sendable (ErrorNotice, WebContext) -> HTML) -> WebSetup {
        let configuration = desk.configuration
        return WebSetup(
            visitors: Visitors(
                trustedProxies: configuration.trustedProxies, defaultLanguage: configuration.language, isSecure: configuration.hasTLS),
            metrics: metrics, publicURL: URL(string: configuration.url), texts: desk.catalog, staticFiles: staticFiles, errorPage: errorPage
        )
    }

    private var frontdesk: FrontdeskRoutes {
        var rules = FormRules()
        rules.fileBytes = desk.configuration.uploadLimitBytes
        let layout = PublicLayout(
            company: desk.configuration.company, timeZone: desk.configuration.timezone.identifier,
            publishesPromises: desk.configuration.publishesPromises, asset: staticFiles.asset)
        return FrontdeskRoutes(
            frontdesk: Frontdesk(
                tickets: desk.tickets, files: desk.files, receipts: desk.receipts, clock: desk.clock, seal: desk.seal, rules: rules,
                forms: desk.forms, voices: desk.voices),
            pages: FrontdeskPages(
                layout: layout, voices: desk.voices, links: desk.tickets.links, seal: desk.seal, rules: rules,
                supportAddress: desk.mailbox.address.mailbox, policy: desk.tickets.policy))
    }

    private var subscriptions: SubscriptionRoutes {
        let layout = PublicLayout(
            company: desk.configuration.company, timeZone: desk.configuration.timezone.identifier, asset: staticFiles.asset)
        return SubscriptionRoutes(
            subscriptions: desk.subscriptions,
            pages: SubscribePages(layout: layout, voices: desk.voices, links: desk.subscriptions.links), caller: desk.sending.caller)
    }

    private var deskLayout: DeskLayout { DeskLayout(timeZone: desk.configuration.timezone.identifier, asset: staticFiles.asset) }

    private var signIn: SignInRoutes {
        SignInRoutes(signIn: desk.signIn, pages: SignInPages(layout: deskLayout, voices: desk.voices, company: desk.configuration.company))
    }

    private var agents: WorkspaceRoutes {
        let mail = Work.mailRoutes(desk)
        let workspace = Workspace(
            tickets: desk.tickets, search: desk.search, inbox: desk.inbox, files: desk.files, voices: desk.voices, clock: desk.clock,
            seal: desk.seal,
            layout: deskLayout,
            uploadLimitBytes: desk.configuration.uploadLimitBytes, sources: desk.fetching.sources,
            calls: desk.calls, country: PhoneNumber.country(of: desk.configuration.timezone.identifier),
            request: { entry, owner in try await mail.request(entry, otherwise: owner) })
        return WorkspaceRoutes(
            workspace: workspace, signIn: desk.signIn,
            settings: SettingsRoutes(people: desk.people, pages: SettingsPages(layout: deskLayout, voices: desk.voices)) { page, agent in
                try await workspace.framed(page, for: agent)
            })
    }
}
