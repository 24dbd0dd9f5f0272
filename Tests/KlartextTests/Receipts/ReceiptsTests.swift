import Foundation
import Mail
import Testing

@testable import Klartext

/// Who sends a file gets a receipt for it, by every way in.
@Suite(.timeLimit(.minutes(2)))
struct ReceiptsTests {
    private func file(_ test: TestDesk, _ name: String, _ text: String, contentID: String? = nil) async throws -> Tickets.NewFile {
        .init(stored: try await test.desk.files.store(Array(text.utf8)), name: name, contentType: "text/plain", contentID: contentID)
    }

    private func request(_ test: TestDesk, files: [Tickets.NewFile]) async throws -> Tickets.Receipt {
        let sender = try #require(Address("tom@oleary.example"))
        return try await test.desk.tickets.open(
            .init(sender: sender, name: "Tom", subject: "Paket", text: "Weg.", language: .de, channel: .web, files: files))
    }

    /// The receipts that went along with a ticket's letters, each letter's for itself.
    private func mailed(_ test: TestDesk, _ number: TicketNumber) async throws -> [(kind: String, receipts: [SignedReceipt])] {
        let letters = try await test.letters(number)
        let contents = try await test.desk.database.read { db in try letters.compactMap { try db.letterContent($0.id) } }
        return try zip(letters, contents).map { letter, content in
            (letter.kind, try (content.body.documents ?? []).map { try SignedReceipt(Array($0.text.utf8)) })
        }
    }

    @Test func `a form's files are receipted one by one, and the confirmation carries the receipts`() async throws {
        try await TestDesk.with { test in
            let files = [try await file(test, "Foto „1“.jpg", "eins"), try await file(test, "Beleg.pdf", "zwei")]
            let opened = try await request(test, files: files)
            let letters = try await mailed(test, opened.ticket.number)
            #expect(letters.map(\.kind) == ["confirmation"])
            let receipts = try #require(letters.first?.receipts)
            #expect(receipts.map(\.receipt.fileName) == ["Foto „1“.jpg", "Beleg.pdf"])
            #expect(receipts.map(\.receipt.sha256) == files.map(\.stored.digest) && receipts.map(\.receipt.sizeBytes) == [4, 4])
            for (signed, attachment) in zip(receipts, opened.files) {
                #expect(signed.receipt.ticket == "\(opened.ticket.number)" && signed.receipt.receivedAt == opened.message.writtenAt)
                #expect(signed.receipt.company == DemoCast.company && signed.receipt.url == "https://hilfe.nordlicht.example")
                let verdict = try await test.desk.receipts.judge(signed, file: (attachment.digest, attachment.sizeBytes))
                #expect(verdict.isGood && verdict.file == .same)
                let kept = try await test.desk.database.read { db in try db.receipt(attachment: attachment.id) }
                #expect(kept == signed.document)
            }
            try await test.drain()
            let mail = try #require(test.carrier.sent.last)
            let email = try Email(parsing: mail.bytes)
            #expect(email.attachments.map(\.name) == ["Foto „1“.jpg.receipt.json", "Beleg.pdf.receipt.json"])
            #expect(try email.attachments.map { try $0.content.bytes() } == receipts.map(\.document))
            #expect(
                email.text.contains("https://hilfe.nordlicht.example/verify")
                    && email.text.contains("angekommen: Montag, 23. November 2026"))
            try await test.expectWhole()
        }
    }

    @Test func `a file that comes later is acknowledged by a letter of its own, once`() async throws {
        try await TestDesk.with { test in
            let number = try await request(test, files: []).ticket.number
            let proof = try await file(test, "Beleg.pdf", "zwei")
            _ = try await test.desk.tickets.add(text: "", files: [proof], on: number)
            _ = try await test.desk.tickets.add(text: "noch einmal", files: [proof], on: number)
            _ = try await test.desk.tickets.add(text: "nur Text", files: [], on: number)
            let letters = try await mailed(test, number)
            #expect(letters.map(\.kind) == ["confirmation", "receipt"])
            #expect(letters.map(\.receipts.count) == [0, 1])
            // the second time it was received as well, and the page has a receipt for it
            let attachments = try await test.desk.database.read { db in try db.attachments(on: number).map(\.id) }
            let receipted = try await test.desk.database.read { db in try db.receipted(attachments) }
            #expect(attachments.count == 2 && receipted == Set(attachments))
            try await test.expectWhole()
        }
    }

    @Test func `a file that opens a solved ticket again is acknowledged by the letter that says so`() async throws {
        try await TestDesk.with { test in
            let number = try await request(test, files: []).ticket.number
            try await test.desk.tickets.markSolved(number)
            _ = try await test.desk.tickets.add(text: "", files: [try await file(test, "Beleg.pdf", "zwei")], on: number)
            let letters = try await mailed(test, number)
            #expect(letters.map(\.kind) == ["confirmation", "reopened"] && letters[1].receipts.map(\.receipt.fileName) == ["Beleg.pdf"])
        }
    }

    @Test func `of a mail's files those within the text and those known already make no letter`() async throws {
        try await TestDesk.with { test in
            let (logo, picture) = (try await file(test, "logo.png", "Logo"), try await file(test, "image001.png", "Bild", contentID: "a@b"))
            let opened = try await request(test, files: [logo])
            let answer = { (files: [Tickets.NewFile], silence: Silence?) in
                let request = Tickets.Request(
                    sender: opened.customer.mailAddress, name: "Tom", subject: "Re: Paket", text: "Hier.", language: nil, channel: .mail,
                    files: files, mail: .init(inbox: 1, emailID: nil, isAutomatic: false, silence: silence))
                try await test.desk.database.write { tx in
                    let ticket = try #require(try tx.ticket(opened.ticket.number))
                    _ = try test.desk.tickets.add(request, to: ticket, because: .replyAddress, in: tx, at: test.desk.clock.now())
                }
            }
            let entry = try await test.desk.inbox.keep(.init(door: "pipe", sender: "", recipients: [], raw: Array("x".utf8)))
            #expect(entry == 1)
            try await answer([logo, picture], nil)
            try await answer([try await file(test, "Beleg.pdf", "zwei")], .bulk)
            #expect(try await mailed(test, opened.ticket.number).map(\.kind) == ["confirmation"])
            try await answer([logo, try await file(test, "Foto.jpg", "drei"), picture], nil)
            let letters = try await mailed(test, opened.ticket.number)
            #expect(letters.map(\.kind) == ["confirmation", "receipt"] && letters[1].receipts.map(\.receipt.fileName) == ["Foto.jpg"])
        }
    }

    @Test func `a mail that waited for an agent was received when it came`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            let id = try await test.desk.inbox.keep(.init(door: "pipe", sender: "", recipients: [], raw: Array("x".utf8)))
            let entry = try #require(try await test.desk.database.read { db in try db.inboxEntry(id) })
            try await test.desk.database.write { tx in
                _ = try tx.settleInbox(
                    id, from: [.received], to: .held, reason: "test", summary: .init(), conversation: nil, by: .system("test"),
                    now: test.desk.clock.now())
            }
            test.pass(hours: 24)
            let sender = try #require(Address("tom@oleary.example"))
            let mail = Tickets.Request(
                sender: sender, name: "", subject: "Beleg", text: "Anbei.", language: .de, channel: .mail,
                files: [try await file(test, "Beleg.pdf", "zwei")],
                mail: .init(inbox: id, emailID: nil, isAutomatic: false, silence: nil))
            try await test.desk.tickets.openHeld(entry, mail, by: agent)
            let receipts = try await test.desk.database.read { db in try db.receipts(after: 0, limit: 10) }
            let signed = try SignedReceipt(try #require(receipts.first?.document))
            #expect(signed.receipt.receivedAt == TestDesk.start)
            try await test.expectWhole()
        }
    }

    @Test func `another key signs from a day on, and what the first one signed stays genuine`() async throws {
        try await TestDesk.with { test in
            let receipts = test.desk.receipts
            #expect(try await receipts.keys().isEmpty)
            let first = try await request(test, files: [try await file(test, "a", "eins")])
            test.pass(hours: 1)
            let key = try await receipts.rotateKey()
            let second = try await request(test, files: [try await file(test, "b", "zwei")])
            let signed = try await [first, second].asyncMap { try await mailed(test, $0.ticket.number)[0].receipts[0] }
            #expect(signed[1].receipt.key == key.id && signed[0].receipt.key != key.id)
            let keys = try await receipts.keys()
            #expect(keys.map(\.id) == signed.map(\.receipt.key) && keys.map(\.until) == [key.since, nil])
            for one in signed {
                let verdict = try await receipts.judge(one, file: nil)
                #expect(verdict.isGood)
            }
            // nothing is left with which the first key could sign
            let sealed: [String?] = try await test.desk.database.read { db in try db.sealedKeys() }
            #expect(sealed[0] == nil && sealed[1] != nil)
            try await test.expectWhole()
        }
    }

    @Test func `processes that share a database sign with one key, however they begin`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { other in
                let arrival = Receipts.Arrival(
                    ticket: "1", fileName: "a", sizeBytes: 1, sha256: String(repeating: "0", count: 64), receivedAt: test.desk.clock.now())
                let keys = try await withThrowingTaskGroup(of: String.self) { group in
                    for desk in [test.desk, other, test.desk, other] {
                        group.addTask {
                            try await desk.database.write { tx in
                                try desk.receipts.sign([arrival], in: tx, at: desk.clock.now())[0].receipt.key
                            }
                        }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(keys.count == 1)
                async let first = test.desk.receipts.rotateKey()
                async let second = other.receipts.rotateKey()
                let rotated = try await Set([first.id, second.id])
                #expect(try await test.desk.receipts.keys().filter { rotated.contains($0.id) }.count == 2)
                #expect(try await test.desk.receipts.keys().count { $0.until == nil } == 1)
            }
        }
    }

    @Test func `check finds a receipt that was changed, and one that tells of another file`() async throws {
        try await TestDesk.with { test in
            let opened = try await request(test, files: [try await file(test, "a", "eins"), try await file(test, "b", "zwei")])
            let ids = opened.files.map(\.id)
            let check = ReceiptCheck(database: test.desk.database, mostBreaches: 10)
            #expect(try await check.run().breaches == [])
            try await test.desk.database.write { tx in try tx.swapReceipts(ids[0], ids[1]) }
            #expect(try await check.run().breaches == ids.map { "receipt \($0) is wrong" })
        }
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
