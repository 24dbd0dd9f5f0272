import Crypto
import Foundation
import Mail
import Storage

/// Agents' sign-in and sessions: who is at the desk, and who may not come in.
struct SignIn: Sendable {
    var database: Database
    var clock: Clock
    var passwords: Passwords

    /// A session ends after so long without a request.
    static let sessionSeconds: Double = 12 * 3600
    /// Failed sign-ins allowed in a quarter of an hour, for one address and for one network address.
    static let failuresAllowed = (address: 8, remote: 30)
    static let failureWindowSeconds: Double = 900

    enum Failure: Error, Equatable {
        /// The same for an unknown address and a wrong password: a stranger does not learn who works here.
        case wrong
        case throttled
    }

    /// Checks a password and opens a session.
    /// - Returns: the session's secret, to be kept in a cookie; the database knows only its digest.
    func signIn(address: String, password: String, from remote: String) async throws -> (secret: String, agent: Agent) {
        let now = clock.now()
        let key = Address(address)?.key ?? "?"
        let (tries, remotes) = ("sign-in/\(key)", "sign-in-from/\(remote)")
        let (agent, stored, failures) = try await database.read { db in
            let agent = try db.agent(key: key)
            let failed = try (
                db.hits(tries, windowSeconds: Self.failureWindowSeconds, now: now),
                db.hits(remotes, windowSeconds: Self.failureWindowSeconds, now: now)
            )
            return (agent, try agent.flatMap { try db.passwordHash(of: $0.id) }, failed)
        }
        guard failures.0 < Self.failuresAllowed.address, failures.1 < Self.failuresAllowed.remote else { throw Failure.throttled }
        // an unknown address costs as much time as a wrong password
        let right = try await passwords.verify(password, against: stored ?? Self.nobodysHash)
        guard right, let agent, agent.disabledAt == nil else {
            try await database.write { tx in
                _ = try tx.hit(tries, windowSeconds: Self.failureWindowSeconds, now: now)
                _ = try tx.hit(remotes, windowSeconds: Self.failureWindowSeconds, now: now)
            }
            throw Failure.wrong
        }
        let secret = Self.newSecret()
        try await database.write { tx in
            try tx.forgetHits(tries)
            try tx.insertSession(Self.digest(secret), agent: agent.id, now: now, expires: now.addingTimeInterval(Self.sessionSeconds))
        }
        return (secret, agent)
    }

    /// The agent a session's secret belongs to, if it is still good; a session in use is prolonged, at most once a minute.
    func agent(secret: String) async throws -> Agent? {
        let (now, digest) = (clock.now(), Self.digest(secret))
        guard let (agent, seenAt) = try await database.read({ db in try db.session(digest, now: now) }) else { return nil }
        if now.timeIntervalSince(seenAt) > 60 {
            try await database.write { tx in try tx.touchSession(digest, now: now, expires: now.addingTimeInterval(Self.sessionSeconds)) }
        }
        return agent
    }

    func signOut(secret: String) async throws {
        let digest = Self.digest(secret)
        try await database.write { tx in try tx.deleteSession(digest) }
    }

    static func digest(_ secret: String) -> String { Hexadecimal.text(SHA256.hash(data: Data(secret.utf8))) }

    /// 32 random bytes.
    static func newSecret() -> String {
        var random = SystemRandomNumberGenerator()
        return Base32.text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// A hash that no password is known for, with the parameters of real ones.
    private static let nobodysHash =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$3ZpIXwlQl7Yx3rEXcMTKrYHkm9hKP0pCEvdd8gU3fvk"
}
