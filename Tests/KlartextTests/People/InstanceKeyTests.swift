import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct InstanceKeyTests {
    @Test func `a process with a key of its own is refused, and keeps nobody else out`() async throws {
        try await TestDesk.with { test in
            let path = test.directory + "/" + InstanceKey.fileName
            let key = try Data(contentsOf: URL(fileURLWithPath: path))
            try Data(repeating: 7, count: key.count).write(to: URL(fileURLWithPath: path))
            await #expect(throws: InstanceKeyError.self) { try await test.withAnother { _ in } }
            try key.write(to: URL(fileURLWithPath: path))
            let isRefused = try await test.withAnother { other in
                other.seal.mark("a", "b", bits: 80) != test.desk.seal.mark("a", "b", bits: 80)
            }
            #expect(!isRefused)
        }
    }
}
