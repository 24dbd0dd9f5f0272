import Foundation

/// Debian's Postfix with a configuration, a queue and a port of its own. The system's Postfix, if one runs, is not touched.
struct RunningPostfix: Sendable {
    /// What it is to do. Everything else is on the loopback interface too, and nothing is looked up.
    struct Plan: Sendable {
        /// The domain whose mail goes to `lmtpPort`, all local parts of it.
        var domain = "nordlicht.example"
        var port: Int
        var lmtpPort: Int
        /// A domain whose server refuses.
        var refusing: (domain: String, port: Int)
        /// A domain whose server knows nothing of reports (RFC 3461).
        var silent: (domain: String, port: Int)
        /// A domain with a mailbox here, for this one local part.
        var mailbox = (domain: "postfach.example", name: "marlene")
        /// The server of all other domains.
        var worldPort: Int
    }

    /// The account that Debian's package makes; Postfix drops root's rights in favour of it.
    static let account = "postfix"
    private static let program = "/usr/sbin/postfix"
    /// Whom mailboxes belong to: an account without any rights, the same on every Debian.
    private static let nobody = 65534

    /// It must be installed, and only root may start it.
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) && getuid() == 0 }

    let port: Int
    private let installation: Installation
    private let configuration: String
    private let master: ChildProcess

    static func start(_ plan: Plan, in installation: Installation) async throws -> RunningPostfix {
        let home = installation.directory + "/postfix"
        let configuration = home + "/configuration"
        for directory in ["configuration", "queue", "data"] {
            try FileManager.default.createDirectory(atPath: "\(home)/\(directory)", withIntermediateDirectories: true)
        }
        try FileManager.default.setAttributes([.ownerAccountName: account], ofItemAtPath: home + "/data")
        try FileManager.default.createDirectory(atPath: home + "/mailboxes", withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.ownerAccountID: nobody, .groupOwnerAccountID: nobody], ofItemAtPath: home + "/mailboxes")
        try Data(main(plan, home).utf8).write(to: URL(fileURLWithPath: configuration + "/main.cf"))
        try Data(parts(plan).utf8).write(to: URL(fileURLWithPath: configuration + "/master.cf"))
        // In the foreground, so that it is our child and nobody else has to see to its end.
        let master = try installation.spawn(program, ["-c", configuration, "start-fg"], named: "postfix")
        let postfix = RunningPostfix(port: plan.port, installation: installation, configuration: configuration, master: master)
        _ = try await eventually("Postfix to listen") {
            guard master.isRunning else { throw Failed(what: "postfix start-fg", status: 0, words: master.complaints + postfix.log) }
            return try? await Postman(.smtp, port: plan.port)
        }
        return postfix
    }

    /// Ends all of it.
    func stop() async {
        _ = try? await run(Self.program, "stop")
        _ = try? await master.status()
    }

    /// Tries everything that waits.
    func flush() async throws { try await run("/usr/sbin/postqueue", "-f") }

    /// How many mails wait.
    func waiting() async throws -> Int {
        try await run("/usr/sbin/postqueue", "-j").split(separator: "\n").count
    }

    /// What it did so far, one line each.
    var log: String {
        String(decoding: FileManager.default.contents(atPath: configuration + "/mail.log") ?? Data(), as: UTF8.self)
    }

    @discardableResult private func run(_ program: String, _ argument: String) async throws -> String {
        let child = try installation.spawn(program, ["-c", configuration, argument], named: "postfix-\(UUID().uuidString)")
        let status = try await child.status()
        guard status == 0 else { throw Failed(what: "\(program) \(argument)", status: status, words: child.complaints + log) }
        return child.output
    }

    struct Failed: Error, CustomStringConvertible {
        var what: String
        var status: Int32
        var words: String
        var description: String { "\(what) ended with \(status): \(words)" }
    }

    private static func main(_ plan: Plan, _ home: String) -> String {
        """
        compatibility_level = 3.6
        queue_directory = \(home)/queue
        data_directory = \(home)/data
        maillog_file = \(home)/configuration/mail.log
        maillog_file_prefixes = \(home)
        mail_owner = \(account)
        myhostname = mail.\(plan.domain)
        inet_interfaces = loopback-only
        inet_protocols = ipv4
        disable_dns_lookups = yes
        smtpd_peername_lookup = no
        smtp_tls_security_level = none
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        mydestination =
        local_transport = error:there are no local mailboxes
        alias_maps =
        alias_database =
        relay_domains = \(plan.domain)
        recipient_delimiter = +
        virtual_mailbox_domains = \(plan.mailbox.domain)
        virtual_mailbox_base = \(home)/mailboxes
        virtual_mailbox_maps = inline:{ \(plan.mailbox.name)@\(plan.mailbox.domain)=\(plan.mailbox.name)/ }
        virtual_uid_maps = static:\(nobody)
        virtual_gid_maps = static:\(nobody)
        transport_maps = inline:{ \(plan.domain)=lmtp:inet:127.0.0.1:\(plan.lmtpPort), \
        \(plan.mailbox.domain)=virtual:, \(plan.silent.domain)=smtp:[127.0.0.1]:\(plan.silent.port), \
        \(plan.refusing.domain)=smtp:[127.0.0.1]:\(plan.refusing.port), *=smtp:[127.0.0.1]:\(plan.worldPort) }

        """
    }

    /// The parts that such a server needs; none in a cage, so that nothing has to be copied into one.
    private static func parts(_ plan: Plan) -> String {
        """
        127.0.0.1:\(plan.port) inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        lmtp unix - - n - - lmtp
        virtual unix - n n - - virtual
        error unix - - n - - error
        retry unix - - n - - error
        showq unix n - n - - showq
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """
    }
}
