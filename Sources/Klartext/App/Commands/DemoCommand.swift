import ArgumentParser
import Foundation

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fills an empty instance with demo data and prints a sign-in.")

    func run() async throws {
        let configuration = try configured()
        do {
            let signIn = try await Demo(configuration: configuration, logger: logger(configuration)).tell(endingAt: Clock.system.now())
            print("agent: \(signIn.address)")
            print("password: \(signIn.password)")
        } catch let failure as DemoFailure {
            complain("\(failure)")
            throw ExitCode(1)
        }
    }
}
