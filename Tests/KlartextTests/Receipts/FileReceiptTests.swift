import Foundation
import Testing

@testable import Klartext

/// What a receipt says, and what is none.
@Suite(.timeLimit(.minutes(1)))
struct FileReceiptTests {
    static let example = FileReceipt(
        company: "Nordlicht Hosting", url: "https://hilfe.nordlicht.example", ticket: "100-014", fileName: "Kaufbeleg „Jacke“.pdf",
        sizeBytes: 412_345, sha256: String(repeating: "9f2c41ab", count: 8), receivedAt: Date(timeIntervalSince1970: 1_795_421_550.123),
        key: "0123456789abcdef")

    private func problem(_ text: String) -> ReceiptProblem? {
        do {
            _ = try SignedReceipt(Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test func `a receipt has one form`() {
        let signed = SignedReceipt(receipt: Self.example, signature: Array(0..<64))
        #expect(
            String(decoding: signed.document, as: UTF8.self)
                == #"{"company":"Nordlicht Hosting","fileName":"Kaufbeleg „Jacke“.pdf","format":"klartext-receipt/1","key":"0123456789abcdef","#
                + #""receivedAt":"2026-11-23T08:12:30.123Z","sha256":"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab","#
                + #""signature":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==","#
                + #""sizeBytes":412345,"ticket":"100-014","url":"https://hilfe.nordlicht.example"}"#)
        #expect(signed.receipt.signedBytes.firstRange(of: Array("signature".utf8)) == nil)
    }

    @Test func `a receipt that was spaced and ordered anew says the same`() throws {
        let signed = SignedReceipt(receipt: Self.example, signature: Array(0..<64))
        let value = try JSONSerialization.jsonObject(with: Data(signed.document))
        let pretty = try JSONSerialization.data(withJSONObject: value, options: [.prettyPrinted])
        let read = try SignedReceipt(pretty)
        #expect(read == signed)
        #expect(read.receipt.signedBytes == Self.example.signedBytes)
    }

    @Test(arguments: [
        ("", ReceiptProblem.empty), (" \r\n", .empty), ("Hallo", .notJSON), ("[1]", .notJSON), ("{}", .notAReceipt),
        (#"{"format":"invoice/1"}"#, .notAReceipt), (#"{"format":1}"#, .notAReceipt),
        (#"{"format":"klartext-receipt/2"}"#, .otherFormat("klartext-receipt/2")),
        (#"{"format":"klartext-receipt/1"}"#, .badMember("company")),
    ])
    func `what is no receipt is told apart`(text: String, expected: ReceiptProblem) {
        #expect(problem(text) == expected)
    }

    @Test(arguments: [
        ("9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab", "9F2C41ab", "sha256"), ("0123456789abcdef", "0123", "key"),
        ("412345", "\"412345\"", "sizeBytes"), ("2026-11-23T08:12:30.123Z", "2026-02-30T08:12:30.123Z", "receivedAt"),
        ("2026-11-23T08:12:30.123Z", "2026-11-23T09:12:30.123+01:00", "receivedAt"),
        ("2026-11-23T08:12:30.123Z", "2026-11-23T08:12:60.123Z", "receivedAt"),
        ("2026-11-23T08:12:30.123Z", "2026-11-23T08:12:30,123Z", "receivedAt"), ("\"ticket\":\"100-014\"", "\"ticket\":\"\"", "ticket"),
        ("\"ticket\":", "\"note\":\"unseen\",\"ticket\":", "note"), ("\"url\":", "\"URL\":", "url"), ("Pw==", "Px==", "signature"),
        ("Pw==", "Pw=", "signature"), ("AAEC", "", "signature"), ("\"signature\"", "\"Signature\"", "Signature"),
    ])
    func `a receipt with a member that is not as it must be is none`(part: String, other: String, member: String) {
        let whole = String(decoding: SignedReceipt(receipt: Self.example, signature: Array(0..<64)).document, as: UTF8.self)
        #expect(whole.contains(part))
        #expect(problem(whole.replacingOccurrences(of: part, with: other)) == .badMember(member))
    }

    @Test func `times are written to the millisecond and read back the same`() {
        for milliseconds in [0, 1, 999, 1000, 1_795_421_550_123, 253_402_300_799_999, -1, -86_400_001] {
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            #expect(ReceiptTime.date(ReceiptTime.text(date)) == date, "\(milliseconds)")
        }
        #expect(ReceiptTime.text(Date(timeIntervalSince1970: 1_709_164_799.999)) == "2024-02-28T23:59:59.999Z")
        #expect(
            ReceiptTime.date("") == nil && ReceiptTime.date("2026-11-23T08:12:30.1234Z") == nil && ReceiptTime.date("ÄÄÄÄÄÄÄÄÄÄÄÄ") == nil)
    }

    @Test func `a file is the one, or another one`() {
        let receipt = Self.example
        #expect(ReceiptVerdict.File(receipt, sha256: receipt.sha256, sizeBytes: receipt.sizeBytes) == .same)
        #expect(ReceiptVerdict.File(receipt, sha256: receipt.sha256, sizeBytes: 1) == .other(sha256: receipt.sha256, sizeBytes: 1))
        let key = ReceiptKey(id: receipt.key, publicKey: [], since: .distantPast)
        let other = ReceiptVerdict.File.other(sha256: "", sizeBytes: 0)
        let signatures: [ReceiptVerdict.Signature] = [.genuine(key), .forged(key), .unknownKey]
        let good = signatures.map { signature in
            [.notGiven, .same, other].map { ReceiptVerdict(receipt: receipt, signature: signature, file: $0).isGood }
        }
        #expect(good == [[true, true, false], [false, false, false], [false, false, false]])
    }
}
