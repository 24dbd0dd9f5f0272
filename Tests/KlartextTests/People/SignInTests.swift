import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct SignInTests {
    @Test func `a right password opens a session, which ends when signed out`() async throws {
        try await TestDesk.with { test in
            _ = try await test.addAgent()
            let (secret, agent) = try await test.desk.signIn.signIn(
                address: "AYSE@nordlicht.example", password: Demo.password, from: "192.0.2.1")
            #expect(agent.name == DemoCast.ayse.name)
            #expect(try await test.desk.signIn.agent(secret: secret)?.id == agent.id)
            #expect(try await test.desk.signIn.agent(secret: secret + "x") == nil)
            try await test.desk.signIn.signOut(secret: secret)
            #expect(try await test.desk.signIn.agent(secret: secret) == nil)
        }
    }

    @Test func `an unknown address and a wrong password are told the same`() async throws {
        try await TestDesk.with { test in
            _ = try await test.addAgent()
            for address in [DemoCast.ayse.address, "niemand@nordlicht.example", "kein Mail"] {
                await #expect(throws: SignIn.Failure.wrong) {
                    _ = try await test.desk.signIn.signIn(address: address, password: "falsch-falsch", from: "192.0.2.1")
                }
            }
        }
    }

    @Test func `guessing is stopped, also with the right password, and forgotten after a while`() async throws {
        try await TestDesk.with { test in
            _ = try await test.addAgent()
            for _ in 0..<SignIn.failuresAllowed.address {
                _ = try? await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: "falsch-falsch", from: "192.0.2.1")
            }
            await #expect(throws: SignIn.Failure.throttled) {
                _ = try await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "192.0.2.9")
            }
            test.pass(minutes: 16)
            _ = try await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "192.0.2.9")
        }
    }

    @Test func `a session that is not used ends, one that is used goes on`() async throws {
        try await TestDesk.with { test in
            _ = try await test.addAgent()
            let (secret, _) = try await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "192.0.2.1")
            for _ in 0..<4 {
                test.pass(hours: 11)
                #expect(try await test.desk.signIn.agent(secret: secret) != nil)
            }
            test.pass(hours: 12.1)
            #expect(try await test.desk.signIn.agent(secret: secret) == nil)
        }
    }

    @Test func `a disabled agent is out at once`() async throws {
        try await TestDesk.with { test in
            _ = try await test.addAgent()
            let (secret, _) = try await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "192.0.2.1")
            _ = try await test.desk.people.disableAgent(address: DemoCast.ayse.address)
            #expect(try await test.desk.signIn.agent(secret: secret) == nil)
            await #expect(throws: SignIn.Failure.wrong) {
                _ = try await test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "192.0.2.1")
            }
        }
    }

    @Test func `a short password is refused, and so is one made to burn our processor`() async throws {
        try await TestDesk.with { test in
            await #expect(throws: PasswordError.tooShort) {
                _ = try await test.desk.people.addAgent(address: "a@b.example", name: "A", language: .de, password: "kurz")
            }
            await #expect(throws: PasswordError.tooLong) {
                _ = try await test.desk.people.addAgent(
                    address: "a@b.example", name: "A", language: .de, password: String(repeating: "x", count: 1025))
            }
        }
    }
}
