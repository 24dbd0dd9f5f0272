import ArgumentParser
import Foundation

/// Incidents by one line from the shell, so that a first word is out before anybody has found the right page.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident", abstract: "Tells the public what is wrong, what becomes of it, and when it is over.",
        subcommands: [Open.self, Update.self, Resolve.self, List.self])

    /// What is said, in one language or in both.
    struct Words: ParsableArguments {
        @Option(help: "What is said, in German.") var de = ""
        @Option(help: "What is said, in English.") var en = ""
        @Option(name: .long, help: "A component and its state from now on, such as Mailversand=major_outage; may be repeated.")
        var component: [String] = []
        @Option(help: "The mail address of the agent in whose name it is said; nobody's where left out.") var agent: String?

        /// - Parameter next: in how many minutes the next word comes; nil where none does.
        func update(_ state: IncidentState, next: Int?, in desk: Desk) async throws -> NewUpdate {
            let components = try await desk.incidents.components()
            var states: [PublicID: ComponentState] = [:]
            for text in component {
                let (name, state) = try Self.split(text)
                states[try Self.find(name, in: components).id] = state
            }
            return NewUpdate(
                id: Incidents.draw(), state: state, text: PublicText(de: de, en: en), components: states,
                nextUpdateBy: next.map { desk.clock.now().addingTimeInterval(Double($0) * 60) })
        }

        func actor(in desk: Desk) async throws -> (actor: Actor, owner: Int64?) {
            guard let agent else { return (.system("shell"), nil) }
            guard let found = try await desk.people.agents().first(where: { $0.address == agent }) else {
                throw ValidationError("there is no agent \(agent)")
            }
            return (.agent(found.id), found.id)
        }

        private static func split(_ text: String) throws -> (name: String, state: ComponentState) {
            guard let sign = text.lastIndex(of: "=") else { return (text, .majorOutage) }
            guard let state = ComponentState(rawValue: String(text[text.index(after: sign)...])) else {
                throw ValidationError("a state is one of " + ComponentState.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return (String(text[..<sign]), state)
        }

        /// By its id, or by its name in either language where only one is called so.
        static func find(_ name: String, in components: [Component]) throws -> Component {
            let used = components.filter { $0.retiredAt == nil && !$0.isGroup }
            let found = used.filter { $0.id.text == name || $0.name.de == name || $0.name.en == name }
            guard let first = found.first, found.count == 1 else {
                throw ValidationError(found.isEmpty ? "there is no component \(name)" : "\(name) is the name of several: use the id")
            }
            return first
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens an incident and prints its id.")

        @Option(help: "Its title, in German.") var titleDe = ""
        @Option(help: "Its title, in English.") var titleEn = ""
        @OptionGroup var words: Words
        @Option(help: "In how many minutes the next word comes.") var next = 30
        @Option(help: "So many minutes ago it began for the users.") var since = 0

        func run() async throws {
            let incident = try await telling { desk in
                let (actor, owner) = try await words.actor(in: desk)
                let opening = IncidentEvent.Opening(
                    title: PublicText(de: titleDe, en: titleEn), owner: owner,
                    startedAt: desk.clock.now().addingTimeInterval(-60 * Double(max(0, since))), impact: nil, isBackfilled: false)
                let first = try await words.update(.investigating, next: next, in: desk)
                return try await desk.incidents.open(opening, saying: first, by: actor)
            }
            print(incident.line)
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says how things are, and by when the next word comes.")

        @Argument(help: "The incident's id.") var id: String
        @Option(help: "investigating, identified or monitoring; as before where left out.") var state: String?
        @OptionGroup var words: Words
        @Option(help: "In how many minutes the next word comes.") var next = 30

        func run() async throws {
            let incident = try await telling { desk in
                let incident = try await desk.incident(named: id)
                guard let state = state.map({ IncidentState(rawValue: $0) }) ?? incident.state else {
                    throw ValidationError("the state is investigating, identified or monitoring")
                }
                let update = try await words.update(state, next: next, in: desk)
                return try await desk.incidents.update(incident.id, update, by: words.actor(in: desk).actor)
            }
            print(incident.line)
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that it is over; components work again unless another state is named.")

        @Argument(help: "The incident's id.") var id: String
        @OptionGroup var words: Words

        func run() async throws {
            let incident = try await telling { desk in
                let incident = try await desk.incident(named: id)
                let update = try await words.update(.resolved, next: nil, in: desk)
                return try await desk.incidents.resolve(incident.id, update, by: words.actor(in: desk).actor)
            }
            print(incident.line)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists open incidents, or all, the newest first.")

        @Flag(help: "Also those that are over.") var all = false

        func run() async throws {
            let incidents = try await withDesk { desk in
                all ? try await desk.incidents.incidents() : try await desk.incidents.openIncidents()
            }
            for incident in incidents { print(incident.line) }
        }
    }
}

extension Desk {
    fileprivate func incident(named id: String) async throws -> Incident {
        guard let id = PublicID(id), let incident = try await incidents.incident(id) else {
            throw ValidationError("there is no incident \(id)")
        }
        return incident
    }
}

extension Incident {
    /// For a terminal: id, state, impact, by when the next word was promised, title.
    fileprivate var line: String {
        let next = nextUpdate.map { "next update by " + $0.by.formatted(.iso8601) } ?? "no update promised"
        return "\(id)\t\(state.rawValue)\t\(impact.rawValue)\t\(next)\t\(title.read(in: .en))"
    }
}
