import Crypto
import Foundation
import HTTPTypes

@testable import Klartext

extension KillLoad {
    /// Asks by the form, again and again, now and then with a file.
    func ask(stamp: String, times: Int = .max) async {
        for _ in 0..<times {
            if isOver { return }
            let number = next()
            let text = "Anfrage \(number)."
            let file =
                number % 3 == 0
                ? Browser.File(name: "beleg-\(number).bin", bytes: Self.noise(number, bytes: number % 4 == 0 ? 300_000 : 5_000)) : nil
            let fields = Browser.filled(stamp, subject: "Anfrage", text: text, address: "frage\(number)@kunde.example")
            // Each from a network of its own, so that the limits of the form are never reached.
            let network = "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
            note { $0.attempted.insert(text) }
            await persist(isPatient: number % 8 != 0) { doors in
                let page = try await WebVisitor(port: doors.web, address: network).post("/request", fields, files: file.map { [$0] } ?? [])
                guard let taken = page.number else {
                    if page.status != .serviceUnavailable { note { $0.surprises.append("form: \(page.status) \(page.text)") } }
                    return false
                }
                let request = Written(text: text, number: taken, file: file.map { Self.digest($0.bytes) })
                note { $0.requests.append(request) }
                return true
            }
        }
    }

    /// Delivers mails over one connection after the other, some of them large.
    func deliver(times: Int = .max) async {
        var open: (postman: Postman, doors: Int)?
        for _ in 0..<times {
            if isOver { return }
            let number = next()
            let (text, id) = ("Mail \(number).", "mail-\(number)@kunde.example")
            let filler = number % 12 == 0 ? String(repeating: "\r\n" + String(repeating: "x", count: 70), count: 1_200) : ""
            let sender = "mail\(number)@kunde.example"
            let mail = Postman.mail(from: sender, subject: "Frage", id: id, text: text + filler)
            note { $0.attempted.insert(id) }
            await persist(isPatient: number % 8 != 0) { doors in
                if open?.doors != doors.mail { open = (try await Postman(.lmtp, port: doors.mail), doors.mail) }
                do {
                    try await open?.postman.deliver(mail, from: sender, to: DemoCast.supportAddress)
                } catch {
                    open = nil
                    if let refused = error as? Postman.Refused, !refused.reply.hasPrefix("4") {
                        note { $0.surprises.append("mail: \(refused)") }
                    }
                    throw error
                }
                // The last line's end belongs to the end of the data.
                let delivered = Delivered(id: id, digest: Self.digest(mail + [13, 10]))
                note { $0.mails.append(delivered) }
                return true
            }
        }
    }

    /// Answers customers, the newest first. A reply that was taken without our hearing of it is refused as overtaken when it is sent again.
    func answer(cookie: String, times: Int = .max) async {
        var left = times
        while !isOver, left > 0 {
            guard let ticket = ledger.requests.last?.number else {
                try? await Task.sleep(for: .milliseconds(20))
                continue
            }
            left -= 1
            let text = "Antwort \(next())."
            note { $0.attempted.insert(text) }
            var form: [(String, String)]?
            await persist { doors in
                let agent = WebVisitor(port: doors.web, cookie: cookie)
                if form == nil {
                    let page = try await agent.get("/desk/tickets/\(ticket.rawValue)")
                    if page.status == .serviceUnavailable { return false }
                    guard let seen = page.values("seen").first, let next = page.values("nextContactAt").first else {
                        note { $0.surprises.append("desk: \(page.status) \(page.text)") }
                        return false
                    }
                    form = [("text", text), ("turn", "us"), ("seen", seen), ("nextContactAt", next)]
                }
                let answer = try await agent.post("/desk/tickets/\(ticket.rawValue)/reply", form ?? [])
                let isSent = answer.headers[.location]?.contains("done=reply") == true
                if answer.status == .serviceUnavailable { return false }
                guard isSent || answer.status == .conflict else {
                    note { $0.surprises.append("reply: \(answer.status) \(answer.text)") }
                    return false
                }
                note { $0.replies.append(Written(text: text, number: ticket)) }
                return true
            }
        }
    }

    private static func digest(_ bytes: [UInt8]) -> String { FileStore.hexadecimal(SHA256.hash(data: bytes)) }

    /// Bytes that no other file has.
    private static func noise(_ number: Int, bytes: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(number))
        return (0..<bytes / 8).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) }
    }
}

/// Random numbers that are the same for the same seed (SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
