import Foundation
import Mail
import Storage

extension Transaction {
    /// The customer with this address, made when there is none; a name is learnt when none was known. Found by both from then on.
    func customer(at address: Address, name: String, language: Language, index: SearchIndex, now: Date) throws -> Customer {
        if var known = try customer(key: address.key) {
            if known.name.isEmpty, !name.isEmpty {
                known.name = name
                try run("UPDATE customer SET name = \(name) WHERE id = \(known.id)")
                try index.rename(customer: known.id, in: self, now: now)
            }
            return known
        }
        let customer = Customer(id: try next(.customer), mailAddress: address, name: name, language: language)
        try run(
            """
            INSERT INTO customer (id, address, address_key, name, language, created_at)
            VALUES (\(customer.id), \(customer.address), \(customer.addressKey), \(name), \(language.rawValue), \(now))
            """)
        try index.add(customer: customer.id, in: self)
        return customer
    }

    /// A customer's number, newly learnt; found by it from then on.
    func learn(phone: String, of customer: Int64, index: SearchIndex) throws {
        let changed = try run("UPDATE customer SET phone = \(phone) WHERE id = \(customer) AND phone <> \(phone)")
        if changed > 0 { try index.add(customer: customer, in: self) }
    }

    func insertAgent(_ agent: Agent, addressKey: String, password: String, now: Date) throws {
        try run(
            """
            INSERT INTO agent (id, address, address_key, name, language, password, created_at, disabled_at)
            VALUES (\(agent.id), \(agent.address), \(addressKey), \(agent.name), \(agent.language.rawValue), \(password), \(now), NULL)
            """)
    }

    func changeTeam(of agent: Int64, to team: String) throws { try run("UPDATE agent SET team = \(team) WHERE id = \(agent)") }

    /// Locks an agent out at once: every session of theirs ends with it.
    func disableAgent(_ id: Int64, now: Date) throws {
        try run("UPDATE agent SET disabled_at = \(now) WHERE id = \(id) AND disabled_at IS NULL")
        try run("DELETE FROM session WHERE agent = \(id)")
    }

    func changePassword(of agent: Int64, to hash: String, keeping session: String) throws {
        try run("UPDATE agent SET password = \(hash) WHERE id = \(agent)")
        try run("DELETE FROM session WHERE agent = \(agent) AND digest <> \(session)")
    }

    func changeLanguage(of agent: Int64, to language: Language) throws {
        try run("UPDATE agent SET language = \(language.rawValue) WHERE id = \(agent)")
    }

    func insertSession(_ digest: String, agent: Int64, now: Date, expires: Date) throws {
        try run(
            """
            INSERT INTO session (digest, agent, created_at, seen_at, expires_at) VALUES (\(digest), \(agent), \(now), \(now), \(expires))
            """)
    }

    func touchSession(_ digest: String, now: Date, expires: Date) throws {
        try run("UPDATE session SET seen_at = \(now), expires_at = \(expires) WHERE digest = \(digest)")
    }

    func deleteSession(_ digest: String) throws { try run("DELETE FROM session WHERE digest = \(digest)") }

    /// Forgets some of the sessions that have ended.
    /// - Returns: how many, at most `limit`.
    func deleteSessions(expiredBefore now: Date, limit: Int) throws -> Int {
        try run("DELETE FROM session WHERE digest IN (SELECT digest FROM session WHERE expires_at <= \(now) LIMIT \(limit))")
    }

    /// Counts a hit against a limit within a window of time.
    /// - Parameter times: as how many it counts.
    /// - Returns: how many hits the window has had, this one included.
    func hit(_ name: String, times: Int = 1, windowSeconds: Double, now: Date) throws -> Int {
        let start = now.addingTimeInterval(-windowSeconds)
        return try value(
            """
            INSERT INTO throttle (name, window_start, hits) VALUES (\(name), \(now), \(times))
            ON CONFLICT (name) DO UPDATE SET
                hits = CASE WHEN throttle.window_start <= \(start) THEN excluded.hits ELSE throttle.hits + excluded.hits END,
                window_start = CASE WHEN throttle.window_start <= \(start) THEN excluded.window_start ELSE throttle.window_start END
            RETURNING hits
            """) ?? times
    }

    func forgetHits(_ name: String) throws { try run("DELETE FROM throttle WHERE name = \(name)") }

    /// Forgets some of the limits whose window is long over.
    /// - Returns: how many, at most `limit`.
    func deleteThrottles(startedBefore time: Date, limit: Int) throws -> Int {
        try run("DELETE FROM throttle WHERE name IN (SELECT name FROM throttle WHERE window_start <= \(time) LIMIT \(limit))")
    }
}

extension Snapshot {
    func customer(key: String) throws -> Customer? {
        try row("SELECT * FROM customer WHERE address_key = \(key)").map(Customer.init(row:))
    }

    func customer(_ id: Int64) throws -> Customer? { try row("SELECT * FROM customer WHERE id = \(id)").map(Customer.init(row:)) }

    /// Customers in the order of the given ids; those that are not there are left out.
    func customers(_ ids: [Int64]) throws -> [Customer] {
        guard !ids.isEmpty else { return [] }
        let found = try rows("SELECT * FROM customer WHERE id IN \(list: ids)").map(Customer.init(row:))
        return ids.compactMap { id in found.first { $0.id == id } }
    }

    /// The customers who are known by these numbers, the newest first; of a number that half a town shares, so many.
    func customers(phones: [String]) throws -> [Customer] {
        guard !phones.isEmpty else { return [] }
        return try rows("SELECT * FROM customer WHERE phone <> '' AND phone IN \(list: phones) ORDER BY phone, id DESC LIMIT 500").map(
            Customer.init(row:))
    }

    /// How many hits a limit's current window has had.
    func hits(_ name: String, windowSeconds: Double, now: Date) throws -> Int {
        try value("SELECT hits FROM throttle WHERE name = \(name) AND window_start > \(now.addingTimeInterval(-windowSeconds))") ?? 0
    }

    /// When a limit's current window began.
    func windowStart(_ name: String) throws -> Date? { try value("SELECT window_start FROM throttle WHERE name = \(name)") }

    func agents() throws -> [Agent] { try rows("SELECT * FROM agent ORDER BY name, id").map(Agent.init(row:)) }
    func agent(_ id: Int64) throws -> Agent? { try row("SELECT * FROM agent WHERE id = \(id)").map(Agent.init(row:)) }
    func agent(key: String) throws -> Agent? { try row("SELECT * FROM agent WHERE address_key = \(key)").map(Agent.init(row:)) }

    func passwordHash(of agent: Int64) throws -> String? { try value("SELECT password FROM agent WHERE id = \(agent)") }

    /// The agent of a session that has not expired.
    func session(_ digest: String, now: Date) throws -> (agent: Agent, seenAt: Date)? {
        let found = try row(
            """
            SELECT agent.*, session.seen_at AS seen_at FROM session JOIN agent ON agent.id = session.agent
            WHERE session.digest = \(digest) AND session.expires_at > \(now) AND agent.disabled_at IS NULL
            """)
        return try found.map { try (Agent(row: $0), $0["seen_at"]) }
    }
}

extension Customer {
    init(row: Row) throws {
        let (address, language): (String, String) = try (row["address"], row["language"])
        guard let mailAddress = Address(address) else { throw StorageError.other(code: 0, message: "\(address) is no mail address") }
        try self.init(
            id: row["id"], mailAddress: mailAddress, name: row["name"], language: Language(rawValue: language) ?? .de, phone: row["phone"])
    }
}

extension Agent {
    init(row: Row) throws {
        let language: String = try row["language"]
        try self.init(
            id: row["id"], address: row["address"], name: row["name"], language: Language(rawValue: language) ?? .de,
            team: row["team"], disabledAt: row["disabled_at"])
    }
}
