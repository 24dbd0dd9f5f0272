import Foundation
import Testing

@testable import Klartext

/// The operator's way with forms, with the built program.
@Suite(.timeLimit(.minutes(3)))
struct FormsCommandTests {
    private func with(_ body: (Installation, _ file: URL) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let file = URL(fileURLWithPath: directory).appendingPathComponent("question.yaml")
            try Data("id: question\nposition: 1\ntitle: {de: Eine Frage, en: A question}\n".utf8).write(to: file)
            try await Installation.with(["KLARTEXT_FORMS": directory, "KLARTEXT_LOG_LEVEL": "notice"]) { try await body($0, file) }
        }
    }

    @Test func `broken forms refuse the start, with file, line and reason`() async throws {
        try await with { installation, file in
            try Data("id: question\nposition: 1\ntitle: T\nfields: [{id: a, label: A, type: traking}]\n".utf8).write(to: file)
            let refused = try installation.spawnServer()
            #expect(try await refused.status() == 78)
            #expect(refused.complaints.contains("\(file.path):4: traking is no type of field"))
            let checked = try await installation.run("forms", "check")
            #expect(checked.status == 78 && checked.complaints.contains("\(file.path):4: "))
        }
    }

    @Test func `SIGHUP puts new forms in force, and broken ones leave the old`() async throws {
        try await with { installation, file in
            let klartext = try await installation.serve()
            func page() async throws -> String { try await WebVisitor(port: klartext.webPort).get("/request/second").text }
            let second = file.deletingLastPathComponent().appendingPathComponent("second.yaml")
            try Data("id: second\nposition: 2\ntitle: {de: Zweites, en: Second}\n".utf8).write(to: second)
            #expect(
                try await installation.run("forms", "check").output
                    == "ok    question: A question, 0 fields\nok    second: Second, 0 fields\n")
            klartext.child.send(SIGHUP)
            try await eventually("the new form") { try await page().contains("Zweites") ? true : nil }
            try Data("id: [".utf8).write(to: second)
            klartext.child.send(SIGHUP)
            try await eventually("the complaint") { klartext.child.complaints.contains("second.yaml:2: it is no YAML") ? true : nil }
            #expect(try await page().contains("Zweites"))
            #expect(try await klartext.stop() == 0)
        }
    }
}
