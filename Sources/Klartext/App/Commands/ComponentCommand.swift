import ArgumentParser
import Foundation

struct ComponentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "component", abstract: "Adds and lists what stands on the status page.",
        subcommands: [Add.self, List.self, Retire.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a component, or a group of such, and prints its id.")

        @Argument(help: "Its name, in German.") var name: String
        @Argument(help: "Its name, in English.") var english: String
        @Option(help: "What it is, in German.") var description = ""
        @Option(help: "What it is, in English.") var englishDescription = ""
        @Option(help: "The id or the name of the group it belongs to.") var group: String?
        @Flag(help: "It is a group of components itself.") var asGroup = false
        @Flag(help: "It is shown only while something is the matter with it.") var onlyIfDegraded = false
        @Option(help: "The first day its availability is counted, such as 2026-02-15; today where left out.") var since: String?

        func run() async throws {
            let day = since.flatMap { LocalDay($0) }
            if since != nil, day == nil { throw ValidationError("a day is written 2026-02-15") }
            let component = try await telling { desk in
                let components = try await desk.incidents.components()
                let adding = ComponentEvent.Adding(
                    isGroup: asGroup, group: try group.map { try Self.group($0, in: components) },
                    name: PublicText(de: name, en: english), description: PublicText(de: description, en: englishDescription),
                    position: 0, isHidden: false, isShownOnlyIfDegraded: onlyIfDegraded, startDay: day)
                return try await desk.incidents.addComponent(adding, by: .system("shell"))
            }
            print(component.id)
        }

        private static func group(_ name: String, in components: [Component]) throws -> PublicID {
            let groups = components.filter { $0.isGroup && $0.retiredAt == nil }
            guard let group = groups.first(where: { $0.id.text == name || $0.name.de == name || $0.name.en == name }) else {
                throw ValidationError("there is no group \(name)")
            }
            return group.id
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists components and groups with their present states, as they stand on the page.")

        func run() async throws {
            for component in try await withDesk({ desk in try await desk.incidents.published() }).components {
                let indent = component.group == nil ? "" : "  "
                print("\(component.id)\t\(component.state.rawValue)\t\(indent)\(component.name.de)\t\(component.name.en)")
            }
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a component off the page; its history stays.")

        @Argument(help: "Its id or its name.") var name: String
        @Argument(help: "Why, for the journal.") var reason: String

        func run() async throws {
            let component = try await telling { desk in
                let found = try await desk.incidents.components().first { component in
                    component.retiredAt == nil && [component.id.text, component.name.de, component.name.en].contains(name)
                }
                guard let found else { throw ValidationError("there is no component \(name)") }
                return try await desk.incidents.retireComponent(found.id, because: reason, by: .system("shell"))
            }
            print("retired \(component.name.read(in: .en))")
        }
    }
}

/// Does something for an operator at a terminal, and says in words why it cannot be done.
func telling<Result>(_ body: (Desk) async throws -> Result) async throws -> Result {
    do {
        return try await withDesk(body)
    } catch let refusal as IncidentRefusal {
        throw ValidationError(refusal.words)
    } catch let refusal as ComponentRefusal {
        throw ValidationError(refusal.words)
    }
}

extension ComponentRefusal {
    fileprivate var words: String {
        switch self {
        case .emptyName: "the name is empty"
        case .tooLong: "that is longer than the page has room for"
        case .nameTaken: "another one is called so already"
        case .noSuchGroup: "there is no such group"
        case .groupInGroup: "a group cannot stand in a group"
        case .noSuchComponent: "there is no such component"
        case .retired: "it is retired already"
        case .groupNotEmpty: "components stand in the group still"
        case .inUse: "an open incident or a maintenance concerns it"
        case .emptyReason: "say why"
        }
    }
}

extension IncidentRefusal {
    fileprivate var words: String {
        switch self {
        case .emptyTitle: "the title is empty: --title-de, --title-en or both"
        case .emptyText: "nothing is said: --de, --en or both"
        case .tooLong: "that is longer than the page has room for"
        case .startsInFuture: "it cannot have begun later than now"
        case .badTime: "the time lies before the incident or in the future"
        case .noNextUpdate: "say in how many minutes the next word comes: --next"
        case .badNextUpdate: "the next word comes within a week: --next is 1 to 10080 minutes"
        case .badTranslationTime: "the missing language follows within a day"
        case .notOpen: "it is over already"
        case .alreadyOpen: "it is open"
        case .notResolved: "it is not over yet"
        case .badState: "the state is investigating, identified or monitoring"
        case .noComponents: "say what is disturbed: --component NAME=STATE"
        case .noSuchComponent: "there is no such component"
        case .noSuchUpdate: "there is no such update"
        case .noSuchIncident: "there is no such incident"
        case .noSuchAgent: "there is no such agent"
        case .nothingMissing: "nothing is missing in this language"
        case .overtaken: "somebody else has said something meanwhile"
        }
    }
}
