import Crypto
import Foundation
import Testing

@testable import Klartext

/// Mails and letters as large as the operator lets them be.
@Suite(.timeLimit(.minutes(5)))
struct LargeMailTests {
    /// 40 MB that are 54 MB as a mail: more than the file store, the parser and the configuration take unless told to.
    private static let attachment = Data((0..<40_000_000).lazy.map { UInt8(truncatingIfNeeded: $0 &* 31) })
    private static let settings = ["KLARTEXT_MAIL_LIMIT_MEGABYTES": "60", "KLARTEXT_UPLOAD_LIMIT_MEGABYTES": "60"]

    private static var mail: [UInt8] {
        let head = """
            From: lukasz@nowak.example\r
            To: \(DemoCast.supportAddress)\r
            Subject: Sicherung\r
            Message-ID: <gross@nowak.example>\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Anbei die ganze Sicherung.\r
            --b\r
            Content-Type: application/zip; name=sicherung.zip\r
            Content-Transfer-Encoding: base64\r
            \r

            """
        return Array(head.utf8) + attachment.base64EncodedData(options: [.lineLength76Characters]) + Array("\r\n--b--\r\n".utf8)
    }

    private static let digest = FileStore.hexadecimal(SHA256.hash(data: attachment))

    @Test func `a mail of 54 MB goes through receive to its ticket with its file whole`() async throws {
        try await Installation.with(Self.settings) { installation in
            let received = try await installation.run("receive", "--recipient", DemoCast.supportAddress, input: Self.mail)
            #expect(received.status == 0, "\(received.complaints)")
            let klartext = try await installation.serve()
            try await eventually("the mail to be sorted", within: 180) {
                try await installation.rows("SELECT state FROM inbox WHERE state <> 'received'").first
            }
            #expect(try await klartext.stop() == 0)
            #expect(try await installation.column("SELECT state FROM inbox") == ["filed"])
            #expect(try await installation.column("SELECT body FROM message") == ["Anbei die ganze Sicherung."])
            let files: [String] = try await installation.column("SELECT digest FROM attachment")
            #expect(files == [Self.digest])
        }
    }

    /// The peak counts what the allocator keeps, too.
    @Test func `mails of 25 MB come in on two connections, and the process does not grow by 32 MB`() async throws {
        try await Installation.with { installation in
            let klartext = try await installation.serve()
            try await deliver(Self.photo(of: 20_000, from: "erste"), times: 20, to: klartext, installation)
            let before = try klartext.peakBytes()
            let photo = Self.photo(of: 18_900_000, from: "freund")
            #expect(photo.count > 25_000_000)
            async let one: Void = deliver(photo, times: 3, to: klartext, installation, total: 26)
            async let other: Void = deliver(Self.photo(of: 18_900_000, from: "freundin"), times: 3, to: klartext, installation, total: 26)
            _ = try await (one, other)
            let grown = try klartext.peakBytes() - before
            #expect(grown < 32 << 20, "it grew by \(grown >> 20) MB")
            let digest = FileStore.hexadecimal(SHA256.hash(data: Self.noise(18_900_000)))
            let digests: [String] = try await installation.column("SELECT digest FROM attachment ORDER BY size_bytes DESC LIMIT 1")
            #expect(digests == [digest])
            #expect(try await klartext.stop() == 0)
        }
    }

    @Test func `nothing is left of a large mail whose connection breaks`() async throws {
        try await Installation.with { installation in
            let klartext = try await installation.serve()
            let incoming = installation.data + "/files/incoming"
            var postman: Postman? = try await Postman(.lmtp, port: klartext.mailPort)
            try await postman?.begin(from: "freund@freund.example", to: DemoCast.supportAddress)
            try await postman?.wire.send(Array(Self.photo(of: 3_000_000, from: "freund").dropLast(100)))
            try await eventually("the mail to arrive") {
                try FileManager.default.contentsOfDirectory(atPath: incoming).isEmpty ? nil : true
            }
            postman = nil
            try await eventually("the mail to be gone") {
                try FileManager.default.contentsOfDirectory(atPath: incoming).isEmpty ? true : nil
            }
            #expect(try await installation.rows("SELECT id FROM inbox").isEmpty)
            #expect(try await klartext.stop() == 0)
        }
    }

    private func deliver(
        _ mail: [UInt8], times: Int, to klartext: RunningKlartext, _ installation: Installation, total: Int? = nil
    ) async throws {
        let postman = try await Postman(.lmtp, port: klartext.mailPort)
        for number in 0..<times {
            let numbered = Array("X-Number: \(number)\r\n".utf8) + mail
            try await postman.deliver(numbered, from: "freund@freund.example", to: DemoCast.supportAddress)
        }
        try await eventually("the mails to be filed", within: 180) {
            let filed = try await installation.rows("SELECT id FROM inbox WHERE state = 'filed'").count
            return filed == total ?? times ? true : nil
        }
    }

    private static func noise(_ count: Int) -> Data { Data((0..<count).lazy.map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }) }

    private static func photo(of count: Int, from name: String) -> [UInt8] {
        let head = [
            "From: \(name)@freund.example", "To: \(DemoCast.supportAddress)", "Subject: Foto", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain; charset=utf-8", "", "Anbei das Foto.", "--b",
            "Content-Type: image/jpeg; name=foto.jpg", "Content-Transfer-Encoding: base64", "", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + noise(count).base64EncodedData(options: [.lineLength76Characters])
            + Array("\r\n--b--".utf8)
    }

    @Test func `a reply with a file of 40 MB leaves with it`() async throws {
        try await TestDesk.with(environment: Self.settings) { test in
            let (receipt, agent) = (try await test.request(), try await test.addAgent())
            let stored = try await test.desk.files.store(Self.attachment)
            let file = Tickets.NewFile(stored: stored, name: "sicherung.zip", contentType: "application/zip", contentID: nil)
            let ticket = try await test.ticket(receipt.ticket.number)
            try await test.desk.tickets.reply(
                .init(text: "Hier ist sie.", files: [file], then: .solved(cause: "Gefunden."), seen: ticket.lastMessage),
                to: ticket.number, by: agent)
            try await test.drain()
            #expect(try await test.letters(ticket.number).map(\.state) == [.accepted, .accepted])
            #expect(test.carrier.sent.contains { $0.bytes.count > 54_000_000 })
        }
    }
}
