import Foundation
import Testing

@testable import Mail

/// A mail that is read from a disk says what it says when it is read from memory.
@Suite(.timeLimit(.minutes(2)))
struct EmailIntakeTests {
    @Test(arguments: MailFixture.all)
    func `a mail read from a disk is the mail read from memory`(_ fixture: MailFixture) throws {
        let raw = try fixture.bytes()
        for pieceBytes in [1, 97, 65_536] { try compare(raw, pieceBytes: pieceBytes) }
    }

    @Test(arguments: [1, 100, 10_000, 100_000])
    func `a mail that is cut off at the limit is the same from a disk`(sizeBytes: Int) throws {
        var limits = Email.Limits.standard
        limits.sizeBytes = sizeBytes
        for fixture in MailFixture.all.prefix(40) { try compare(try fixture.bytes(), limits: limits) }
        try compare(Self.large, limits: limits)
    }

    @Test func `parts beyond a limit are left out, or cut, from a disk too`() throws {
        var limits = Email.Limits.standard
        limits.decodedBytes = 400_000
        try compare(Self.large, limits: limits)
        limits = .standard
        limits.parts = 2
        try compare(Self.large, limits: limits)
        limits = .standard
        limits.depth = 1
        try compare(Self.large, limits: limits)
    }

    /// What makes it hard to say where a header ends, and what is no mail at all.
    @Test(arguments: [
        "", "x", "\n\n\n", "Subject: x", "Subject: x\n", "Subject: x\n\n", "Subject: x\r\rText\rmore\r",
        "no header at all\nat all\nat all\n",
        "Subject: x\nstray line\nFrom: a@b.example\n\nText\n", "Subject: x\nstray line\nmore\nmore\n",
        "Subject: x\n \n \nFrom: a@b.example\n\nText",
        "From - Mon Nov 23\nSubject: x\n\nText\0Text\n\n", "Subject: x\n\n\n\n \n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b--\n\nleft\n",
        "Content-Type: multipart/mixed\n\n--b\n\nleft\n--b--\n",
    ])
    func `odd mails are the same from a disk`(text: String) throws {
        for pieceBytes in 1...9 { try compare(Array(text.utf8), pieceBytes: pieceBytes) }
    }

    @Test func `a header longer than what is looked at first is read whole`() throws {
        let received = (0..<4_000).map { "Received: from server\($0).example by next\($0).example; Mon, 23 Nov 2026 09:12:00 +0100\r\n" }
        let raw = Array((received.joined() + "Subject: Weit gereist\r\n\r\nText\r\nmehr\r\n").utf8)
        try compare(raw, startBytes: 64 << 10, partBytes: 256 << 10)
        #expect(try read(raw, startBytes: 64 << 10, partBytes: 256 << 10).get().text.contains("mehr"))
    }

    @Test func `more boundaries than any mail has end it at the same place on a disk`() throws {
        let directory = try TemporaryMailDirectory()
        defer { directory.remove() }
        let scratch = MailScratch(in: directory.path)
        defer { scratch.close() }
        // Lines of eleven bytes, so that pieces of a file end at each place of a boundary.
        let body = Array(String(repeating: "--b\n\nText\n\n", count: 25_000).utf8)
        var memory = MIMESource(body[...], contentType: nil, encoding: nil)
        let header = MIMESource.header(nil, nil)
        let file = try scratch.makeMail()
        try (header + body).withUnsafeBytes { try file.append($0) }
        var disk = try MIMESource(file, headerBytes: header.count)
        let (isMemoryCut, isDiskCut) = (try memory.bound(), try disk.bound())
        #expect(isMemoryCut)
        #expect(isDiskCut)
        // The first line has no end of a line before it, and what begins behind the last is out.
        #expect(try memory.body().count == 20_000 * 11)
        #expect(try memory.body() == disk.body())
    }

    @Test func `a large file stays on the disk until the scratch is closed`() throws {
        let directory = try TemporaryMailDirectory()
        defer { directory.remove() }
        let scratch = MailScratch(in: directory.path)
        let intake = EmailIntake(scratch: scratch)
        try Self.large.withUnsafeBytes { try intake.take($0) }
        let email = try intake.email()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
        let file = try #require(email.attachments.first)
        #expect(file.content.sizeBytes == Self.file.count)
        #expect(try file.content.bytes() == Self.file)
        #expect(try file.content.prefix(10) == Array(Self.file.prefix(10)))
        scratch.close()
        #expect(throws: MailScratchError(operation: "read", code: EBADF)) { try file.content.bytes() }
        #expect(throws: MailScratchError(operation: "read", code: EBADF)) { try file.content.piece(at: 0) }
    }

    @Test func `a disk that takes nothing is no fault of the mail`() throws {
        let scratch = MailScratch(in: "/nowhere/at/all")
        let intake = EmailIntake(scratch: scratch)
        #expect(throws: MailScratchError(operation: "open", code: ENOENT)) { try Self.large.withUnsafeBytes { try intake.take($0) } }
    }

    // MARK: What is compared

    private static let file = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// A picture above all limits, a forwarded mail and a text.
    private static let large: [UInt8] = {
        let head = """
            From: Foto Freund <foto@freund.example>\r
            Subject: Foto\r
            Content-Type: multipart/mixed; boundary=grenze\r
            \r
            --grenze\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Anbei das Foto.\r
            --grenze\r
            Content-Type: image/jpeg; name=foto.jpg\r
            Content-Transfer-Encoding: base64\r
            \r

            """
        let forwarded =
            "\r\n--grenze\r\nContent-Type: message/rfc822\r\n\r\nSubject: Innen\r\n\r\n" + String(repeating: "Zeile\r\n", count: 60_000)
        return Array(head.utf8) + Data(file).base64EncodedData(options: .lineLength76Characters)
            + Array((forwarded + "--grenze--\r\n").utf8)
    }()

    private func compare(
        _ raw: [UInt8], pieceBytes: Int = 4096, limits: Email.Limits = .standard, startBytes: Int = 1, partBytes: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let fromMemory = Result { try EmailFacts(Email(parsing: raw, limits: limits)) }
        let fromDisk = try read(raw, pieceBytes: pieceBytes, limits: limits, startBytes: startBytes, partBytes: partBytes)
        switch (fromMemory, fromDisk) {
        case (.success(let memory), .success(let disk)):
            for (name, value) in memory.values { #expect(disk.values[name] == value, "\(name)", sourceLocation: sourceLocation) }
            #expect(disk.values.count == memory.values.count, sourceLocation: sourceLocation)
        case (.failure(let memory), .failure(let disk)):
            #expect(memory as? EmailError == disk as? EmailError, sourceLocation: sourceLocation)
        default: Issue.record("\(fromMemory) from memory, \(fromDisk) from a disk", sourceLocation: sourceLocation)
        }
    }

    private func read(
        _ raw: [UInt8], pieceBytes: Int = 4096, limits: Email.Limits = .standard, startBytes: Int, partBytes: Int
    ) throws -> Result<EmailFacts, any Error> {
        let directory = try TemporaryMailDirectory()
        defer { directory.remove() }
        let scratch = MailScratch(in: directory.path, startBytes: startBytes, partBytes: partBytes)
        defer { scratch.close() }
        let intake = EmailIntake(limits: limits, scratch: scratch)
        for start in stride(from: 0, to: raw.count, by: pieceBytes) {
            try raw[start..<min(start + pieceBytes, raw.count)].withUnsafeBytes { try intake.take($0) }
        }
        return Result { try EmailFacts(intake.email()) }
    }
}

/// All that a mail says, for comparing.
private struct EmailFacts {
    var text: String
    var values: [String: String] = [:]

    init(_ email: Email) throws {
        text = email.text
        for case (let name?, let value) in Mirror(reflecting: email).children where name != "attachments" { values[name] = "\(value)" }
        for (index, part) in email.attachments.enumerated() {
            let bytes = try part.content.bytes()
            values["attachment \(index)"] =
                "\(part.name) \(part.contentType) \(part.contentID ?? "-") \(part.isInline) \(part.content.sizeBytes) \(bytes.count) \(bytes.hashValue)"
        }
        values["nature"] = "\(email.nature)"
    }
}

private struct TemporaryMailDirectory {
    let path = FileManager.default.temporaryDirectory.appending(path: "klartext-mail-\(UUID().uuidString)").path()

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
