/// One thing that an operator can set: by the environment, or by the same word in lower case in the YAML file.
///
/// The table ``all`` is the only place where a key is named. It drives parsing, `klartext config`, and a test holds
/// `docs/operations.md` to it.
struct ConfigurationKey: Sendable, Equatable {
    /// The environment variable, `KLARTEXT_LISTEN`.
    let name: String
    /// What is in force when nobody says anything, as it would be written; a sentence in brackets where it is derived.
    let defaultText: String
    /// One English sentence, without a full stop, for `klartext config` and the manual.
    let meaning: String
    /// Whether the value may carry a password. Such a value is never shown whole, not even in an error.
    let isSecret: Bool

    init(_ name: String, default defaultText: String, _ meaning: String, isSecret: Bool = false) {
        self.name = name
        self.defaultText = defaultText
        self.meaning = meaning
        self.isSecret = isSecret
    }

    /// The word in the YAML file: `KLARTEXT_LOG_LEVEL` is `log_level` there.
    var fileName: String { String(name.dropFirst(Self.prefix.count)).lowercased() }

    /// What every environment variable of ours begins with.
    static let prefix = "KLARTEXT_"
}

extension ConfigurationKey {
    static let data = ConfigurationKey(
        "KLARTEXT_DATA", default: "var/klartext", "directory of the database, the received mails and the files; back this up")
    static let listen = ConfigurationKey(
        "KLARTEXT_LISTEN", default: "127.0.0.1:8080", "host:port for HTTP; put a reverse proxy with TLS in front of it")
    static let url = ConfigurationKey(
        "KLARTEXT_URL", default: "(http:// and KLARTEXT_LISTEN)",
        "public base URL, as customers reach us; every link in a mail begins with it")
    static let statusURL = ConfigurationKey(
        "KLARTEXT_STATUS_URL", default: "(KLARTEXT_URL and /status)",
        "public address of the status page; a host of its own stands when this one is down")
    static let statusCopy = ConfigurationKey(
        "KLARTEXT_STATUS_COPY", default: "",
        "a directory or s3://KEY:SECRET@host/bucket to which the status page is copied on each change, so that it stands without us; empty: none",
        isSecret: true)
    static let database = ConfigurationKey(
        "KLARTEXT_DATABASE", default: "",
        "empty: SQLite in the data directory; postgresql://user:password@host/name?sslmode=verify-full: that server", isSecret: true)
    static let databaseConnections = ConfigurationKey(
        "KLARTEXT_DATABASE_CONNECTIONS", default: "8",
        "whole number, 2 to 128: connections of one process to PostgreSQL, half for reading and half for writing")
    static let roles = ConfigurationKey(
        "KLARTEXT_ROLES", default: "web,mail,work",
        "what this process does, of several on one database: any of web, mail, work with commas between")
    static let files = ConfigurationKey(
        "KLARTEXT_FILES", default: "",
        "empty: files in the data directory; or a directory that processes share; or s3://KEY:SECRET@host/bucket", isSecret: true)
    static let smtp = ConfigurationKey(
        "KLARTEXT_SMTP", default: "",
        "smtp://user:password@host:587 (STARTTLS where offered) or smtps://…:465; empty: mail stays in the outbox", isSecret: true)
    static let lmtp = ConfigurationKey(
        "KLARTEXT_LMTP", default: "127.0.0.1:2424", "host:port where the mail server delivers by LMTP; empty: off")
    static let imap = ConfigurationKey(
        "KLARTEXT_IMAP", default: "",
        "imaps://user:password@host/INBOX: a mailbox that mail is fetched from, beside LMTP or instead of it; empty: none", isSecret: true)
    static let mailboxes = ConfigurationKey(
        "KLARTEXT_MAILBOXES", default: "",
        "path of a YAML file of several mailboxes and queues, instead of KLARTEXT_ADDRESS and KLARTEXT_IMAP; empty: one mailbox")
    static let address = ConfigurationKey(
        "KLARTEXT_ADDRESS", default: "(support@ the host of KLARTEXT_URL)",
        "support address, a@b or Name <a@b>; the mail server must deliver a+ANYTHING@b here too")
    static let company = ConfigurationKey(
        "KLARTEXT_COMPANY", default: "(from the domain of KLARTEXT_ADDRESS)", "name that customers read on pages and in mails")
    static let language = ConfigurationKey(
        "KLARTEXT_LANGUAGE", default: "de", "de or en: for visitors whose browser or mail does not tell")
    static let timezone = ConfigurationKey(
        "KLARTEXT_TIMEZONE", default: "Europe/Berlin", "IANA name of the time zone in which times are written")
    static let firstContactHours = ConfigurationKey(
        "KLARTEXT_FIRST_CONTACT_HOURS", default: "24",
        "whole hours in which somebody is there, 1 to 720: the latest first contact that a confirmation promises")
    static let hours = ConfigurationKey(
        "KLARTEXT_HOURS", default: "", "when somebody is there, such as Mo-Fr 9-12 13-17, Sa 10-14; empty: always")
    static let holidays = ConfigurationKey(
        "KLARTEXT_HOLIDAYS", default: "", "region whose public holidays are kept, such as DE-BY, AT or CH-ZH; empty: none")
    static let publishPromises = ConfigurationKey(
        "KLARTEXT_PUBLISH_PROMISES", default: "false",
        "true shows everybody at /promises how many promises were given, kept and late, month by month, without names")
    static let calls = ConfigurationKey(
        "KLARTEXT_CALLS", default: "",
        "derived: a telephone system may tell of calls at an address that the desk shows; or 20 letters at least, its end; empty: no calls",
        isSecret: true)
    static let uploadLimit = ConfigurationKey(
        "KLARTEXT_UPLOAD_LIMIT_MEGABYTES", default: "25", "megabytes, 1 to 1000: files of one form in sum")
    static let mailLimit = ConfigurationKey(
        "KLARTEXT_MAIL_LIMIT_MEGABYTES", default: "30", "megabytes, 1 to 1000: one received mail, announced as SIZE")
    static let trustedProxies = ConfigurationKey(
        "KLARTEXT_TRUSTED_PROXIES", default: "127.0.0.1,::1",
        "addresses or networks (10.0.0.0/8) whose X-Forwarded-For is believed; empty: nobody's")
    static let publicFiles = ConfigurationKey(
        "KLARTEXT_PUBLIC", default: "Public", "directory of style sheets, scripts and images, served as they are")
    static let locales = ConfigurationKey(
        "KLARTEXT_LOCALES", default: "Locales", "directory of the texts, de.json and en.json")
    static let forms = ConfigurationKey(
        "KLARTEXT_FORMS", default: "forms", "directory of the request types, one *.yaml each; SIGHUP reads it anew")
    static let logLevel = ConfigurationKey(
        "KLARTEXT_LOG_LEVEL", default: "info", "trace, debug, info, notice, warning, error or critical")
    static let development = ConfigurationKey(
        "KLARTEXT_DEVELOPMENT", default: "false",
        "true shows /dev/mail, which lists every mail to everybody, and /dev/clock, which puts the clock forward: never in production")

    /// Every key, in the order of the manual.
    static let all: [ConfigurationKey] = [
        data, listen, url, statusURL, statusCopy, database, databaseConnections, files, roles, smtp, lmtp, imap, mailboxes, address,
        company, language, timezone, firstContactHours, hours, holidays, publishPromises, calls, uploadLimit, mailLimit, trustedProxies,
        publicFiles, locales, forms, logLevel,
        development,
    ]

    /// The path of the YAML file. It can only stand in the environment: a file cannot say where it lies.
    static let file = ConfigurationKey(
        "KLARTEXT_CONFIG", default: "(klartext.yaml in KLARTEXT_DATA, if it exists)",
        "path of the one YAML file; what the environment says beats it")

    /// Variables of the scripts in `bin/`, the tests and the benchmarks: the program takes no notice of them.
    static func isForeign(_ name: String) -> Bool {
        ["KLARTEXT_BINARY", "KLARTEXT_SCRATCH", "KLARTEXT_VENV", "KLARTEXT_RELEASE"].contains(name)
            || name.hasPrefix("KLARTEXT_TEST_") || name.hasPrefix("KLARTEXT_BENCH_")
    }
}
