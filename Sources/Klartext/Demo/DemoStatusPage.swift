import Foundation

/// What the public reads of Nordlicht: eight components in three groups, and a maintenance that is running when the stories end.
struct DemoStatusPage: Sendable {
    let stage: DemoStage
    private var incidents: Incidents { stage.desk.incidents }

    /// What stands on the page, by the names that the outages use.
    struct Components: Sendable {
        var web: PublicID
        var databases: PublicID
        var sending: PublicID
        var receiving: PublicID
        var signIn: PublicID
        var domains: PublicID
    }

    func tell() async throws {
        let end = stage.inHours(Demo.daysBack * 24)
        let components = try await build()
        let outages = DemoOutages(stage: stage, components: components)
        try await outages.fullDisks()
        try await outages.slowNameServers()
        try await outages.brokenSignIn()
        try await announce(components, begunBefore: end)
    }

    private func build() async throws -> Components {
        let hosting = try await add("Webhosting", "Web hosting", isGroup: true)
        let mail = try await add("E-Mail", "Email", isGroup: true)
        let account = try await add("Kundenkonto", "Customer account", isGroup: true)
        let web = try await add("Webserver", "Web servers", "Ihre Websites und Shops", "Your websites and shops", in: hosting)
        let databases = try await add("Datenbanken", "Databases", "MariaDB und PostgreSQL", "MariaDB and PostgreSQL", in: hosting)
        _ = try await add("Dateizugang", "File access", "SFTP und SSH", "SFTP and SSH", in: hosting)
        let receiving = try await add("Mailempfang", "Receiving mail", "IMAP und eingehende Mails", "IMAP and incoming mail", in: mail)
        let sending = try await add("Mailversand", "Sending mail", "SMTP und ausgehende Mails", "SMTP and outgoing mail", in: mail)
        _ = try await add("Webmail", "Webmail", "", "", in: mail)
        let signIn = try await add(
            "Anmeldung", "Signing in", "Das Kundenkonto im Browser", "The customer account in the browser", in: account)
        let domains = try await add(
            "Domains und DNS", "Domains and DNS", "Bestellen, Umziehen, Einträge", "Orders, transfers, records", in: account)
        return Components(web: web, databases: databases, sending: sending, receiving: receiving, signIn: signIn, domains: domains)
    }

    private func add(
        _ de: String, _ en: String, _ description: String = "", _ english: String = "", in group: PublicID? = nil, isGroup: Bool = false
    ) async throws -> PublicID {
        let first = LocalClock(timeZone: stage.desk.configuration.timezone).day(at: stage.inHours(-24 * 120))
        let adding = ComponentEvent.Adding(
            isGroup: isGroup, group: group, name: PublicText(de: de, en: en), description: PublicText(de: description, en: english),
            position: 0, isHidden: false, isShownOnlyIfDegraded: false, startDay: isGroup ? nil : first)
        return try await incidents.addComponent(adding, by: .agent(stage.agent(DemoCast.jonas).id)).id
    }

    /// Announced at the beginning, begun three quarters of an hour before the end.
    private func announce(_ components: Components, begunBefore end: Date) async throws {
        let start = end.addingTimeInterval(-45 * 60)
        let jonas = try await stage.agent(DemoCast.jonas)
        let announcing = MaintenanceEvent.Announcing(
            title: PublicText(de: "Umzug der Datenbanken auf neue Server", en: "Moving the databases to new servers"), owner: jonas.id,
            scheduledFor: start, scheduledUntil: start.addingTimeInterval(2.5 * 3600),
            effects: [ComponentEffect(component: components.databases, state: .underMaintenance)], verifies: true, series: nil)
        let words = PublicText(
            de: """
                Wir ziehen die Datenbanken auf schnellere Server um. Jede Datenbank ist dabei einmal für höchstens fünf Minuten nicht erreichbar; \
                Websites, die eine brauchen, zeigen so lange einen Fehler. E-Mail und Dateizugang sind nicht betroffen.

                Sie müssen nichts tun: Adressen und Zugangsdaten bleiben, wie sie sind.
                """,
            en: """
                We are moving the databases to faster servers. Each database is unavailable once, for five minutes at most; websites that need one \
                show an error for as long. Email and file access are not affected.

                There is nothing you have to do: addresses and credentials stay as they are.
                """)
        try await incidents.announce(announcing, saying: .init(id: Incidents.draw(), text: words), by: .agent(jonas.id))
    }
}
