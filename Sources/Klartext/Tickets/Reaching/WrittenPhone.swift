import Foundation

/// A telephone number as somebody wrote it into a text.
struct WrittenPhone: Sendable, Equatable {
    /// As it stands there.
    let written: String
    /// What is dialled: digits, `+` before an international one (RFC 3966 calls the rest visual separators).
    let dialled: String

    /// The same for the same number, with or without the country in front.
    var key: String { dialled.hasPrefix("+49") ? "0" + dialled.dropFirst(3) : dialled }

    /// A mail's signature stands within this; what is beyond is not read.
    private static let mostBytes = 20_000

    /// The numbers in a text, in its order.
    ///
    /// A number is taken for one where it is written as people write them (`+49 171 2345678`, `030 / 12 34 56`) or where a word before it says so; never
    /// where a word says that it is something else.
    static func find(in text: String) -> [WrittenPhone] {
        let bytes = Array(text.utf8.prefix(mostBytes))
        return bytes.split(separator: 0x0A).flatMap { line in
            var scanner = PhoneScanner(line: plain(line))
            return scanner.numbers()
        }
    }

    /// Spaces that do not break, and dashes, as their plain brothers.
    private static func plain(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let text = String(decoding: line, as: UTF8.self)
        return Array(
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { scalar in
                        switch scalar {
                        case "\u{A0}", "\u{202F}", "\u{2009}", "\t": " "
                        case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}": "-"
                        default: scalar
                        }
                    })
            ).utf8)
    }
}

/// Reads one line.
private struct PhoneScanner {
    let line: [UInt8]
    private var position = 0

    init(line: [UInt8]) { self.line = line }

    mutating func numbers() -> [WrittenPhone] {
        var found: [WrittenPhone] = []
        while position < line.count {
            guard begins(at: position) else {
                position += 1
                continue
            }
            let start = position
            let run = take()
            if let number = judge(run, from: start) { found.append(number) }
        }
        return found
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 }

    /// A number begins with a digit, a plus or a bracket, and not within a word, an address or another number.
    private func begins(at index: Int) -> Bool {
        let byte = line[index]
        let isOpening = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "(")
        guard Self.isDigit(byte) || (isOpening && index + 1 < line.count) else { return false }
        guard index > 0 else { return true }
        let before = line[index - 1]
        if before == UInt8(ascii: ":"), index > 1, Self.isDigit(line[index - 2]) { return false }
        return !Self.isDigit(before) && !Self.isLetter(before) && !Array("./-+#@=_&?,".utf8).contains(before)
    }

    /// Digits with at most three separators between two of them.
    private mutating func take() -> ArraySlice<UInt8> {
        let start = position
        var (end, gap) = (start, 0)
        if line[position] == UInt8(ascii: "+") { position += 1 }
        while position < line.count, gap <= 3 {
            let byte = line[position]
            if Self.isDigit(byte) { (end, gap) = (position + 1, 0) } else if Array(" /-().".utf8).contains(byte) { gap += 1 } else { break }
            position += 1
        }
        position = max(end, start + 1)
        return line[start..<max(end, start)]
    }

    private func judge(_ run: ArraySlice<UInt8>, from start: Int) -> WrittenPhone? {
        let end = start + run.count
        if end < line.count, Self.isLetter(line[end]) || line[end] == UInt8(ascii: "@") { return nil }
        let groups = run.split { !Self.isDigit($0) }.map { String(decoding: Array($0), as: UTF8.self) }
        let digits = groups.joined()
        let written = String(decoding: Array(run), as: UTF8.self).trimmingCharacters(in: .whitespaces)
        let label = label(before: start)
        guard label != .other else { return nil }
        let isLabelled = label == .phone
        if run.first == UInt8(ascii: "+") || digits.hasPrefix("00") && !digits.hasPrefix("000") {
            // the zero in brackets is dialled only within the country
            let dialled = (groups.dropFirst().first == "0" ? groups.prefix(1) + groups.dropFirst(2) : groups[...]).joined()
            let number = run.first == UInt8(ascii: "+") ? dialled : String(dialled.dropFirst(2))
            return (8...15).contains(number.utf8.count) && !number.hasPrefix("0")
                ? WrittenPhone(written: written, dialled: "+" + number) : nil
        }
        guard !isDate(groups), isLabelled || !run.contains(UInt8(ascii: ".")) else { return nil }
        let isNational = digits.hasPrefix("0") && (7...13).contains(digits.utf8.count)
        let hasAreaCode = groups.count > 1 && groups.count <= 6 && (3...6).contains(groups[0].utf8.count)
        let isKnown = isLabelled && (6...13).contains(digits.utf8.count)
        return isNational && (isLabelled || hasAreaCode) || isKnown ? WrittenPhone(written: written, dialled: digits) : nil
    }

    /// `01.02.2026`, `01/02/26`
    private func isDate(_ groups: [String]) -> Bool {
        let lengths = groups.map(\.utf8.count)
        return lengths.count == 3 && lengths[0] <= 2 && lengths[1] <= 2 && [2, 4].contains(lengths[2])
    }

    private enum Label { case phone, other }

    /// What the nearest word before says that it is.
    private func label(before start: Int) -> Label? {
        let before = String(decoding: line[max(0, start - 40)..<start], as: UTF8.self).lowercased()
        let phone = Self.phoneWords.compactMap { before.range(of: $0, options: .backwards)?.upperBound }.max()
        let other = Self.otherWords.compactMap { before.range(of: $0, options: .backwards)?.upperBound }.max()
        guard let phone else { return other == nil ? nil : .other }
        return other.map { $0 > phone } == true ? .other : .phone
    }

    private static let phoneWords = [
        "tel", "fon", "phone", "mobil", "handy", "cell", "anruf", "rufnummer", "rufen", "call", "erreich", "reach", "whatsapp", "durchwahl",
    ]
    private static let otherWords = [
        "fax", "iban", "kunden", "bestell", "auftrag", "rechnung", "sendung", "paket", "tracking", "vorgang", "ticket", "order", "invoice",
        "konto", "account", "blz", "ust", "hrb", "steuer", "vertrag", "contract", "customer", "parcel", "shipment", "serien", "serial",
        "version",
    ]
}
