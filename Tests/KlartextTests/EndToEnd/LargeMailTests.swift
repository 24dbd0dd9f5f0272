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
