/// One thing a server says: a line, with the literals that interrupt it (RFC 9051 section 7).
struct IMAPResponse: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        /// Without the `{n}` that announces the literal behind it.
        case text([UInt8])
        case literal([UInt8])
    }

    var pieces: [Piece]

    init(_ pieces: [Piece]) { self.pieces = pieces }

    /// What the response is.
    enum Kind: Sendable, Equatable {
        /// `+ ...`: go on.
        case continuation(text: String)
        /// `* OK ...`, `* BYE ...`: about the connection as a whole.
        case status(IMAPStatus)
        /// `* 12 FETCH ...`, `* SEARCH ...`: data, told by its word in capitals and the number before it.
        case data(word: String, number: UInt32?)
        /// The end of a command.
        case tagged(String, IMAPStatus)
        case unknown
    }

    var kind: Kind {
        var reader = IMAPReader(self)
        guard let first = reader.word() else { return .unknown }
        if first == "+" { return .continuation(text: Self.printable(reader.rest())) }
        guard let second = reader.word() else { return .unknown }
        if let condition = IMAPStatus.Condition(rawValue: second.uppercased()) {
            let status = IMAPStatus(condition, reader.rest())
            return first == "*" ? .status(status) : .tagged(first, status)
        }
        guard first == "*" else { return .unknown }
        guard let number = UInt32(second) else { return .data(word: second.uppercased(), number: nil) }
        return reader.word().map { .data(word: $0.uppercased(), number: number) } ?? .unknown
    }

    /// What stands behind the words that ``kind`` has read.
    var values: [IMAPValue]? {
        var reader = IMAPReader(self)
        guard reader.word() == "*", let second = reader.word() else { return nil }
        if UInt32(second) != nil { _ = reader.word() }
        return reader.values()
    }

    /// A server's words end up in logs and on pages: no control character gets that far, and no more than can be read.
    static func printable(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(300).map { ASCII.isControl($0) ? 0x20 : $0 }, as: UTF8.self)
    }
}

/// How a command ended, or what a server says on its own (RFC 9051 section 7.1).
struct IMAPStatus: Sendable, Equatable {
    enum Condition: String, Sendable { case ok = "OK", no = "NO", bad = "BAD", bye = "BYE", preauth = "PREAUTH" }

    var condition: Condition
    /// What stands in brackets, `UIDVALIDITY 3857529045`; the word in capitals.
    var code: (word: String, value: String)?
    /// For people.
    var text: String

    init(_ condition: Condition, _ rest: [UInt8]) {
        self.condition = condition
        var rest = ASCII.trimmed(rest[...])
        if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
            let inside = rest[(rest.startIndex + 1)..<end].split(separator: 0x20, maxSplits: 1)
            let word = inside.first.map { String(decoding: $0, as: UTF8.self).uppercased() } ?? ""
            code = (word, inside.count == 2 ? String(decoding: inside[1], as: UTF8.self) : "")
            rest = ASCII.trimmed(rest[(end + 1)...])
        }
        text = IMAPResponse.printable(Array(rest))
    }

    static func == (a: IMAPStatus, b: IMAPStatus) -> Bool {
        a.condition == b.condition && a.text == b.text && a.code?.word == b.code?.word && a.code?.value == b.code?.value
    }

    /// In one line: `[OVERQUOTA] Not enough space`.
    var words: String {
        guard let code, !["CAPABILITY", "ALERT"].contains(code.word) else { return text }
        return IMAPResponse.printable(Array("[\(code.word)\(code.value.isEmpty ? "" : " " + code.value)] \(text)".utf8))
    }
}
