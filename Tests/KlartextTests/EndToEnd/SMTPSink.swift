import Foundation
import Mail

/// The world's mail servers: Postfix's `smtp-sink`, which takes every mail into a file, or refuses every recipient.
struct SMTPSink: Sendable {
    let port: Int
    private let directory: String

    static let program = "/usr/sbin/smtp-sink"

    /// Whether it can be had: it comes with Debian's package postfix, and drops the rights of root, which it therefore needs.
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) && getuid() == 0 }

    /// - Parameters:
    ///   - refusal: what every recipient is refused with.
    ///   - reports: whether it passes on what is asked of reports (RFC 3461); else whoever sends to it has to report that.
    static func start(
        in installation: Installation, named name: String = "sink", refusal: String? = nil, reports: Bool = true
    ) async throws -> SMTPSink {
        let sink = SMTPSink(port: try FreePort.next(), directory: "\(installation.directory)/\(name)")
        try FileManager.default.createDirectory(atPath: sink.directory, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.ownerAccountName: RunningPostfix.account], ofItemAtPath: sink.directory)
        let manner = refusal.map { ["-f", "rcpt", "-B", $0] } ?? ["-d", "\(sink.directory)/%s."]
        let silence = reports ? [] : ["-N"]
        _ = try installation.spawn(
            program, ["-u", RunningPostfix.account] + silence + manner + ["127.0.0.1:\(sink.port)", "100"], named: name)
        try await eventually("smtp-sink to listen") { try? await Wire(port: sink.port) }
        return sink
    }

    /// How many mails have come, the ones still arriving counted; costs next to nothing.
    func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: directory).count }

    /// A mail with its envelope.
    struct Taken: Sendable {
        var sender: String
        var recipient: String
        var email: Email
    }

    /// All mails that are here, those still arriving left out.
    func mails() throws -> [Taken] {
        try FileManager.default.contentsOfDirectory(atPath: directory).compactMap { name in
            let raw = FileManager.default.contents(atPath: "\(directory)/\(name)") ?? Data()
            // Whatever passes here has several parts: it is whole when its last boundary is there.
            guard String(decoding: raw.suffix(8), as: UTF8.self).trimmingCharacters(in: .newlines).hasSuffix("--") else { return nil }
            let email = try Email(parsing: Array(raw))
            return Taken(
                sender: Self.address(email.header("X-Mail-Args")), recipient: Self.address(email.header("X-Rcpt-Args")), email: email)
        }
    }

    /// Waits for a mail.
    func mail(to recipient: String) async throws -> Taken {
        try await eventually("a mail to \(recipient)") { try mails().first { $0.recipient == recipient } }
    }

    /// What stands in the angle brackets.
    private static func address(_ arguments: String?) -> String {
        String((arguments ?? "").drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
    }
}
