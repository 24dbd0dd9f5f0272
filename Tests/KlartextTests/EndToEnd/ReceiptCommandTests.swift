import Foundation
import Testing

@testable import Klartext

/// Receipts as an operator, and anybody with the program, handles them in a shell.
@Suite(.timeLimit(.minutes(5)))
struct ReceiptCommandTests {
    /// A served request with a file; the file and its receipt as files in the installation's directory.
    private func receive(_ installation: Installation) async throws -> (file: String, receipt: String) {
        let klartext = try await installation.serve()
        let visitor = WebVisitor(port: klartext.webPort)
        let proof = Browser.File(name: "Beleg.txt", bytes: Array("Kaufbeleg\n".utf8))
        let stamp = try await visitor.oldEnoughStamp()
        #expect(try await visitor.post("/request", Browser.filled(stamp), files: [proof]).number != nil)
        #expect(try await klartext.stop() == 0)
        let documents: [String] = try await installation.column("SELECT document FROM receipt")
        let (file, receipt) = (installation.directory + "/Beleg.txt", installation.directory + "/Beleg.txt.receipt.json")
        try Data(proof.bytes).write(to: URL(fileURLWithPath: file))
        try Data(try #require(documents.first).utf8).write(to: URL(fileURLWithPath: receipt))
        return (file, receipt)
    }

    @Test func `verify says whether a file is the one, with the instance's own keys`() async throws {
        try await Installation.with { installation in
            let (file, receipt) = try await receive(installation)
            let good = try await installation.run("verify", file, receipt)
            #expect(
                good.status == 0 && good.output.contains("genuine: signed by key") && good.output.contains("the file is the one: 10 bytes"))
            let other = installation.directory + "/other"
            try Data("Kaufbeleg".utf8).write(to: URL(fileURLWithPath: other))
            let bad = try await installation.run("verify", other, receipt)
            #expect(bad.status == 1 && bad.output.contains("the file is ANOTHER one: 9 bytes"))
            let text = try String(contentsOfFile: receipt, encoding: .utf8).replacingOccurrences(of: "Beleg.txt", with: "Belege.txt")
            try Data(text.utf8).write(to: URL(fileURLWithPath: other))
            let forged = try await installation.run("verify", file, other)
            #expect(forged.status == 1 && forged.output.contains("NOT genuine"))
            let none = try await installation.run("verify", receipt, file)
            #expect(none.status == 1 && none.complaints.contains("is no receipt"))
        }
    }

    @Test func `verify needs nothing but the public key, also of a key that signs no more`() async throws {
        try await Installation.with { installation in
            let (file, receipt) = try await receive(installation)
            let rotated = try await installation.run("receipts", "rotate-key")
            #expect(rotated.status == 0 && rotated.output.hasPrefix("receipts are signed with key "))
            let keys = try await installation.run("receipts", "keys")
            let published = try JSONDecoder().decode(PublishedKeys.self, from: Data(keys.output.utf8))
            #expect(published.keys.count == 2 && published.keys[0].until == published.keys[1].since)
            let saved = installation.directory + "/keys.json"
            try Data(keys.output.utf8).write(to: URL(fileURLWithPath: saved))
            var elsewhere = installation
            elsewhere.environment["KLARTEXT_DATA"] = "/nowhere"
            elsewhere.environment["KLARTEXT_DATABASE"] = nil
            for key in [published.keys[0].publicKey, saved] {
                let outcome = try await elsewhere.run("verify", file, receipt, "--key", key)
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
            }
            for key in [published.keys[1].publicKey, "nonsense"] {
                #expect(try await elsewhere.run("verify", file, receipt, "--key", key).status == 1)
            }
            let nowhere = try await elsewhere.run("verify", file, receipt)
            #expect(nowhere.status == 1 && nowhere.complaints.contains("give the public key with --key"))
            #expect(!FileManager.default.fileExists(atPath: "/nowhere"))
            #expect(try await installation.run("verify", file, receipt).status == 0)
        }
    }
}
