/// Why a mail could not be delivered, in the few kinds that call for different answers.
public enum BounceReason: String, Sendable, Hashable, CaseIterable {
    case mailboxFull
    case noSuchAddress
    case noSuchDomain
    /// Refused by policy: spam filter, block list, sender authentication.
    case blocked
    case tooLarge
    /// The other side asked for patience, as some do of everybody who is new to them, and did not stop asking.
    case greylisted
    /// The other side wants encryption that there is none for, or the certificate is wrong.
    case noTLS
    /// A server on the way does not pass mail on for us.
    case relayDenied
    /// Not yet: the other side was unreachable or asked for patience.
    case temporary
    case other

    /// Derives the reason from an enhanced status code such as `5.2.2` (RFC 3463) and the words of the other server.
    ///
    /// The words decide where the code is general or is known to be used for everything.
    public init(status: String?, diagnostic: String) {
        let words = ASCII.lowercased(diagnostic)
        let detail = status.map { String($0.drop { $0 != "." }) }
        if let detail, let reason = Self.byDetail[detail] {
            self = reason
        } else if let reason = Self.phrases.first(where: { $0.words.contains { words.contains($0) } })?.reason {
            self = reason
        } else if detail == ".1.1" || detail == ".1.10" {
            self = .noSuchAddress
        } else if detail?.hasPrefix(".7.") == true {
            self = .blocked
        } else {
            self = status?.hasPrefix("4.") == true ? .temporary : .other
        }
    }

    /// By subject and detail, without the class (RFC 3463); `.1.1`, `.7.x` and `.1.10`, which Exchange and RFC 7505 use differently, are
    /// left to the words first.
    private static let byDetail: [String: BounceReason] = [
        ".2.2": .mailboxFull, ".1.2": .noSuchDomain, ".4.3": .noSuchDomain, ".1.6": .noSuchAddress, ".2.1": .noSuchAddress,
        ".3.4": .tooLarge, ".2.3": .tooLarge, ".7.10": .noTLS, ".7.11": .noTLS,
    ]

    private static let phrases: [(reason: BounceReason, words: [String])] = [
        (
            .mailboxFull,
            [
                "mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded storage", "overquota", "mailbox size limit",
                "postfach ist voll",
                "postfach voll", "speicherplatz", "kontingent", "storage allocation", "out of storage",
                "insufficient system storage for the mailbox",
            ]
        ),
        (.tooLarge, ["message too large", "message size exceeds", "message is too large", "size limit", "zu groß", "too big"]),
        (
            .noSuchDomain,
            [
                "host or domain name not found", "domain not found", "no such domain", "unrouteable mail domain", "host not found",
                "name service error",
                "nxdomain", "couldn't find any host", "unrouteable address", "null mx", "nullmx", "does not accept mail",
                "domain does not exist", "all relevant mx records point to non-existent",
            ]
        ),
        (
            .noSuchAddress,
            [
                "user unknown", "unknown user", "no such user", "no mailbox here", "mailbox unavailable", "mailbox not found",
                "does not exist", "no such recipient",
                "recipient rejected", "address rejected: user", "user not found", "unknown recipient", "recipient unknown",
                "unknown local part", "invalid recipient",
                "account has been disabled", "account disabled", "konnte nicht gefunden werden", "wurde nicht gefunden", "existiert nicht",
                "unbekannt",
                "doesn't have", "recipientnotfound", "no longer available", "not our customer", "invalid mailbox",
            ]
        ),
        (
            .relayDenied,
            [
                "relay access denied", "relaying denied", "unable to relay", "relay not permitted", "not permitted to relay",
                "relaying is not allowed", "relaying not allowed", "we do not relay", "no relaying", "weiterleitung nicht erlaubt",
            ]
        ),
        (
            .noTLS,
            [
                "must issue a starttls", "starttls command first", "starttls is required", "tls is required", "tls required",
                "requires tls",
                "encryption required", "encryption needed", "encryption is required", "cannot start tls", "certificate not trusted",
                "certificate verification failed", "server certificate not verified", "verschlüsselung erforderlich",
            ]
        ),
        (.greylisted, ["greylist", "graylist", "grey-list", "gray-list", "greylisting", "come back later"]),
        (
            .blocked,
            [
                "spam", "blocked", "blacklist", "block list", "blocklist", "policy", "dmarc", "spf ", "dkim", "reputation",
                "rejected due to", "access denied",
                "not authorized", "nicht berechtigt", "listed at", "abgelehnt",
            ]
        ),
        (
            .temporary,
            [
                "timed out", "connection refused", "try again", "temporarily", "temporary", "too many connections",
                "retry timeout",
            ]
        ),
    ]
}
