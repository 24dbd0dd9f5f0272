import Foundation
import Testing

@testable import Mail

/// Every mail under `Tests/Fixtures/mail` is read and compared with the `.json` beside it, key by key.
@Suite(.timeLimit(.minutes(1)))
struct EmailFixtureTests {
    @Test(arguments: MailFixture.all)
    func `a mail is read as its expectation says`(_ fixture: MailFixture) throws {
        let expected = try fixture.expectation()
        if expected.error == "notAMessage" {
            #expect(throws: EmailError.notAMessage) { try Email(parsing: fixture.bytes()) }
            return
        }
        let email = try Email(parsing: fixture.bytes())
        checkHeader(email, expected)
        checkText(email, expected)
        checkAttachments(email, expected)
        checkAutomation(email, expected)
        checkReport(email, expected)
        checkHTML(email, expected)
        checkNature(email.nature, expected)
        if let defects = expected.defects { #expect(email.defects.map(\.rawValue) == defects) }
    }

    @Test func `there are enough mails and none lacks its expectation`() throws {
        #expect(MailFixture.all.count >= 150)
        for fixture in MailFixture.all { #expect(try fixture.unknownKeys().isEmpty, "\(fixture)") }
    }

    @Test(arguments: MailFixture.all)
    func `folding a mail loses no line of it`(_ fixture: MailFixture) throws {
        guard let email = try? Email(parsing: fixture.bytes()) else { return }
        #expect(email.folded().segments.map(\.content).joined(separator: "\n") == email.text)
    }

    private func checkHeader(_ email: Email, _ expected: MailExpectation) {
        if let subject = expected.subject { #expect(email.subject == subject) }
        let subject = Subject.parse(email.subject)
        if let base = expected.base { #expect(subject.base == base) }
        if let isForward = expected.isForward { #expect(subject.isForward == isForward) }
        if let number = expected.ticketNumber { #expect(subject.ticketNumber == number.value) }
        if let from = expected.from { #expect(email.from.map(\.mailbox) == from) }
        if let names = expected.fromNames { #expect(email.from.map(\.name) == names) }
        if let keys = expected.fromKeys { #expect(email.from.map(\.key) == keys) }
        if let to = expected.to { #expect(email.to.map(\.mailbox) == to) }
        if let cc = expected.cc { #expect(email.cc.map(\.mailbox) == cc) }
        if let names = expected.ccNames { #expect(email.cc.map(\.name) == names.map(Optional.some)) }
        if let replyTo = expected.replyTo { #expect(email.replyTo.map(\.mailbox) == replyTo) }
        if let delivered = expected.deliveredTo { #expect(email.deliveredTo.map(\.mailbox) == delivered) }
        if let id = expected.messageID { #expect(email.messageID?.rawValue == id.value) }
        if let ids = expected.inReplyTo { #expect(email.inReplyTo.map(\.rawValue) == ids) }
        if let ids = expected.references { #expect(email.references.map(\.rawValue) == ids) }
        if let count = expected.referenceCount { #expect(email.references.count == count) }
        if let last = expected.lastReference { #expect(email.references.last?.rawValue == last) }
        if let date = expected.date { #expect(email.date.map { $0.formatted(.iso8601) } == date.value) }
    }

    private func checkText(_ email: Email, _ expected: MailExpectation) {
        if let text = expected.text { #expect(Quoting.trimmed(email.text) == Quoting.trimmed(text)) }
        for part in expected.textContains ?? [] { #expect(email.text.contains(part)) }
        if let length = expected.textLength { #expect(email.text.utf8.count == length) }
        if let hasHTML = expected.hasHTML { #expect((email.html != nil) == hasHTML) }
        let folded = email.folded()
        if let visible = expected.visible { #expect(folded.visible == visible) }
        for part in expected.visibleContains ?? [] { #expect(folded.visible.contains(part)) }
        if let kinds = expected.kinds { #expect(folded.segments.map(\.kind) == kinds) }
    }

    private func checkHTML(_ email: Email, _ expected: MailExpectation) {
        guard let html = email.html else {
            #expect(expected.htmlContains == nil && expected.htmlOmits == nil && expected.blockedImages == nil)
            return
        }
        let clean = SafeHTML.clean(html, cidURL: { "cid:" + $0 })
        for part in expected.htmlContains ?? [] { #expect(clean.html.contains(part)) }
        for part in expected.htmlOmits ?? [] { #expect(!clean.html.lowercased().contains(part.lowercased()), "\(part)") }
        if let count = expected.blockedImages { #expect(clean.blockedImages == count) }
    }

    private func checkNature(_ nature: MailNature, _ expected: MailExpectation) {
        if let isSigned = expected.isSigned { #expect(nature.isSigned == isSigned) }
        if let isEncrypted = expected.isEncrypted { #expect(nature.isEncrypted == isEncrypted) }
        guard let wanted = expected.invitation else { return }
        let found = nature.invitation
        #expect(found?.method.rawValue == wanted.value?.method)
        #expect(found?.answer?.rawValue == wanted.value?.answer)
        #expect(found?.organizer?.described == wanted.value?.organizer)
        #expect(found?.attendee?.described == wanted.value?.attendee)
        #expect(found?.summary == wanted.value?.summary)
        #expect(found?.location ?? "" == wanted.value?.location ?? "")
        if let description = wanted.value?.description { #expect(found?.description == description) }
        #expect(found?.start?.described == wanted.value?.start)
        #expect(found?.end?.described == wanted.value?.end)
        #expect(found?.repeats == wanted.value?.repeats)
    }

    private func checkAttachments(_ email: Email, _ expected: MailExpectation) {
        if let count = expected.attachmentCount { #expect(email.attachments.count == count) }
        if let count = expected.inlineCount { #expect(email.attachments.filter(\.isInline).count == count) }
        guard let attachments = expected.attachments else { return }
        #expect(email.attachments.map(\.name) == attachments.map(\.name))
        for (found, wanted) in zip(email.attachments, attachments) {
            if let type = wanted.type { #expect(found.contentType == type) }
            if let size = wanted.size { #expect(found.bytes.count == size) }
            if let inline = wanted.inline { #expect(found.isInline == inline) }
        }
    }

    private func checkAutomation(_ email: Email, _ expected: MailExpectation) {
        let automation = email.automation(envelopeSender: expected.envelopeSender)
        if let kind = expected.automation { #expect(automation.kind == kind) }
        if let evidence = expected.evidence { #expect(automation.evidence == evidence) }
        if let may = expected.mayBeAnswered { #expect(email.mayBeAnswered(envelopeSender: expected.envelopeSender) == may) }
        if let refusal = expected.refusal { #expect(email.answerRefusal(envelopeSender: expected.envelopeSender)?.rawValue == refusal) }
    }

    private func checkReport(_ email: Email, _ expected: MailExpectation) {
        guard let report = expected.report else { return }
        guard let wanted = report.value else {
            #expect(email.deliveryReport == nil)
            return
        }
        guard let found = email.deliveryReport else {
            Issue.record("no delivery report was found")
            return
        }
        #expect(found.originalMessageID?.rawValue == wanted.messageID)
        #expect(found.isGuessed == wanted.guessed)
        if let id = wanted.envelopeID { #expect(found.originalEnvelopeID == id) }
        if let server = wanted.server { #expect(found.reportingServer == server) }
        #expect(found.recipients.map { $0.address?.mailbox } == wanted.recipients.map(\.address))
        for (recipient, wanted) in zip(found.recipients, wanted.recipients) {
            #expect(recipient.action.rawValue == wanted.action)
            if let status = wanted.status { #expect(recipient.status == status) }
            if let reason = wanted.reason { #expect(recipient.reason.rawValue == reason) }
            if let permanent = wanted.permanent { #expect(recipient.isPermanent == permanent) }
        }
    }
}

extension FoldedText.Segment {
    fileprivate var kind: String {
        switch self {
        case .text: "text"
        case .quote: "quote"
        case .signature: "signature"
        }
    }
}

extension Automation {
    fileprivate var kind: String {
        switch self {
        case .human: "human"
        case .autoReply: "autoReply"
        case .bulk: "bulk"
        case .bounce: "bounce"
        case .machine: "machine"
        }
    }

    fileprivate var evidence: String? {
        switch self {
        case .human, .bounce: nil
        case .autoReply(let evidence), .bulk(let evidence), .machine(let evidence): evidence
        }
    }
}

extension Invitation.Person {
    fileprivate var described: String { name.isEmpty ? address : "\(name) <\(address)>" }
}

extension Invitation.Time {
    fileprivate var described: String {
        let written = date.formatted(.iso8601)
        return switch self {
        case .moment: written
        case .day: String(written.prefix(10))
        case .local(_, let zone): String(written.prefix(16)) + (zone.map { " " + $0 } ?? "")
        }
    }
}
