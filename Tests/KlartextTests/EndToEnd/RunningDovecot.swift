import Crypto
import Foundation

/// Debian's Dovecot with a configuration, mails and ports of its own. It needs no root.
struct RunningDovecot: Sendable {
    static let program = "/usr/sbin/dovecot"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/lib/dovecot/imap") }

    static let user = "hilfe"
    static let password = "geheim"
    private static let secret = Array("a secret of the tests, 32 bytes.".utf8)

    let port: Int
    private let home: String
    private let master: ChildProcess

    /// Whose mails they are, and who runs what looks at strangers: accounts of Debian's packages where we are root, else we ourselves.
    private static let accounts: (owner: String, group: String, inner: String, innerGroup: String, login: String) = {
        if getuid() == 0 { return ("mail", "mail", "dovecot", "dovecot", "dovenull") }
        let me = NSUserName()
        let group = getgrgid(getgid()).map { String(cString: $0.pointee.gr_name) } ?? me
        return (me, group, me, group, me)
    }()

    static func start(on port: Int, in installation: Installation) async throws -> RunningDovecot {
        let home = installation.directory + "/dovecot"
        for directory in ["run", "keys/default/HS256", "mail/\(user)/new", "mail/\(user)/cur", "mail/\(user)/tmp"] {
            try FileManager.default.createDirectory(atPath: "\(home)/\(directory)", withIntermediateDirectories: true)
        }
        if getuid() == 0 {
            for directory in ["", "/new", "/cur", "/tmp"] { try own("\(home)/mail/\(user)\(directory)") }
            try own(home + "/mail")
        }
        let files = [
            "dovecot.conf": configuration(home, port: port), "keys/default/HS256/default": Data(secret).base64EncodedString(),
            "oauth2.conf":
                "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=\(home)/keys/\nusername_attribute = sub\n",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(home)/\(name)")) }
        let master = try installation.spawn(program, ["-F", "-c", home + "/dovecot.conf"], named: "dovecot-\(UUID().uuidString)")
        let dovecot = RunningDovecot(port: port, home: home, master: master)
        _ = try await eventually("Dovecot to listen") {
            guard master.isRunning else { throw Failed(words: master.complaints + dovecot.log) }
            return try? await Wire(port: port).line()
        }
        return dovecot
    }

    struct Failed: Error, CustomStringConvertible {
        var words: String
        var description: String { "dovecot ended: \(words)" }
    }

    func stop() async {
        master.send(SIGTERM)
        if (try? await master.status(within: 3)) != nil { return }
        // Its children notice, and end too.
        master.send(SIGKILL)
        _ = try? await master.status()
    }

    var log: String { String(decoding: FileManager.default.contents(atPath: home + "/log") ?? Data(), as: UTF8.self) }

    /// Puts a mail into the mailbox, as a mail server does.
    func deliver(_ mail: String, named name: String = UUID().uuidString, isSeen: Bool = false) throws {
        let path = "\(home)/mail/\(Self.user)/tmp/\(name)"
        try Data(mail.replacingOccurrences(of: "\n", with: "\r\n").utf8).write(to: URL(fileURLWithPath: path))
        if getuid() == 0 { try Self.own(path) }
        let place = isSeen ? "cur/\(name):2,S" : "new/\(name)"
        try FileManager.default.moveItem(atPath: path, toPath: "\(home)/mail/\(Self.user)/\(place)")
    }

    /// How many mails are there, and how many of them are marked as seen.
    func mails() throws -> (all: Int, seen: Int) {
        let names = try ["new", "cur"].flatMap { try FileManager.default.contentsOfDirectory(atPath: "\(home)/mail/\(Self.user)/\($0)") }
        return (names.count, names.count { $0.hasSuffix("S") && $0.contains(":2,") })
    }

    /// Forgets all numbers, as after a restore: UIDVALIDITY is another one then.
    func forgetNumbers() throws {
        let directory = "\(home)/mail/\(Self.user)"
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name.hasPrefix("dovecot") {
            try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
    }

    /// An access token (RFC 7519) that it believes until then.
    static func token(validUntil end: Date) -> String {
        func part(_ bytes: some Sequence<UInt8>) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let claims = "{\"sub\":\"\(user)\",\"iat\":1700000000,\"exp\":\(Int(end.timeIntervalSince1970))}"
        let text = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".utf8) + "." + part(claims.utf8)
        return text + "." + part(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: secret)))
    }

    private static func own(_ path: String) throws {
        try FileManager.default.setAttributes(
            [.ownerAccountName: accounts.owner, .groupOwnerAccountName: accounts.group], ofItemAtPath: path)
    }

    private static func configuration(_ home: String, port: Int) -> String {
        """
        base_dir = \(home)/run
        state_dir = \(home)/run
        log_path = \(home)/log
        default_internal_user = \(accounts.inner)
        default_internal_group = \(accounts.innerGroup)
        default_login_user = \(accounts.login)
        first_valid_uid = 1
        first_valid_gid = 1
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        mail_location = maildir:\(home)/mail/%u
        auth_mechanisms = plain xoauth2 oauthbearer
        service imap-login {
          chroot =
          inet_listener imap {
            port = \(port)
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
        }
        passdb {
          driver = oauth2
          mechanisms = xoauth2 oauthbearer
          args = \(home)/oauth2.conf
        }
        passdb {
          driver = static
          mechanisms = plain
          args = password=\(password)
        }
        userdb {
          driver = static
          args = uid=\(accounts.owner) gid=\(accounts.group) home=\(home)/mail/%u
        }

        """
    }
}
