import Foundation
import Testing

/// One mail of `Tests/Fixtures/mail`, by its speaking name.
struct MailFixture: Sendable, CustomTestStringConvertible {
    let name: String

    var testDescription: String { name }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Fixtures/mail")

    static let all: [MailFixture] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".eml") }.sorted().map { MailFixture(name: String($0.dropLast(4))) }
    }()

    func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: Self.folder.appending(path: name + ".eml"))) }

    func expectation() throws -> MailExpectation { try JSONDecoder().decode(MailExpectation.self, from: json()) }

    /// Keys nobody compares: a misspelt expectation would hold for ever.
    func unknownKeys() throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: json()) as? [String: Any] ?? [:]
        return Set(object.keys).subtracting(MailExpectation.CodingKeys.allCases.map(\.rawValue))
    }

    private func json() throws -> Data { try Data(contentsOf: Self.folder.appending(path: name + ".json")) }
}

/// What a mail is expected to be; only the keys that are there are compared.
struct MailExpectation: Decodable {
    var error: String?
    var subject: String?
    var base: String?
    var isForward: Bool?
    var ticketNumber: Stated<String>?
    var from: [String]?
    var fromNames: [String]?
    var fromKeys: [String]?
    var to: [String]?
    var cc: [String]?
    var ccNames: [String]?
    var replyTo: [String]?
    var deliveredTo: [String]?
    var messageID: Stated<String>?
    var inReplyTo: [String]?
    var references: [String]?
    var referenceCount: Int?
    var lastReference: String?
    var date: Stated<String>?
    /// Compared without empty lines at the ends.
    var text: String?
    var textContains: [String]?
    var textLength: Int?
    var visible: String?
    var visibleContains: [String]?
    var kinds: [String]?
    var hasHTML: Bool?
    var attachments: [Attachment]?
    var attachmentCount: Int?
    var inlineCount: Int?
    var envelopeSender: String?
    var automation: String?
    var evidence: String?
    var mayBeAnswered: Bool?
    var refusal: String?
    var report: Stated<Report>?
    var defects: [String]?

    struct Attachment: Decodable {
        var name: String
        var type: String?
        var size: Int?
        var inline: Bool?
    }

    struct Report: Decodable {
        var recipients: [Recipient]
        var messageID: String?
        var envelopeID: String?
        var server: String?
        var guessed: Bool

        struct Recipient: Decodable {
            var address: String
            var action: String
            var status: String?
            var reason: String?
            var permanent: Bool?
        }
    }

    /// A value that may be expected to be absent: `null` in the file is something else than no key.
    struct Stated<Value: Decodable>: Decodable {
        var value: Value?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = container.decodeNil() ? nil : try container.decode(Value.self)
        }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case error, subject, base, isForward, ticketNumber, from, fromNames, fromKeys, to, cc, ccNames, replyTo, deliveredTo, messageID,
            inReplyTo
        case references, referenceCount, lastReference, date, text, textContains, textLength, visible, visibleContains, kinds, hasHTML,
            attachments
        case attachmentCount, inlineCount, envelopeSender, automation, evidence, mayBeAnswered, refusal, report, defects
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<T: Decodable>(_ key: CodingKeys) throws -> T? { try container.decodeIfPresent(T.self, forKey: key) }
        func stated<T>(_ key: CodingKeys) throws -> Stated<T>? {
            container.contains(key) ? try container.decode(Stated<T>.self, forKey: key) : nil
        }
        error = try optional(.error)
        subject = try optional(.subject)
        base = try optional(.base)
        isForward = try optional(.isForward)
        ticketNumber = try stated(.ticketNumber)
        from = try optional(.from)
        fromNames = try optional(.fromNames)
        fromKeys = try optional(.fromKeys)
        to = try optional(.to)
        cc = try optional(.cc)
        ccNames = try optional(.ccNames)
        replyTo = try optional(.replyTo)
        deliveredTo = try optional(.deliveredTo)
        messageID = try stated(.messageID)
        inReplyTo = try optional(.inReplyTo)
        references = try optional(.references)
        referenceCount = try optional(.referenceCount)
        lastReference = try optional(.lastReference)
        date = try stated(.date)
        text = try optional(.text)
        textContains = try optional(.textContains)
        textLength = try optional(.textLength)
        visible = try optional(.visible)
        visibleContains = try optional(.visibleContains)
        kinds = try optional(.kinds)
        hasHTML = try optional(.hasHTML)
        attachments = try optional(.attachments)
        attachmentCount = try optional(.attachmentCount)
        inlineCount = try optional(.inlineCount)
        envelopeSender = try optional(.envelopeSender)
        automation = try optional(.automation)
        evidence = try optional(.evidence)
        mayBeAnswered = try optional(.mayBeAnswered)
        refusal = try optional(.refusal)
        report = try stated(.report)
        defects = try optional(.defects)
    }
}
