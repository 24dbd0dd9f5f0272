import ArgumentParser
import Foundation

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Adds, lists and disables the people who answer customers.",
        subcommands: [Add.self, List.self, Team.self, Disable.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an agent; the password is read from standard input, or made and printed.")

        @Argument(help: "The agent's mail address, used to sign in.") var address: String
        @Argument(help: "The name customers read.") var name: String
        @Option(help: "de or en.") var language = "de"
        @Flag(help: "Read the password from standard input.") var passwordFromInput = false

        func run() async throws {
            guard let language = Language(rawValue: language) else { throw ValidationError("the language is de or en") }
            let given = passwordFromInput ? readLine(strippingNewline: true) : nil
            let password = given ?? Self.generated()
            do {
                try await withDesk { desk in
                    try await desk.people.addAgent(address: address, name: name, language: language, password: password)
                }
            } catch let failure as People.Failure {
                throw ValidationError(failure.words)
            } catch PasswordError.tooShort {
                throw ValidationError("the password needs at least \(Passwords.fewestBytes) bytes")
            }
            print("added \(name) <\(address)>")
            if given == nil { print("password: \(password)") }
        }

        /// 80 random bits in groups that can be typed.
        private static func generated() -> String {
            let letters = Array(SignIn.newSecret().prefix(16))
            return stride(from: 0, to: 16, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all agents.")

        func run() async throws {
            for agent in try await withDesk({ desk in try await desk.people.agents() }) {
                let state = agent.disabledAt == nil ? "active" : "disabled"
                print("\(agent.address)\t\(agent.name)\t\(agent.language.rawValue)\t\(state)\(agent.team.isEmpty ? "" : "\t\(agent.team)")")
            }
        }
    }

    struct Team: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says which team an agent belongs to; without a name, to none.")

        @Argument(help: "The agent's mail address.") var address: String
        @Argument(help: "The team's name.") var team = ""

        func run() async throws {
            do {
                let agent = try await withDesk { desk in try await desk.people.changeTeam(address: address, to: team) }
                print(team.isEmpty ? "\(agent.name) belongs to no team" : "\(agent.name) belongs to \(team)")
            } catch let failure as People.Failure {
                throw ValidationError(failure.words)
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends an agent's access at once; what they wrote stays.")

        @Argument(help: "The agent's mail address.") var address: String

        func run() async throws {
            do {
                let agent = try await withDesk { desk in try await desk.people.disableAgent(address: address) }
                print("disabled \(agent.name) <\(agent.address)>")
            } catch let failure as People.Failure {
                throw ValidationError(failure.words)
            }
        }
    }
}

extension People.Failure {
    /// For an operator at a terminal.
    fileprivate var words: String {
        switch self {
        case .badAddress(let text): "\(text) is not a mail address"
        case .emptyName: "the name is empty"
        case .addressTaken(let address): "\(address) is an agent already"
        case .noSuchAgent(let text): "there is no agent \(text)"
        case .wrongPassword: "the password is wrong"
        }
    }
}
