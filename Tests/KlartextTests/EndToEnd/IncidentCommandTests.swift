import Testing

@testable import Klartext

/// The status page from a shell, as somebody uses it who has no time to look for a page.
@Suite(.timeLimit(.minutes(5))) struct IncidentCommandTests {
    @Test func `one line opens an incident, another one closes it`() async throws {
        try await Installation.with { installation in
            let added = try await installation.run("component", "add", "Mailversand", "Sending mail", "--since", "2026-01-01")
            #expect(added.status == 0)
            let component = added.output.split(separator: "\n").last.map(String.init) ?? ""
            #expect(PublicID(component) != nil)
            let opened = try await installation.run(
                "incident", "open", "--title-de", "Mails gehen nicht hinaus", "--title-en", "Mail does not leave", "--de",
                "Wir suchen die Ursache.",
                "--component", "Mailversand=partial_outage", "--next", "20")
            #expect(opened.status == 0, "\(opened.complaints)")
            let id = String(opened.output.prefix(12))
            #expect(opened.output.contains("\tinvestigating\tmajor\tnext update by "))
            #expect(try await installation.run("component", "list").output.contains("partial_outage"))
            let updated = try await installation.run(
                "incident", "update", id, "--state", "identified", "--en", "Cause found.", "--de", "Gefunden.")
            #expect(updated.output.contains("\tidentified\t"), "\(updated.complaints)")
            #expect(try await installation.run("incident", "list").output.hasPrefix(id))
            let resolved = try await installation.run("incident", "resolve", id, "--de", "Behoben.", "--en", "Resolved.")
            #expect(resolved.output.contains("\tresolved\tmajor\tno update promised\t"))
            #expect(try await installation.run("incident", "list").output.isEmpty)
            #expect(try await installation.run("incident", "list", "--all").output.hasPrefix(id))
            #expect(try await installation.run("check").status == 0)
        }
    }

    @Test func `what cannot be said is refused in words`() async throws {
        try await Installation.with { installation in
            let unknown = try await installation.run("incident", "open", "--title-de", "x", "--de", "y", "--component", "Nichts")
            #expect(unknown.status != 0 && unknown.complaints.contains("there is no component Nichts"))
            _ = try await installation.run("component", "add", "Shop", "The shop")
            let silent = try await installation.run("incident", "open", "--title-de", "x", "--component", "Shop")
            #expect(silent.status != 0 && silent.complaints.contains("nothing is said"))
            let never = try await installation.run(
                "incident", "open", "--title-de", "x", "--de", "y", "--component", "Shop", "--next", "0")
            #expect(never.status != 0 && never.complaints.contains("within a week"))
            let twice = try await installation.run("component", "add", "Shop", "Another")
            #expect(twice.status != 0 && twice.complaints.contains("called so already"))
        }
    }
}
