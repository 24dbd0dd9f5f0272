import Crypto
import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct UploadTicketTests {
    private let key = SymmetricKey(data: Array("0123456789abcdef0123456789abcdef".utf8))
    private let now = Date(timeIntervalSince1970: 1_795_442_700)
    private var ticket: UploadTicket {
        UploadTicket(
            digest: String(repeating: "0a", count: 32), name: "Übersicht \"neu\".pdf", sizeBytes: 1234, type: "application/pdf",
            issuedAt: now)
    }

    @Test func `a ticket comes back as it went`() {
        let text = ticket.signed(with: key)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        #expect(text.utf8.allSatisfy(alphabet.utf8.contains))
        #expect(UploadTicket(text, key: key, now: now, maxAgeSeconds: 60) == ticket)
    }

    @Test func `a ticket has its time`() {
        let text = ticket.signed(with: key)
        #expect(UploadTicket(text, key: key, now: now.addingTimeInterval(60), maxAgeSeconds: 60) != nil)
        #expect(UploadTicket(text, key: key, now: now.addingTimeInterval(61), maxAgeSeconds: 60) == nil)
        #expect(UploadTicket(text, key: key, now: now.addingTimeInterval(-61), maxAgeSeconds: 60) == nil)
    }

    @Test func `another key opens nothing`() {
        #expect(UploadTicket(ticket.signed(with: SymmetricKey(size: .bits256)), key: key, now: now, maxAgeSeconds: 60) == nil)
    }

    @Test func `no character can be changed, added or left out`() {
        let text = Array(ticket.signed(with: key).utf8)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(UploadTicket(String(decoding: changed, as: UTF8.self), key: key, now: now, maxAgeSeconds: 60) == nil)
        }
        for length in 0..<text.count {
            #expect(UploadTicket(String(decoding: text.prefix(length), as: UTF8.self), key: key, now: now, maxAgeSeconds: 60) == nil)
        }
        #expect(UploadTicket(String(decoding: text, as: UTF8.self) + "A", key: key, now: now, maxAgeSeconds: 60) == nil)
    }

    @Test(arguments: ["", "=", "A", "äöü", String(repeating: "A", count: 100_000)])
    func `nonsense opens nothing`(_ text: String) {
        #expect(UploadTicket(text, key: key, now: now, maxAgeSeconds: 60) == nil)
    }

    @Test func `base64url has one spelling for each value`() {
        for count in 0..<20 {
            let bytes = [UInt8](repeating: 0xFB, count: count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.decode("-_8") == [0xFB, 0xFF])
        #expect(Base64URL.decode("-_9") == nil)
        #expect(Base64URL.decode("-_8=") == nil)
        #expect(Base64URL.decode("+/8") == nil)
    }
}
