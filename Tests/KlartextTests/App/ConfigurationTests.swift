import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct ConfigurationTests {
    /// The problems of a configuration, one string each, or none if it is right.
    private func problems(_ environment: [String: String], yaml: String? = nil) -> [String] {
        do {
            _ = try Configuration.load(environment: environment, file: yaml.map(file))
            return []
        } catch let error as ConfigurationError {
            return error.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    private func file(_ yaml: String) -> ConfigurationFile {
        ConfigurationFile(path: "klartext.yaml", bytes: Array(yaml.utf8))
    }

    // MARK: Where values come from

    @Test func `without any setting the defaults are in force`() throws {
        let configuration = try Configuration.load(environment: [:])
        #expect(configuration.data == "var/klartext")
        #expect(configuration.listen == Endpoint(host: "127.0.0.1", port: 8080))
        #expect(configuration.url == "http://127.0.0.1:8080")
        #expect(configuration.smtp == nil)
        #expect(configuration.lmtp == Endpoint(host: "127.0.0.1", port: 2424))
        #expect(configuration.address.address == "support@localhost")
        #expect(configuration.company == "Localhost")
        #expect(configuration.language == .de)
        #expect(configuration.timezone.identifier == "Europe/Berlin")
        #expect(configuration.firstContactHours == 24)
        #expect(configuration.uploadLimitBytes == 25_000_000)
        #expect(configuration.mailLimitBytes == 30_000_000)
        #expect(configuration.logLevel == .info)
        #expect(!configuration.isDevelopment)
        #expect(!configuration.hasTLS)
    }

    @Test func `the environment beats the file and the file beats the default`() throws {
        let configuration = try Configuration.load(
            environment: ["KLARTEXT_LANGUAGE": "en"],
            file: file("language: de\ncompany: Nordlicht\n"))
        #expect(configuration.language == .en)
        #expect(configuration.company == "Nordlicht")
        #expect(configuration.firstContactHours == 24)
    }

    @Test func `numbers, lists and quoted texts of the file are understood`() throws {
        let configuration = try Configuration.load(
            environment: [:],
            file: file(
                """
                # Our desk
                first_contact_hours: 4
                trusted_proxies: [10.0.0.0/8, "::1"]
                company: "Post & Söhne: Versand"
                development: yes
                """))
        #expect(configuration.firstContactHours == 4)
        #expect(configuration.trustedProxies == IPNetwork.list("10.0.0.0/8,::1"))
        #expect(configuration.company == "Post & Söhne: Versand")
        #expect(configuration.isDevelopment)
    }

    @Test(arguments: ["", "\n", "# company: Nordlicht\n  # more\r\n"])
    func `a file of comments alone changes nothing`(yaml: String) throws {
        #expect(try Configuration.load(environment: [:], file: file(yaml)).company == "Localhost")
    }

    @Test func `an empty variable turns LMTP off`() throws {
        #expect(try Configuration.load(environment: ["KLARTEXT_LMTP": ""]).lmtp == nil)
    }

    @Test func `a process does everything unless it is told what`() throws {
        #expect(try Configuration.load(environment: [:]).roles == [.web, .mail, .work])
        #expect(try Configuration.load(environment: ["KLARTEXT_ROLES": "work, web"]).roles == [.web, .work])
        #expect(try Configuration.load(environment: [:], file: file("roles: [mail]\n")).roles == [.mail])
        #expect(
            problems(["KLARTEXT_ROLES": "web,wrok"]) == [
                "KLARTEXT_ROLES is \"web,wrok\" (from environment), but must be one or more of web, mail and work with commas between; "
                    + "mail alone needs KLARTEXT_LMTP."
            ])
        #expect(problems(["KLARTEXT_ROLES": "mail", "KLARTEXT_LMTP": ""]).count == 1, "it would have nothing to do")
        #expect(problems(["KLARTEXT_ROLES": "mail,web", "KLARTEXT_LMTP": ""]).isEmpty)
    }

    @Test func `address and company follow from the URL`() throws {
        let configuration = try Configuration.load(environment: ["KLARTEXT_URL": "https://hilfe.nordlicht.example/"])
        #expect(configuration.url == "https://hilfe.nordlicht.example")
        #expect(configuration.hasTLS)
        #expect(configuration.address.address == "support@hilfe.nordlicht.example")
        #expect(configuration.company == "Nordlicht")
    }

    @Test func `the mail relay is read with its sign-in and its options`() throws {
        let configuration = try Configuration.load(environment: ["KLARTEXT_SMTP": "smtp://anna:g%40h%3A@mail.example?tls=required"])
        let relay = try #require(configuration.smtp)
        #expect(relay.host == "mail.example")
        #expect(relay.port == 587)
        #expect(relay.user == "anna")
        #expect(relay.password == "g@h:")
        #expect(relay.security == .startTLS)
    }

    // MARK: The file on disk

    @Test func `the file in the data directory is found, and one that is named must exist`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "klartext-configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(try ConfigurationFile.find(environment: ["KLARTEXT_DATA": directory.path]) == nil)

        try Data("language: en\n".utf8).write(to: directory.appending(path: "klartext.yaml"))
        let found = try ConfigurationFile.find(environment: ["KLARTEXT_DATA": directory.path])
        #expect(found?.bytes == Array("language: en\n".utf8))

        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.find(environment: ["KLARTEXT_CONFIG": directory.path + "/missing.yaml"])
        }
        try Data(count: ConfigurationFile.maximumBytes + 1).write(to: directory.appending(path: "huge.yaml"))
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.find(environment: ["KLARTEXT_CONFIG": directory.path + "/huge.yaml"])
        }
    }

    @Test(arguments: ["- a\n- b\n", "company: [\n", "company: a\ncompany: b\n", "just words"])
    func `a file that is no mapping is refused`(yaml: String) {
        #expect(problems([:], yaml: yaml).first?.contains("klartext.yaml cannot be used") == true)
    }

    @Test func `a file that cannot be parsed is not quoted in the error`() {
        let shown = problems([:], yaml: "smtp: smtp://user:geheim@mail.example\n  broken: [").joined()
        #expect(!shown.isEmpty)
        #expect(!shown.contains("geheim"))
    }

    // MARK: Mistakes

    @Test func `an unknown variable is named with the nearest known one`() {
        #expect(
            problems(["KLARTEXT_LISTENS": "x"])
                == ["KLARTEXT_LISTENS (environment) is no setting of Klartext. Did you mean KLARTEXT_LISTEN?"])
    }

    @Test(arguments: [("lisen: x", "listen"), ("adress: x", "address"), ("smtp:\n  host: x", "smtp"), ("log-level: x", "log_level")])
    func `an unknown word of the file is named with a known one`(yaml: String, nearest: String) {
        let shown = problems([:], yaml: yaml)
        #expect(shown.count == 1)
        #expect(shown.first?.hasSuffix(" (klartext.yaml) is no setting of Klartext. Did you mean \(nearest)?") == true)
    }

    @Test func `variables of the scripts and the tests are no mistake`() {
        #expect(
            problems([
                "KLARTEXT_SCRATCH": "x", "KLARTEXT_VENV": "x", "KLARTEXT_RELEASE": "1", "KLARTEXT_TEST_SLOW": "1", "PATH": "/bin",
            ]).isEmpty)
    }

    @Test(arguments: [
        ("KLARTEXT_DATA", " "), ("KLARTEXT_LISTEN", "8080"), ("KLARTEXT_LISTEN", "a:b"), ("KLARTEXT_LISTEN", "a:65536"),
        ("KLARTEXT_LISTEN", "::1:80"), ("KLARTEXT_LISTEN", ""), ("KLARTEXT_LISTEN", "host:+1"), ("KLARTEXT_LISTEN", "-a:1"),
        ("KLARTEXT_URL", "ftp://a"), ("KLARTEXT_URL", "https://a/b"), ("KLARTEXT_URL", "https://a?b"), ("KLARTEXT_URL", "a.example"),
        ("KLARTEXT_URL", "https://u:p@a"), ("KLARTEXT_URL", "https://a#b"), ("KLARTEXT_URL", "https://a b"),
        ("KLARTEXT_DATABASE", "mysql://localhost/klartext"),
        ("KLARTEXT_FILES", "files"), ("KLARTEXT_FILES", "s3://a:b@s3.example"), ("KLARTEXT_FILES", "s3://a:b@s3.example/kunden?tsl=off"),
        ("KLARTEXT_SMTP", "http://a"), ("KLARTEXT_SMTP", "smtp://"), ("KLARTEXT_SMTP", "smtp://a/b"), ("KLARTEXT_SMTP", "mail.example"),
        ("KLARTEXT_SMTP", "smtp://a?tsl=off"), ("KLARTEXT_SMTP", "smtp://a:0"), ("KLARTEXT_SMTP", "smtp://u%0D%0AQUIT:p@a"),
        ("KLARTEXT_ROLES", ""), ("KLARTEXT_ROLES", "web,"), ("KLARTEXT_ROLES", "Web"), ("KLARTEXT_ROLES", "all"),
        ("KLARTEXT_LMTP", "off"), ("KLARTEXT_ADDRESS", "nobody"), ("KLARTEXT_ADDRESS", "a+b@c.example"),
        ("KLARTEXT_ADDRESS", "a..b@c.example"), ("KLARTEXT_ADDRESS", "a@b@c"), ("KLARTEXT_ADDRESS", "A\nBcc: x <a@b.example>"),
        ("KLARTEXT_COMPANY", ""), ("KLARTEXT_COMPANY", "a\u{0}b"), ("KLARTEXT_LANGUAGE", "fr"), ("KLARTEXT_TIMEZONE", "CET"),
        ("KLARTEXT_TIMEZONE", "Europe/Atlantis"), ("KLARTEXT_FIRST_CONTACT_HOURS", "0"), ("KLARTEXT_FIRST_CONTACT_HOURS", "721"),
        ("KLARTEXT_FIRST_CONTACT_HOURS", "1.5"), ("KLARTEXT_UPLOAD_LIMIT_MEGABYTES", "25 MB"), ("KLARTEXT_MAIL_LIMIT_MEGABYTES", "-1"),
        ("KLARTEXT_TRUSTED_PROXIES", "proxy.example"), ("KLARTEXT_TRUSTED_PROXIES", "10.0.0.0/33"), ("KLARTEXT_LOG_LEVEL", "loud"),
        ("KLARTEXT_TRUSTED_PROXIES", "10.0.0.0/8/8"), ("KLARTEXT_DEVELOPMENT", "maybe"), ("KLARTEXT_PUBLIC", ""), ("KLARTEXT_LOCALES", ""),
        ("KLARTEXT_FORMS", ""),
    ])
    func `a bad value is named with what is expected`(name: String, value: String) {
        let shown = problems([name: value])
        #expect(shown.count == 1)
        #expect(shown.first?.hasPrefix("\(name) is \"") == true)
        #expect(shown.first?.contains("(from environment), but must be ") == true)
    }

    @Test func `all problems are shown at once`() {
        let shown = problems(["KLARTEXT_LANGUAGE": "fr", "KLARTEXT_LSTEN": "x", "KLARTEXT_URL": "x"], yaml: "timezone: Mars/Base\n")
        #expect(shown.count == 4)
        let whole = ConfigurationError(problems: [.badValue(key: "K", source: "s", shown: "v", expected: "w")]).description
        #expect(whole == "The configuration has 1 problem:\n  - K is \"v\" (s), but must be w.")
    }

    // MARK: Secrets

    @Test(arguments: [
        ("smtp://anna:geheim@mail.example", "smtp://anna:***@mail.example"), ("smtps://mail.example:465", "smtps://mail.example:465"),
        ("smtp://anna:ge@heim@mail.example/x", "smtp://anna:***@mail.example/x"), ("geheim", "***"), ("/srv/files", "/srv/files"),
        ("smtp://anna@mail.example", "smtp://anna@mail.example"), ("pg://h/d?password=geheim", "pg://h/d?***"), ("", ""),
        ("pg://h?password=ge@heim", "pg://***"), ("smtp://anna:geheim@mail.example?tls=off", "smtp://anna:***@mail.example?***"),
    ])
    func `a password is never shown`(value: String, shown: String) {
        #expect(ConfigurationSetting(key: .smtp, text: value, source: "").shown == shown)
    }

    @Test func `the report shows each key, its value, its source and its meaning, and no password`() throws {
        let report = try Configuration.load(
            environment: ["KLARTEXT_SMTP": "smtp://anna:geheim@mail.example:587"], file: file("company: Nordlicht\n")
        ).report()
        let lines = report.split(separator: "\n")
        #expect(lines.count == ConfigurationKey.all.count + 1)
        for key in ConfigurationKey.all {
            let line = try #require(lines.first { $0.hasPrefix("\(key.name) ") })
            #expect(line.contains(" = ") && line.hasSuffix("# \(key.meaning)"))
        }
        #expect(report.contains("= smtp://anna:***@mail.example:587  (from environment)"))
        #expect(report.contains("= Nordlicht  (from klartext.yaml)"))
        #expect(report.contains("= de  (default)"))
        #expect(!report.contains("geheim"))
    }

    @Test func `the manual has every key with its default and its meaning`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let manual = try String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)
        for key in ConfigurationKey.all + [.file] {
            let shown = key.defaultText.isEmpty || key.defaultText.hasPrefix("(") ? key.defaultText : "`\(key.defaultText)`"
            let row = "| `\(key.name)` | \(shown.isEmpty ? "empty" : shown) | \(key.meaning) |"
            #expect(manual.contains(row), "docs/operations.md lacks the row: \(row)")
        }
    }
}
