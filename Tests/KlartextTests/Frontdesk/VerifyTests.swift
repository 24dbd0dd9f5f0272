import Foundation
import HTTPTypes
import Testing

@testable import Klartext

/// Receipts on the customers' pages, on paper, and on the page where anybody can have them checked.
@Suite(.timeLimit(.minutes(2)))
struct VerifyTests {
    private let proof = Browser.File(name: "Beleg „1“.txt", bytes: Array("Kaufbeleg\n".utf8))

    /// A request with a file: the private page's path, the receipt's, and the receipt.
    private func asked(_ browser: Browser) async throws -> (page: String, receipt: String, document: [UInt8]) {
        let path = try await browser.ask(files: [proof])
        let page = try await browser.get(path)
        let link = try #require(
            page.text.components(separatedBy: "class=\"receipt-link\" href=\"").dropFirst().first?.prefix { $0 != "\"" })
        let download = try await browser.get("\(link)/download")
        #expect(download.status == .ok && download.headers[.contentType] == "application/json")
        #expect(download.headers[.contentDisposition]?.contains("attachment; filename=\"Beleg _1_.txt.receipt.json\"") == true)
        return (path, String(link), download.bytes)
    }

    private func check(_ browser: Browser, _ document: [UInt8], file: Browser.File? = nil) async throws -> Page {
        let files = file.map { [$0] } ?? []
        return try await browser.post("/verify", [("receipt", String(decoding: document, as: UTF8.self))], files: files, input: "file")
    }

    @Test func `the private page and the answer to the form lead to the receipt, which says what was received`() async throws {
        try await Browser.with { browser in
            let sent = try await browser.post("/request", Browser.filled(try await browser.stamp()), files: [proof])
            let path = try #require(sent.privatePath)
            #expect(sent.says("href=\"\(path)/receipts/1\""))
            let page = try await browser.get("\(path)/receipts/1")
            #expect(page.status == .ok && page.headers[.referrerPolicy] == "no-referrer")
            for part in [
                "256e6045bfe82d84f0301238719efe94aa3b5eec38d5d33575e266991045ea8e", "Beleg „1“.txt", "<dd>10 Byte</dd>", "#100-014",
                "Ed25519",
                "2026-11-23T08:12:30.000Z", "/receipts/1/download",
            ] {
                #expect(page.says(part), "\(part)")
            }
        }
    }

    @Test func `nobody reads a receipt with another ticket's link, nor a file's that has none`() async throws {
        try await Browser.with { browser in
            let (page, receipt, _) = try await asked(browser)
            let other = try await browser.ask(subject: "Etwas anderes")
            #expect(try await browser.get("\(other)/receipts/1").status == .notFound)
            #expect(try await browser.get("\(page)/receipts/2").status == .notFound)
            #expect(try await browser.get("\(page)/receipts/x/download").status == .notFound)
            #expect(try await browser.get(receipt).status == .ok)
        }
    }

    @Test func `a receipt is genuine, with its file, with another file, and changed`() async throws {
        try await Browser.with { browser in
            let document = try await asked(browser).document
            let alone = try await check(browser, document)
            #expect(alone.status == .ok && alone.says("Die Quittung ist echt.") && alone.says("Was in der Quittung steht"))
            let same = try await check(browser, document, file: proof)
            #expect(same.status == .ok && same.says("die Datei ist genau diese") && same.says("notice is-ok"))
            let other = try await check(browser, document, file: .init(name: "x.txt", bytes: Array("Kaufbeleg".utf8)))
            #expect(other.says("aber die Datei ist eine andere") && other.says("notice is-bad") && other.says("9 Byte"))
            let changed = Array(
                String(decoding: document, as: UTF8.self).replacingOccurrences(of: "\"sizeBytes\":10", with: "\"sizeBytes\":11").utf8)
            let forged = try await check(browser, changed, file: proof)
            #expect(forged.says("Die Quittung ist nicht echt.") && !forged.says("Was in der Quittung steht"))
            // an uploaded receipt counts, and one that was spaced anew is the same
            let pretty = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(document)), options: .prettyPrinted)
            let chosen = try await browser.post(
                "/verify", [("receipt", "")], files: [.init(name: "r.json", bytes: Array(pretty))], input: "receiptFile")
            #expect(chosen.status == .ok && chosen.says("Die Quittung ist echt."))
        }
    }

    @Test func `a receipt of somebody else is not judged, and one that only names us is not believed`() async throws {
        try await Browser.with { browser in
            let signer = ReceiptSigner(at: TestDesk.start)
            var receipt = FileReceiptTests.example
            receipt.key = signer.key.id
            let ours = try await check(browser, try signer.sign(receipt).document)
            #expect(ours.status == .ok && ours.says("ist keiner von unseren, obwohl die Quittung uns nennt"))
            receipt.url = "https://elsewhere.example"
            let other = try await check(browser, try signer.sign(receipt).document)
            #expect(other.says("Die Quittung ist nicht von uns.") && other.says("https://elsewhere.example"))
            #expect(!other.says("href=\"https://elsewhere.example"), "a stranger's address is no link of ours")
            let sheet = try await browser.get("/verify/sheet?receipt=\(Base64URL.encode(try signer.sign(receipt).document))")
            #expect(!sheet.says("class=\"sheet"), "nobody prints a forgery on our paper")
        }
    }

    @Test(arguments: [
        ("", "Fügen Sie den Text der Quittung ein"), ("Guten Tag", "Das ist keine vollständige Quittung."),
        ("{\"a\":1}", "Das ist keine Quittung"),
        ("{\"format\":\"klartext-receipt/9\"}", "klartext-receipt/9"), ("{\"format\":\"klartext-receipt/1\"}", "company"),
    ])
    func `what is no receipt is said to be none`(text: String, words: String) async throws {
        try await Browser.with { browser in
            let page = try await check(browser, Array(text.utf8))
            #expect(page.status == .unprocessableContent && page.says(words) && page.says("role=\"alert\""))
            if !text.isEmpty { #expect(page.says("\n\(HTML(text: text).string)</textarea>")) }
        }
    }

    @Test func `nothing is kept of a file that is only compared, and one that is too large is refused`() async throws {
        try await Browser.with(rules: FormRules(fileBytes: 100_000)) { browser in
            let document = try await asked(browser).document
            let before = try await browser.test.desk.files.digests()
            let secret = Browser.File(name: "geheim.txt", bytes: [UInt8](repeating: 7, count: 50_000))
            #expect(try await check(browser, document, file: secret).says("eine andere"))
            let large = try await check(browser, document, file: .init(name: "groß", bytes: [UInt8](repeating: 7, count: 200_000)))
            #expect(large.status == .unprocessableContent && large.says("zu groß"))
            #expect(try await browser.test.desk.files.digests() == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: browser.test.desk.files.incomingPath) == [])
        }
    }

    @Test func `looking changes nothing and is not counted, checking is counted by network`() async throws {
        try await Browser.with(rules: FormRules(checksPerNetwork: 2)) { browser in
            let document = try await asked(browser).document
            let path = "/verify?receipt=\(Base64URL.encode(document))"
            for _ in 1...5 { #expect(try await browser.get(path).says("Die Quittung ist echt.")) }
            for _ in 1...2 { #expect(try await check(browser, document).status == .ok) }
            let third = try await check(browser, document)
            #expect(third.status == .tooManyRequests && third.headers[.retryAfter] != nil)
            var other = browser
            other.peer = "198.51.100.1"
            #expect(try await check(other, document).status == .ok)
        }
    }

    @Test func `the sheet tells what the receipt says, and knows no private link`() async throws {
        try await Browser.with { browser in
            let (path, receipt, document) = try await asked(browser)
            let page = try await browser.get(receipt)
            let sheetPath = "/verify/sheet?receipt=\(Base64URL.encode(document))"
            #expect(page.says("href=\"\(sheetPath)\""))
            let sheet = try await browser.get(sheetPath)
            #expect(sheet.status == .ok && sheet.says("class=\"qr\"") && sheet.says("Beleg „1“.txt"))
            #expect(!sheet.says(path) && !sheet.says("/t/"))
            let english = try await browser.get(sheetPath + "&lang=en")
            #expect(english.says("Check it with a phone"))
        }
    }

    @Test func `the public keys are there for everybody, the old ones too`() async throws {
        try await Browser.with { browser in
            let empty = try await browser.get(VerifyRoutes.keysPath)
            #expect(try JSONDecoder().decode(PublishedKeys.self, from: Data(empty.bytes)).keys.isEmpty)
            let document = try await asked(browser).document
            let old = try SignedReceipt(document)
            _ = try await browser.test.desk.receipts.rotateKey()
            let page = try await browser.get(VerifyRoutes.keysPath)
            #expect(page.headers[.contentType] == "application/json")
            let keys = try JSONDecoder().decode(PublishedKeys.self, from: Data(page.bytes)).receiptKeys
            #expect(keys.count == 2 && ReceiptVerdict(old, keys: keys, file: nil).isGood)
            let checked = try await check(browser, document)
            #expect(checked.says("benutzt haben"))
        }
    }
}
