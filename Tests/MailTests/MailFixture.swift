import Foundation
import Testing

/// One mail of `Tests/Fixtures/mail`, by its speaking name.
struct MailFixture: Sendable, CustomTestStringConvertible {
    let name: String

    var testDescription: String { name }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Fixtures/mail")

    static let all: [MailFixture] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".eml") }.sorted().map { MailFixture(name: String($0.dropLast(4))) }
    }()

    func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: Self.folder.appending(path: name + ".eml"))) }

    func expectation() throws -> MailExpectation { try JSONDecoder().decode(MailExpectation.self, from: json()) }

    /// Keys nobody compares: a misspelt expectation would hold for ever.
    func unknownKeys() throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: json()) as? [String: Any] ?? [:]
        return Set(object.keys).subtracting(MailExpectation.CodingKeys.allCases.map(\.rawValue))
    }

    private func json() throws -> Data { try Data(contentsOf: Self.folder.appending(path: name + ".json")) }
}
