import Foundation
import Logging
import Mail
import NIOConcurrencyHelpers

/// One look into an open folder: every mail that is new there comes into the inbox.
struct FolderVisit: Sendable {
    let fetching: Fetching
    let source: Fetching.Source
    let session: IMAPSession
    let there: IMAPFolder
    let progress: Progress

    private static let mailsAtOnce = 50
    /// A search result with more numbers would be a line longer than we take.
    private static let numbersAtOnce: UInt32 = 100_000
    private static let longestHeaderBytes = 1_000_000

    private var now: Date { fetching.inbox.clock.now() }

    /// Where a look is, for whoever has to say at what it failed.
    final class Progress: Sendable {
        private let state = NIOLockedValueBox<UInt32?>(nil)

        var uid: UInt32? {
            get { state.withLockedValue { $0 } }
            set { state.withLockedValue { $0 = newValue } }
        }
    }

    /// Fetches what is new, oldest first, then asks again for what could not be had.
    /// - Returns: false where the time was over first.
    func fetchAll(until end: ContinuousClock.Instant) async throws -> Bool {
        while true {
            let folder = try await fetching.state(source)
            let uids = try await newMails(folder)
            if uids.isEmpty {
                let due = folder.stuck.filter { $0.isDue(at: now) }
                try await fetch(due.map(\.uid), headersOnly: Set(due.filter(\.isTooLarge).map(\.uid)), until: end)
                return true
            }
            guard try await fetch(uids, until: end) else { return false }
        }
    }

    private func newMails(_ folder: MailFolder) async throws -> [UInt32] {
        guard folder.lastUID < .max else { return [] }
        let since = IMAPDay(folder.since)
        var first = folder.lastUID + 1
        while there.mails > Self.numbersAtOnce, let next = there.nextUID, next > first, next - first > Self.numbersAtOnce {
            let uids = try await session.mails(from: first, to: first + Self.numbersAtOnce - 1, since: since)
            if !uids.isEmpty { return uids }
            first += Self.numbersAtOnce
        }
        return try await session.mails(from: first, since: since)
    }

    @discardableResult private func fetch(
        _ uids: [UInt32], headersOnly: Set<UInt32> = [], until end: ContinuousClock.Instant
    ) async throws -> Bool {
        for start in stride(from: 0, to: uids.count, by: Self.mailsAtOnce) {
            let some = Array(uids[start..<min(start + Self.mailsAtOnce, uids.count)])
            let sizes = try await session.sizes(of: some)
            for uid in some {
                guard ContinuousClock.now < end else { return false }
                progress.uid = uid
                try await fetch(uid, sizeBytes: headersOnly.contains(uid) ? .max : sizes[uid])
                progress.uid = nil
            }
        }
        return true
    }

    /// Takes one mail: kept first, then marked, then passed.
    private func fetch(_ uid: UInt32, sizeBytes: Int?) async throws {
        guard let sizeBytes else { return try await miss(uid, "the server does not tell its size") }
        do {
            guard sizeBytes <= fetching.mailLimitBytes else { return try await keepHeader(uid) }
            switch try await bytes(of: uid, sizeBytes: sizeBytes) {
            case .none: return try await miss(uid, "the server gives no bytes of it")
            case .tooMany: return try await keepHeader(uid)
            case .content(let content):
                try await fetching.inbox.keep(.init(door: "imap", sender: "", recipients: [source.mailbox], content: content))
            }
            try await mark(uid)
            try await fetching.change(source) { $0.passing(uid, isKept: true) }
        } catch IMAPFailure.refused(let words) {
            try await leave(uid, words)
        }
    }

    /// A mail above the limit: its header waits for a person, who finds the mail itself in the mailbox, unread.
    private func keepHeader(_ uid: UInt32) async throws {
        guard let header = try await session.mail(uid, .header) else { return try await miss(uid, "the server gives no header of it") }
        let raw = Array(header.prefix(Self.longestHeaderBytes))
        let summary = (try? Email(parsing: raw)).map(InboxEntry.Summary.init) ?? .init()
        try await fetching.inbox.keep(
            .init(
                door: "imap", sender: "", recipients: [source.mailbox], raw: raw,
                held: .init(reason: .tooLarge, summary: summary)))
        try await fetching.change(source) { $0.passing(uid, isKept: true) }
    }

    /// Where nothing came, either somebody has removed the mail meanwhile, or the server cannot give it.
    private func miss(_ uid: UInt32, _ reason: String) async throws {
        if try await session.mails(from: uid, to: uid).isEmpty {
            try await fetching.change(source) { $0.passing(uid, isKept: false) }
        } else {
            try await leave(uid, reason)
        }
    }

    private func leave(_ uid: UInt32, _ reason: String) async throws {
        let now = now
        fetching.logger.warning(
            "a mail cannot be fetched, the others go on",
            metadata: ["folder": "\(source.server)", "uid": "\(uid)", "reason": "\(reason)"])
        let folder = try await fetching.state(source)
        guard folder.stuck.count < MailFolder.mostStuck || folder.stuck.contains(where: { $0.uid == uid }) else {
            throw IMAPFailure.refused(reason)
        }
        try await fetching.change(source) { $0.leaving(uid, because: reason, at: now) }
    }

    /// A folder in which nothing can be marked is read all the same.
    private func mark(_ uid: UInt32) async throws {
        guard !there.isReadOnly else { return }
        do {
            try await session.markSeen(uid)
        } catch IMAPFailure.refused(let words) {
            fetching.logger.notice("a mail cannot be marked as seen", metadata: ["folder": "\(source.server)", "reason": "\(words)"])
        }
    }
}
