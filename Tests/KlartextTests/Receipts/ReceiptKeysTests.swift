import Foundation
import Testing

@testable import Klartext

/// What a signature proves, by the words of the receipt's own format.
@Suite(.timeLimit(.minutes(1)))
struct ReceiptKeysTests {
    private let seal = Seal(key: [UInt8](repeating: 7, count: 32))

    private func signed(_ signer: ReceiptSigner) throws -> SignedReceipt {
        var receipt = FileReceiptTests.example
        receipt.key = signer.key.id
        return try signer.sign(receipt)
    }

    @Test func `a changed byte, another key and another receipt's signature are found out`() throws {
        let (signer, other) = (ReceiptSigner(at: TestDesk.start), ReceiptSigner(at: TestDesk.start))
        let genuine = try signed(signer)
        #expect(signer.key.judge(genuine) == .genuine(signer.key))
        #expect(other.key.judge(genuine) == .unknownKey)
        var changed = genuine
        changed.receipt.sizeBytes += 1
        #expect(signer.key.judge(changed) == .forged(signer.key))
        changed = genuine
        changed.signature[63] ^= 1
        #expect(signer.key.judge(changed) == .forged(signer.key))
        changed = genuine
        changed.receipt.key = other.key.id
        #expect(other.key.judge(changed) == .forged(other.key))
        changed.signature = [UInt8](repeating: 0, count: 64)
        #expect(signer.key.judge(changed) == .unknownKey)
    }

    @Test func `the secret half opens with its own seal and its own name alone`() throws {
        let signer = ReceiptSigner(at: TestDesk.start)
        let sealed = try signer.sealed(by: seal)
        let opened = try ReceiptSigner(signer.key, sealed: sealed, seal: seal)
        #expect(signer.key.judge(try signed(opened)) == .genuine(signer.key))
        let refused = ReceiptKeyError.cannotBeOpened(signer.key.id)
        #expect(throws: refused) { try ReceiptSigner(signer.key, sealed: sealed, seal: Seal(key: [UInt8](repeating: 8, count: 32))) }
        let other = ReceiptSigner(at: TestDesk.start)
        #expect(throws: ReceiptKeyError.cannotBeOpened(other.key.id)) { try ReceiptSigner(other.key, sealed: sealed, seal: seal) }
        #expect(throws: refused) { try ReceiptSigner(signer.key, sealed: "", seal: seal) }
        #expect(try signer.sealed(by: seal) != sealed, "two boxes with one nonce")
    }

    @Test func `a public key is read as people hand it on`() throws {
        let key = ReceiptSigner(at: TestDesk.start).key
        let base64 = Data(key.publicKey).base64EncodedString()
        let spellings = [
            Hexadecimal.text(key.publicKey), Hexadecimal.text(key.publicKey).uppercased(), base64, " \(base64)\n",
            Base64URL.encode(key.publicKey),
        ]
        for text in spellings { #expect(ReceiptKey.publicKey(text) == key.publicKey, "\(text)") }
        for text in ["", "0123", String(repeating: "g", count: 64), "Ä", String(base64.dropLast(4)), base64 + "AAAA"] {
            #expect(ReceiptKey.publicKey(text) == nil, "\(text)")
        }
    }

    @Test func `published keys are read back, and one under a wrong name is not believed`() throws {
        let (old, new) = (ReceiptSigner(at: TestDesk.start).key, ReceiptSigner(at: TestDesk.start.addingTimeInterval(60)).key)
        let keys = [ReceiptKey(publicKey: old.publicKey, since: old.since, until: new.since), new]
        let published = PublishedKeys(keys, issuer: "https://hilfe.nordlicht.example")
        var read = try JSONDecoder().decode(PublishedKeys.self, from: Data(published.text.utf8))
        #expect(read == published && read.receiptKeys == keys)
        read.keys[1].id = old.id
        #expect(read.receiptKeys == [keys[0]])
    }

    @Test func `the example that the format's description gives is genuine, and is spelt as it says`() throws {
        let page = try String(contentsOfFile: TestDesk.root + "/docs/formats/receipt.md", encoding: .utf8)
        let examples = page.components(separatedBy: "```json\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
        try #require(examples.count == 2)
        let signed = try SignedReceipt(Array(examples[1].utf8))
        #expect(signed.receipt.signedBytes == Array(examples[0].utf8) && signed.document == Array(examples[1].utf8))
        let publicKey = try #require(ReceiptKey.publicKey("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
        let key = ReceiptKey(publicKey: publicKey, since: .distantPast)
        #expect(key.judge(signed) == .genuine(key))
        #expect(
            signed.receipt.sha256 == "256e6045bfe82d84f0301238719efe94aa3b5eec38d5d33575e266991045ea8e" && signed.receipt.sizeBytes == 10)
    }

    @Test func `other programs make the same canonical form, check our signature, and find what was changed`() async throws {
        let signer = ReceiptSigner(at: TestDesk.start)
        let genuine = try signed(signer)
        let verified = try await Self.openSSL(genuine.document, key: signer.key)
        #expect(verified == "Signature Verified Successfully")
        var changed = genuine
        changed.receipt.fileName += "x"
        let refused = try await Self.openSSL(changed.document, key: signer.key)
        #expect(refused == "Signature Verification Failure")
    }

    /// As docs/formats/receipt.md says: Python makes the canonical form, OpenSSL checks the signature.
    private static func openSSL(_ document: [UInt8], key: ReceiptKey) async throws -> String {
        try await withTemporaryDirectory { directory in
            try Data(document).write(to: URL(fileURLWithPath: directory + "/receipt.json"))
            let script = """
                import base64, json, subprocess, sys
                folder, public = sys.argv[1], bytes.fromhex(sys.argv[2])
                receipt = json.load(open(folder + '/receipt.json', encoding='utf-8'))
                open(folder + '/signature', 'wb').write(base64.b64decode(receipt.pop('signature')))
                text = json.dumps(receipt, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
                open(folder + '/signed', 'wb').write(text.encode())
                open(folder + '/key.der', 'wb').write(bytes.fromhex('302a300506032b6570032100') + public)
                done = subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', folder + '/key.der', '-rawin',
                    '-in', folder + '/signed', '-sigfile', folder + '/signature'], capture_output=True, text=True)
                print((done.stdout + done.stderr).strip())
                """
            let arguments = ["-c", script, directory, Hexadecimal.text(key.publicKey)]
            let child = try ChildProcess(
                "/usr/bin/python3", arguments, environment: ["PATH": "/usr/bin:/bin"], named: "openssl", in: directory)
            #expect(try await child.status() == 0, "\(child.complaints)")
            return child.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
