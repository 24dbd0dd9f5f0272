import Foundation

/// What is known of a folder on a mail server from which mails are fetched: how far we are, and what is wrong.
///
/// How far is told by the server's own numbers (UID), which only grow while its `UIDVALIDITY` stays the same. Whether somebody has read a mail
/// says nothing: a colleague who looks into the mailbox must not make a customer's mail vanish.
struct MailFolder: Sendable, Equatable {
    /// As in the address, without the password: `imaps://hilfe@mail.example:993/INBOX`.
    var name: String
    /// 0 before the first look.
    var validity: UInt32 = 0
    /// Up to this number everything is kept, or stands in `stuck`.
    var lastUID: UInt32 = 0
    /// The first day of arrival that is ours, `2026-11-16`; empty for all.
    var since = ""
    /// How many older mails lay there when we came, which were not taken.
    var leftBehind = 0
    /// How many mails were kept in all.
    var kept = 0
    var stuck: [Stuck] = []
    /// When a look last went well.
    var lookedAt: Date?
    /// Looks that failed, one after the other.
    var failures = 0
    var failingSince: Date?
    var problem: Problem?
    /// The mail at which the last look failed, if at one.
    var atUID: UInt32?

    /// A mail that the server has and does not give. The others do not wait for it; it is asked for again with each look.
    struct Stuck: Codable, Sendable, Equatable {
        var uid: UInt32
        /// The server's own words.
        var reason: String
        /// So large that it breaks the connection: only its header is asked for.
        var isTooLarge = false
        var triedAt: Date

        func isDue(at now: Date) -> Bool { isTooLarge || now.timeIntervalSince(triedAt) >= MailFolder.secondsUntilAskedAgain }
    }

    /// Why a look failed.
    struct Problem: Codable, Sendable, Equatable {
        enum Kind: String, Codable, Sendable, CaseIterable { case connection, tls, signIn, folder, refused, nonsense, ours }

        var kind: Kind
        /// In the other side's own words.
        var detail: String
    }

    /// A mail that breaks the connection each time must not break it each minute.
    static let secondsUntilAskedAgain: Double = 3600
    /// So many tries at one mail; then the others no longer wait for it.
    static let mostTriesAtOneMail = 3
    /// More than these, and it is the server that has trouble, not the mails.
    static let mostStuck = 100
}

extension MailFolder {
    /// The folder as the server numbers it now. Other numbers than before mean that we begin anew: what we have is recognised by its digest.
    ///
    /// - Parameter first: from which day of arrival on mails are taken, if we are here for the first time; empty for all.
    func opened(validity: UInt32, first: String) -> MailFolder {
        guard validity != self.validity else { return self }
        var folder = self
        if self.validity == 0 { folder.since = first }
        (folder.validity, folder.lastUID, folder.stuck, folder.atUID) = (validity, 0, [], nil)
        return folder
    }

    /// A mail is kept, or gone: the next one.
    func passing(_ uid: UInt32, isKept: Bool) -> MailFolder {
        var folder = self
        folder.lastUID = max(lastUID, uid)
        folder.stuck.removeAll { $0.uid == uid }
        if isKept { folder.kept += 1 }
        return folder
    }

    /// A mail cannot be had: the others go on, and it is asked for again.
    func leaving(_ uid: UInt32, because reason: String, isTooLarge: Bool = false, at now: Date) -> MailFolder {
        var folder = self
        folder.lastUID = max(lastUID, uid)
        folder.stuck.removeAll { $0.uid == uid }
        folder.stuck.append(Stuck(uid: uid, reason: reason, isTooLarge: isTooLarge, triedAt: now))
        return folder
    }

    /// A look went well.
    func looking(at now: Date) -> MailFolder {
        var folder = self
        (folder.lookedAt, folder.failures, folder.failingSince, folder.problem, folder.atUID) = (now, 0, nil, nil, nil)
        return folder
    }

    /// A look failed, perhaps at one mail; failing at the same one again and again through no fault of ours, that one is left for later.
    func failing(_ problem: Problem, atMail uid: UInt32?, isTooLarge: Bool, at now: Date) -> MailFolder {
        var folder = self
        let isSame = uid != nil && uid == atUID
        (folder.problem, folder.failingSince, folder.failures) = (problem, failingSince ?? now, failures + 1)
        folder.atUID = uid
        guard let uid, problem.kind != .ours else { return folder }
        let isStuck = stuck.contains { $0.uid == uid }
        guard isStuck || (stuck.count < Self.mostStuck && (isTooLarge || (isSame && folder.failures >= Self.mostTriesAtOneMail))) else {
            return folder
        }
        folder = folder.leaving(uid, because: problem.detail, isTooLarge: isTooLarge && !isStuck, at: now)
        folder.atUID = nil
        return folder
    }

    /// How long to wait before the next look: a minute, and up to a quarter of an hour while it fails.
    var pauseSeconds: Double { min(60 * pow(2, Double(max(0, failures - 1))), 900) }
}
