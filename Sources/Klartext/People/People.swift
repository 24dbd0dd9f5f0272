import Foundation
import Mail
import Storage

/// What can be done about the people of the desk: agents come, change their password, go.
struct People: Sendable {
    var database: Database
    var clock: Clock
    var passwords: Passwords

    enum Failure: Error, Equatable {
        case badAddress(String)
        case emptyName
        case addressTaken(String)
        case noSuchAgent(String)
        case wrongPassword
    }

    /// Adds an agent.
    /// - Throws: `Failure`, or `PasswordError` when the password is shorter than 10 or longer than 1,024 bytes.
    @discardableResult func addAgent(address text: String, name: String, language: Language, password: String) async throws -> Agent {
        guard let address = Address(text) else { throw Failure.badAddress(text) }
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty else { throw Failure.emptyName }
        let (hash, now) = (try await hashed(password), clock.now())
        return try await database.write { tx in
            guard try tx.agent(key: address.key) == nil else { throw Failure.addressTaken(address.mailbox) }
            let agent = Agent(id: try tx.next(.agent), address: address.mailbox, name: name, language: language, team: "", disabledAt: nil)
            try tx.insertAgent(agent, addressKey: address.key, password: hash, now: now)
            try tx.append(AgentEvent.added(name: name, address: address.mailbox), about: "agent/\(agent.id)", by: .system("shell"), at: now)
            return agent
        }
    }

    func agents() async throws -> [Agent] { try await database.read { db in try db.agents() } }

    /// Ends an agent's access at once; what they wrote stays.
    func disableAgent(address text: String) async throws -> Agent {
        let (key, now) = (Address(text)?.key ?? "?", clock.now())
        return try await database.write { tx in
            guard let agent = try tx.agent(key: key) else { throw Failure.noSuchAgent(text) }
            try tx.disableAgent(agent.id, now: now)
            try tx.append(AgentEvent.disabled, about: "agent/\(agent.id)", by: .system("shell"), at: now)
            return agent
        }
    }

    /// Says with whom an agent shares the work; nobody where the team is empty.
    func changeTeam(address text: String, to team: String) async throws -> Agent {
        let (key, now) = (Address(text)?.key ?? "?", clock.now())
        let team = team.trimmingCharacters(in: .whitespacesAndNewlines)
        return try await database.write { tx in
            guard let agent = try tx.agent(key: key) else { throw Failure.noSuchAgent(text) }
            try tx.changeTeam(of: agent.id, to: team)
            try tx.append(AgentEvent.joined(team: team), about: "agent/\(agent.id)", by: .system("shell"), at: now)
            return agent
        }
    }

    /// Changes an agent's own password; all other sessions of the agent end.
    func changePassword(of agent: Agent, from old: String, to new: String, session secret: String) async throws {
        let stored = try await database.read { db in try db.passwordHash(of: agent.id) } ?? ""
        guard try await passwords.verify(old, against: stored) else { throw Failure.wrongPassword }
        let (hash, now) = (try await hashed(new), clock.now())
        try await database.write { tx in
            try tx.changePassword(of: agent.id, to: hash, keeping: SignIn.digest(secret))
            try tx.append(AgentEvent.passwordChanged, about: "agent/\(agent.id)", by: .agent(agent.id), at: now)
        }
    }

    func changeLanguage(of agent: Agent, to language: Language) async throws {
        try await database.write { tx in try tx.changeLanguage(of: agent.id, to: language) }
    }

    private func hashed(_ password: String) async throws -> String {
        guard password.utf8.count >= Passwords.fewestBytes else { throw PasswordError.tooShort }
        guard password.utf8.count <= Passwords.mostBytes else { throw PasswordError.tooLong }
        return try await passwords.hash(password)
    }
}

/// What the journal may say of an agent.
enum AgentEvent: JournalEvent, Equatable {
    case added(name: String, address: String)
    case disabled
    case passwordChanged
    case joined(team: String)

    var name: String {
        switch self {
        case .added: "added"
        case .disabled: "disabled"
        case .passwordChanged: "passwordChanged"
        case .joined: "joined"
        }
    }
}
