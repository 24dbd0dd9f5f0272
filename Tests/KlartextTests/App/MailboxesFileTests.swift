import Foundation
import Mail
import Testing

@testable import Klartext

/// `mailboxes.yaml`: what it says, and what is said of it when it is wrong.
@Suite(.timeLimit(.minutes(1))) struct MailboxesFileTests {
    private static let good = """
        queues:
          - name: allgemein
            title: {de: Allgemein, en: General}
          - name: technik
            title: Technik
            hours: "Mo-Fr 9-17"
            region: DE-BY
        mailboxes:
          - address: hilfe@nordlicht.example
            signature: {de: "Ihr Kundendienst", en: "Your support team"}
          - address: Nordlicht Technik <technik@nordlicht.example>
            queue: technik
            language: en
            signature: |
              Technik
              Tel. 040 123
            source: imaps://technik:ge%40heim@mail.nordlicht.example/INBOX
        """

    private func problems(_ yaml: String) -> [String] {
        do {
            _ = try MailboxesFile.read(yaml, path: "m.yaml")
            return []
        } catch {
            return (error as? ConfigurationError)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    @Test func `says addresses, names, queues, languages, signatures and where mail is fetched`() throws {
        let plan = try MailboxesFile.read(Self.good, path: "m.yaml")
        #expect(plan.queues.map(\.name) == ["allgemein", "technik"])
        #expect(plan.queues[0].title == [.de: "Allgemein", .en: "General"])
        #expect((plan.queues[1].hours, plan.queues[1].region) == ("Mo-Fr 9-17", "DE-BY"))
        #expect(plan.mailboxes.map(\.address.address) == ["hilfe@nordlicht.example", "technik@nordlicht.example"])
        #expect(plan.mailboxes.map(\.name) == [nil, "Nordlicht Technik"])
        #expect(plan.mailboxes.map(\.queue) == ["allgemein", "technik"])
        #expect(plan.mailboxes.map(\.language) == [nil, .en])
        #expect(plan.mailboxes[0].signature == [.de: "Ihr Kundendienst", .en: "Your support team"])
        #expect(plan.mailboxes[1].signature[.de] == "Technik\nTel. 040 123")
        #expect(plan.mailboxes.map(\.server?.credential) == [nil, .password("ge@heim")])
    }

    @Test(
        arguments: [
            ("", "m.yaml:1: it is empty."), ("mailboxes: []", "m.yaml:1: mailboxes must list at least one mailbox."),
            (
                "mailboxes:\n  - address: a@b.example\n    nmae: x",
                "m.yaml:3: nmae is not known here; known are address, name, queue, language, signature, source."
            ),
            ("mailboxes:\n  - name: x", "m.yaml:2: address is missing."),
            ("mailboxes:\n  - address: a+b@c.example", "m.yaml:2: address must be a@b or Name <a@b>, without + before the @."),
            ("mailboxes:\n  - address: a@b.example\n    queue: technik", "m.yaml:3: there is no queue technik."),
            ("mailboxes:\n  - address: a@b.example\n    language: fr", "m.yaml:3: language must be de or en."),
            ("mailboxes:\n  - address: a@b.example\n    signature: {de: x}", "m.yaml:3: signature.en is missing."),
            (
                "mailboxes:\n  - address: a@b.example\n  - address: A@b.example\n  - address: a@b.example",
                "m.yaml:4: there are two mailboxes a@b.example."
            ),
            (
                "queues:\n  - name: Ü\nmailboxes:\n  - address: a@b.example",
                "m.yaml:2: name must be of small letters, digits and hyphens, at most 40."
            ),
            ("queues:\n  - name: a\n  - name: a\nmailboxes:\n  - address: a@b.example", "m.yaml:3: there are two queues a."),
            (
                "queues:\n  - name: a\n    hours: neun bis fünf\nmailboxes:\n  - address: a@b.example",
                "m.yaml:3: hours must be such as Mo-Fr 9-12 13-17, Sa 10-14."
            ),
            (
                "queues:\n  - name: a\n    region: Bayern\nmailboxes:\n  - address: a@b.example",
                "m.yaml:3: region must be one such as DE, DE-BY, AT-9 or CH-ZH (ISO 3166-2)."
            ),
            ("queues: 3\nmailboxes:\n  - address: a@b.example", "m.yaml:1: queues must be a list of at most 100."),
            ("mailboxes:\n  - address: a@b.example\n    address: c@d.example", "m.yaml:2: address is said twice."),
        ])
    func `what is wrong is said with its line`(yaml: String, problem: String) { #expect(problems(yaml) == [problem]) }

    @Test func `everything that is wrong is said at once, and a password never`() {
        let all = problems(
            "mailboxes:\n  - address: x\n  - address: a@b.example\n    source: imap://me:secret@host?tls=off\n    queue: q\n")
        #expect(all.count == 3)
        #expect(!all.joined().contains("secret"))
        #expect(problems("mailboxes: [").first?.hasPrefix("m.yaml:") == true)
    }

    @Test func `the configuration takes it instead of one address, never beside it`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mailboxes-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(Self.good.utf8).write(to: URL(fileURLWithPath: path))
        let configuration = try Configuration.load(environment: ["KLARTEXT_MAILBOXES": path])
        #expect(configuration.address.address == "hilfe@nordlicht.example")
        #expect(configuration.mailboxes.sources.map(\.mailbox) == ["technik@nordlicht.example"])
        #expect(!configuration.report().contains("heim"))
        for other in [["KLARTEXT_ADDRESS": "a@b.example"], ["KLARTEXT_IMAP": "imap://u:p@host"]] {
            let environment = other.merging(["KLARTEXT_MAILBOXES": path]) { $1 }
            #expect(throws: ConfigurationError.self) { try Configuration.load(environment: environment) }
        }
        #expect(throws: ConfigurationError.self) { try Configuration.load(environment: ["KLARTEXT_MAILBOXES": path + ".none"]) }
    }
}
