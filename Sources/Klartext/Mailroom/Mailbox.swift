import Foundation
import Mail

/// The address customers write to, and the signed marks that Klartext puts into mail to know its own again.
///
/// A reply address is `support+100014.MARK@…`, an envelope sender `support+b12.MARK@…`, a Message-ID `<l12.MARK@…>`: a number in the clear, so that a person
/// can read it, and 80 bits of HMAC, so that nobody can make one up.
struct Mailbox: Sendable {
    var address: Address
    /// Whom customers read as the sender.
    var company: String
    var seal: Seal
    /// Where requests that come by it wait.
    var queue = Queue.generalName
    /// For mails that do not tell theirs.
    var language: Language?
    /// What stands below letters, the sender's name where there is none.
    var signature: [Language: String] = [:]

    /// Tells it from others, in the database too.
    var key: String { address.key }

    func signature(_ language: Language) -> String { signature[language] ?? company }

    private static let markBits = 80

    /// Where an answer to a conversation's letters goes.
    func replyAddress(conversation: Int64) -> String {
        detailed("\(conversation).\(seal.mark("reply", String(conversation), bits: Self.markBits))")
    }

    /// The envelope sender of a letter, so that a bounce says which letter it is about even when it quotes nothing (VERP).
    func returnPath(letter: Int64) -> String { detailed("b\(letter).\(seal.mark("letter", String(letter), bits: Self.markBits))") }

    /// The envelope sender of a notice to somebody who asked to be told of incidents, so that a bounce says which one it is about.
    func returnPath(notice: Int64) -> String { detailed("n\(notice).\(seal.mark("notice", String(notice), bits: Self.markBits))") }

    /// The Message-ID of a notice: the same however often it is tried.
    func messageID(notice: Int64) -> MessageID {
        MessageID(rawValue: "n\(notice).\(seal.mark("notice", String(notice), bits: Self.markBits))@\(address.domain)")
    }

    /// What all notices of one story refer to, so that mail programs show them together; no mail has it.
    func threadRoot(story: String) -> MessageID {
        MessageID(rawValue: "s.\(seal.mark("story", story, bits: Self.markBits))@\(address.domain)")
    }

    /// The Message-ID of a letter, without angle brackets.
    func messageID(letter: Int64) -> MessageID {
        MessageID(rawValue: "\(envelopeID(letter: letter))@\(address.domain)")
    }

    /// The name a letter's envelope bears (ENVID, RFC 3461 section 4.4): reports repeat it, also those that quote nothing. Needs no encoding.
    func envelopeID(letter: Int64) -> String { "l\(letter).\(seal.mark("letter", String(letter), bits: Self.markBits))" }

    /// What a recipient of incoming mail says about where the mail belongs.
    enum Recipient: Equatable, Sendable {
        case mailbox
        case conversation(Int64)
        case letter(Int64)
        case notice(Int64)
        /// Has the form of a mark but not one that we made.
        case forged
        /// Not an address of ours.
        case foreign
    }

    func recognise(_ recipient: String) -> Recipient {
        guard let given = Address(recipient) else { return .foreign }
        guard given.domain.lowercased() == address.domain.lowercased() else { return .foreign }
        let local = given.localPart.lowercased()
        let own = address.localPart.lowercased()
        if local == own || local == "postmaster" { return .mailbox }
        guard local.utf8.starts(with: (own + "+").utf8) else { return .foreign }
        let detail = String(decoding: local.utf8.dropFirst(own.utf8.count + 1), as: UTF8.self)
        guard let (word, mark) = Self.marked(detail) else { return .mailbox }
        if let number = Int64(word) { return seal.isGenuine(mark, "reply", word, bits: Self.markBits) ? .conversation(number) : .forged }
        if word.utf8.first == UInt8(ascii: "n"), let notice = Int64(word.dropFirst()) {
            return seal.isGenuine(mark, "notice", String(notice), bits: Self.markBits) ? .notice(notice) : .forged
        }
        guard word.utf8.first == UInt8(ascii: "b"), let letter = Int64(word.dropFirst()) else { return .mailbox }
        return seal.isGenuine(mark, "letter", String(letter), bits: Self.markBits) ? .letter(letter) : .forged
    }

    /// The letter a Message-ID belongs to, if it is one of ours.
    func letter(of id: MessageID) -> Int64? {
        let parts = id.rawValue.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, parts[1].lowercased() == address.domain.lowercased() else { return nil }
        return letter(ofEnvelope: String(parts[0]))
    }

    /// The letter an envelope's name belongs to, if it is one of ours.
    func letter(ofEnvelope id: String) -> Int64? {
        // four times as long as any of ours
        guard id.utf8.count <= 160, let (word, mark) = Self.marked(id.lowercased()) else { return nil }
        guard word.utf8.first == UInt8(ascii: "l"), let letter = Int64(word.dropFirst()) else { return nil }
        return seal.isGenuine(mark, "letter", String(letter), bits: Self.markBits) ? letter : nil
    }

    private func detailed(_ detail: String) -> String { "\(address.localPart)+\(detail)@\(address.domain)" }

    /// Splits `word.mark` with a mark of the right length.
    private static func marked(_ text: String) -> (word: String, mark: String)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[1].utf8.count == markBits / 5 else { return nil }
        return (parts[0], parts[1])
    }
}
