import Foundation
import Mail
import NIOConcurrencyHelpers

/// Plays the cast on a desk: a clock that can be moved, people who write, agents who answer. Everything goes through the same doors and actions as in life.
struct DemoStage: Sendable {
    let desk: Desk
    let time: DemoTime
    private let worker: Worker

    init(desk: Desk, time: DemoTime) {
        (self.desk, self.time) = (desk, time)
        worker = Work(desk).worker
    }

    func pass(minutes: Double = 0, hours: Double = 0, days: Double = 0) { time.pass(seconds: minutes * 60 + hours * 3600 + days * 86_400) }

    /// Somebody fills in the form.
    /// - Parameters:
    ///   - kind: the type of request; the general question, whose subject is the person's own, where none is named.
    ///   - typed: what stands in its fields.
    func form(
        _ person: DemoCast.Person, _ subject: String, _ text: String, kind: String? = nil, typed: [String: String] = [:],
        files: [(name: String, type: String, text: String)] = []
    ) async throws -> TicketNumber {
        guard let sender = Address(person.address) else { throw DemoFailure.badCast(person.address) }
        var stored: [Tickets.NewFile] = []
        for file in files {
            stored.append(.init(stored: try await desk.files.store(Array(file.text.utf8)), name: file.name, contentType: file.type))
        }
        var request = Tickets.Request(
            sender: sender, name: person.name, subject: subject, text: text, language: person.language, channel: .web, files: stored)
        // an operator may have other forms: then it is told in words alone
        if let kind, let type = desk.forms[kind] {
            let filled = FilledForm(type, typed: typed, today: desk.voices[person.language].moments.civil(desk.clock.now()))
            request.filled = filled.fields(of: type, desk.voices[person.language])
            request.subject = filled.subject(of: type, in: person.language) ?? subject
        }
        let number = try await desk.tickets.open(request).ticket.number
        try await work()
        return number
    }

    /// Somebody sends a mail, in answer to the newest letter of a ticket or of their own accord.
    func mail(
        _ person: DemoCast.Person, _ subject: String, _ text: String, answering number: TicketNumber? = nil,
        headers: [(String, String)] = []
    ) async throws {
        let letter =
            try await number.asyncMap { number in try await desk.database.read { db in try db.letters(conversation: number.rawValue).last }
            } ?? nil
        let recipient = letter?.replyTo ?? desk.mailbox.address.mailbox
        let answered = letter.map { MessageID(rawValue: $0.messageID) }
        let id = MessageID(rawValue: "\(time.ticks()).\(person.address)")
        guard let from = Address(person.address, name: person.name), let to = Address(recipient) else {
            throw DemoFailure.badCast(person.address)
        }
        let draft = Draft(
            from: from, to: [to], subject: letter.map { "Re: " + $0.subject } ?? subject, messageID: id, inReplyTo: answered,
            references: answered.map { [$0] } ?? [], date: desk.clock.now(), text: text, headers: headers)
        try await desk.inbox.keep(.init(door: "lmtp", sender: person.address, recipients: [recipient], raw: try draft.rendered()))
        try await work()
    }

    /// An agent answers.
    func answer(
        _ person: DemoCast.Person, _ number: TicketNumber, _ text: String, then after: AfterReply, promising promises: [DemoPromise] = []
    ) async throws {
        let agent = try await agent(person)
        let seen = try await desk.database.read { db in try db.ticket(number)?.lastMessage ?? 0 }
        let new = promises.map {
            Tickets.NewPromise(channel: $0.channel, text: $0.text, thirdParty: $0.thirdParty, owner: agent.id, dueAt: inHours($0.hours))
        }
        try await desk.tickets.reply(.init(text: text, files: [], then: after, seen: seen, promises: new), to: number, by: agent)
        try await work()
    }

    func note(_ person: DemoCast.Person, _ number: TicketNumber, _ text: String) async throws {
        try await desk.tickets.note(text, on: number, by: agent(person))
    }

    func agent(_ person: DemoCast.Person) async throws -> Agent {
        guard let agent = try await desk.database.read({ db in try db.agent(key: person.address) }) else {
            throw DemoFailure.badCast(person.address)
        }
        return agent
    }

    /// The time so many hours from now.
    func inHours(_ hours: Double) -> Date { desk.clock.now().addingTimeInterval(hours * 3600) }

    /// Does what is promised, and tells those whose time has come.
    func work() async throws {
        _ = try await desk.tickets.keepWord()
        _ = try await desk.incidents.watch()
        try await worker.drain()
    }
}

/// What an agent of the demo promises.
struct DemoPromise: Sendable {
    var channel: PromiseChannel
    var text: String
    var thirdParty: String?
    /// From now.
    var hours: Double
}

/// A clock that stands until it is moved.
final class DemoTime: Sendable {
    private let state: NIOLockedValueBox<(now: Date, ticks: Int)>

    init(_ start: Date) { state = NIOLockedValueBox((start.wholeMilliseconds, 0)) }

    var clock: Clock { Clock { [state] in state.withLockedValue { $0.now } } }
    func pass(seconds: Double) { state.withLockedValue { $0.now = $0.now.addingTimeInterval(seconds).wholeMilliseconds } }

    /// Counts up, for Message-IDs that differ.
    func ticks() -> Int {
        state.withLockedValue { state in
            state.ticks += 1
            return state.ticks
        }
    }
}

enum DemoFailure: Error, Equatable, CustomStringConvertible {
    case badCast(String)
    case notEmpty

    var description: String {
        switch self {
        case .badCast(let name): "the demo's \(name) cannot play"
        case .notEmpty: "this instance has tickets already; the demo is only told on an empty one"
        }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        if let self { try await transform(self) } else { nil }
    }
}

/// The demo's mail server: takes everything but mail to one full mailbox, and sends nothing anywhere.
struct DemoCarrier: LetterCarrier {
    func carry(_ bytes: [UInt8], envelope: Envelope) async throws -> SMTPAcceptance {
        let recipient = envelope.to.first ?? ""
        let host = "mx." + (recipient.split(separator: "@").last.map(String.init) ?? "example")
        if recipient == DemoCast.brandt.address {
            throw SMTPFailure.refused(SMTPReply(code: 552, enhanced: "5.2.2", text: "Mailbox full"), stage: .recipient)
        }
        return SMTPAcceptance(
            reply: SMTPReply(code: 250, enhanced: "2.0.0", text: "Ok: queued"), server: host, tls: "TLSv1.3", refusedRecipients: [])
    }
}
