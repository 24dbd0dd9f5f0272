import Foundation
import Testing

@testable import Klartext

/// The built program, as an operator uses it to change the database.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MoveCommandTests {
    @Test func `an operator moves a stopped instance, and it serves where it is now`() async throws {
        try await Installation.with { away in
            var home = away
            home.environment["KLARTEXT_DATABASE"] = nil
            home.environment["KLARTEXT_DATA"] = away.directory + "/home"
            let (from, to) = (away.directory + "/home", away.environment["KLARTEXT_DATABASE"] ?? away.data)
            #expect(try await home.run("demo").status == 0)

            let old = try await home.serve()
            let refused = try await away.run("move-database", from, to)
            #expect(refused.status == 1)
            #expect(refused.complaints.contains("is being served"))
            #expect(try await old.stop() == 0)

            let moved = try await away.run("move-database", from, to)
            #expect(moved.status == 0, "\(moved.complaints)")
            #expect(moved.output.contains("the same in both"))
            #expect(try await away.run("check").status == 0)
            let again = try await away.run("move-database", from, to)
            #expect(again.status == 1)
            #expect(again.complaints.contains("the target is not empty"))

            let new = try await away.serve()
            let back = try await away.run("move-database", to, away.directory + "/back")
            #expect(back.status == 1)
            #expect(back.complaints.contains("is being served"))
            #expect(try await new.stop() == 0)
            #expect(try await away.run("move-database", to, away.directory + "/back").status == 0)
        }
    }
}
