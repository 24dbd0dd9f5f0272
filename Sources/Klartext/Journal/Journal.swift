import Crypto
import Foundation

/// Something that happened, in the past tense; what a feature's journal may say is an enum of such events.
protocol JournalEvent: Codable, Sendable {
    /// The event's name in the journal, such as `solved`.
    var name: String { get }
}

/// One line of the journal: what happened to which subject, when, by whom, chained to the line before.
struct JournalEntry: Sendable, Equatable {
    var sequence: Int64
    var happenedAt: Date
    /// The kind and number of what it is about: `ticket/100014`.
    var subject: String
    var actor: String
    var event: String
    /// The event as JSON with sorted keys.
    var body: String
    /// The hash of the line before, 64 hexadecimal digits; zeros before the first.
    var previous: String
    var hash: String

    static let beginning = String(repeating: "0", count: 64)

    /// The SHA-256 of everything the line says, the hash of the line before included, so that no line can be changed, added between or taken out unseen.
    static func hash(
        sequence: Int64, happenedAt: Date, subject: String, actor: String, event: String, body: String, previous: String
    ) -> String {
        let milliseconds = Int64((happenedAt.timeIntervalSince1970 * 1000).rounded())
        // 0x1F cannot occur in JSON nor in the other fields, so that no two lines read the same when joined
        let line = "\(previous)\u{1F}\(sequence)\u{1F}\(milliseconds)\u{1F}\(subject)\u{1F}\(actor)\u{1F}\(event)\u{1F}\(body)"
        return Hexadecimal.text(SHA256.hash(data: Data(line.utf8)))
    }

    var isIntact: Bool {
        hash
            == Self.hash(
                sequence: sequence, happenedAt: happenedAt, subject: subject, actor: actor, event: event, body: body, previous: previous)
    }

    /// The event itself.
    /// - Throws: `DecodingError` when the body is not one of `Event`'s.
    func decoded<Event: JournalEvent>(as _: Event.Type) throws -> Event {
        try JSONDecoder.journal.decode(Event.self, from: Data(body.utf8))
    }
}

extension JSONEncoder {
    /// Sorted keys, times in whole milliseconds: the same value always gives the same bytes.
    static let journal: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return encoder
    }()
}

extension JSONDecoder {
    /// Reads what `JSONEncoder.journal` writes.
    static let journal: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            Date(timeIntervalSince1970: Double(try decoder.singleValueContainer().decode(Int64.self)) / 1000)
        }
        return decoder
    }()
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(64)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }
}
