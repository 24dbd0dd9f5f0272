import ArgumentParser
import Crypto
import Foundation
import Storage

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks a file and its receipt: exit code 0 when the signature is genuine and the file is the one, 1 otherwise.",
        discussion: """
            With --key nothing of an instance is needed, and no network. Without it the keys of the configured instance are used.
            """)

    @Argument(help: "The file as it is at hand.") var file: String
    @Argument(help: "Its receipt, NAME.receipt.json.") var receipt: String
    @Option(help: "The public key: 64 hexadecimal digits, base64, or the path of a saved klartext-receipt-keys.json.") var key: String?

    func run() async throws {
        let signed = try read()
        let keys = try await keys(for: signed)
        let verdict = ReceiptVerdict(signed, keys: keys, file: try digest())
        for line in verdict.lines { print(line) }
        if !verdict.isGood { throw ExitCode(1) }
    }

    private func read() throws -> SignedReceipt {
        guard let document = FileManager.default.contents(atPath: receipt) else { throw Self.refused("cannot read \(receipt)") }
        do {
            return try SignedReceipt(Array(document))
        } catch {
            throw Self.refused("\(receipt) is no receipt: \(error.words)")
        }
    }

    private func digest() throws -> (sha256: String, sizeBytes: Int) {
        guard let handle = FileHandle(forReadingAtPath: file) else { throw Self.refused("cannot read \(file)") }
        defer { try? handle.close() }
        var (hasher, size) = (SHA256(), 0)
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hasher.update(data: piece)
            size += piece.count
        }
        return (Hexadecimal.text(hasher.finalize()), size)
    }

    private func keys(for signed: SignedReceipt) async throws -> [ReceiptKey] {
        guard let key else { return try await Self.ownKeys() }
        if let bytes = ReceiptKey.publicKey(key) { return [ReceiptKey(publicKey: bytes, since: .distantPast)] }
        guard let data = FileManager.default.contents(atPath: key),
            let published = try? JSONDecoder().decode(PublishedKeys.self, from: data)
        else {
            throw Self.refused("--key is neither a public key nor a file of public keys")
        }
        return published.receiptKeys
    }

    private static func ownKeys() async throws -> [ReceiptKey] {
        let configuration = try configured()
        if configuration.database == nil, !FileManager.default.fileExists(atPath: configuration.data + "/klartext.sqlite") {
            throw refused("there is no instance in \(configuration.data); give the public key with --key")
        }
        let database = try configuration.openDatabase()
        do {
            let keys = try await database.read { db in try db.receiptKeys() }
            await database.close()
            return keys
        } catch {
            await database.close()
            throw error
        }
    }

    private static func refused(_ reason: String) -> ExitCode {
        complain(reason)
        return ExitCode(1)
    }
}

struct ReceiptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts", abstract: "Shows and changes the keys that sign receipts.", subcommands: [Keys.self, RotateKey.self])

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints all public keys, as /.well-known/klartext-receipt-keys.json has them.")

        func run() async throws {
            let published = try await withDesk { desk in PublishedKeys(try await desk.receipts.keys(), issuer: desk.configuration.url) }
            print(published.text)
        }
    }

    struct RotateKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-key",
            abstract: "Makes a new key, which signs from now on; the old one can sign no more, and what it signed stays genuine.")

        func run() async throws {
            let key = try await withDesk { desk in try await desk.receipts.rotateKey() }
            print("receipts are signed with key \(key.id) from now on")
        }
    }
}

extension ReceiptVerdict {
    /// For somebody at a terminal.
    fileprivate var lines: [String] {
        let what =
            "\(receipt.company) received \(receipt.fileName) for request \(receipt.ticket) at \(ReceiptTime.text(receipt.receivedAt))"
        let signed =
            switch signature {
            case .genuine(let key):
                "genuine: signed by key \(key.id)\(key.until.map { ", which was used until \(ReceiptTime.text($0))" } ?? "")"
            case .forged(let key): "NOT genuine: key \(key.id) did not sign this; something was changed"
            case .unknownKey:
                "NOT proven: key \(receipt.key) is not at hand; \(receipt.url)/.well-known/klartext-receipt-keys.json may have it"
            }
        let compared: String? =
            switch file {
            case .notGiven: nil
            case .same: "the file is the one: \(receipt.sizeBytes) bytes, SHA-256 \(receipt.sha256)"
            case .other(let sha256, let sizeBytes):
                "the file is ANOTHER one: \(sizeBytes) bytes, SHA-256 \(sha256); received were \(receipt.sizeBytes) bytes, SHA-256 \(receipt.sha256)"
            }
        return [what, signed] + (compared.map { [$0] } ?? [])
    }
}

extension ReceiptProblem {
    fileprivate var words: String {
        switch self {
        case .empty: "it is empty"
        case .notJSON: "it is no JSON of one level"
        case .notAReceipt: "it is JSON of something else"
        case .otherFormat(let format): "its format \(format) is not known here"
        case .badMember(let name): "\(name) is missing, has another form, or does not belong there"
        }
    }
}
