import Foundation

/// A postal address in Germany, Austria or Switzerland as it stands in a text, in its lines.
struct PostalAddress: Sendable, Hashable {
    /// Name (where it stands above), street, postcode and town.
    let lines: [String]

    /// Longer lines are no part of an address, and what is beyond so many is not read.
    private static let mostLineBytes = 80
    private static let mostLines = 400

    /// The last address in a text: that of a signature stands below all others.
    static func find(in text: String) -> PostalAddress? {
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(mostLines).map {
            String(decoding: Array($0), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return lines.indices.reversed().lazy.compactMap { address(endingAt: $0, in: lines) }.first
    }

    private static func address(endingAt index: Int, in lines: [String]) -> PostalAddress? {
        let line = lines[index]
        guard line.utf8.count <= mostLineBytes else { return nil }
        // on one line, "Hauptstraße 5, 10115 Berlin"
        if let comma = line.lastIndex(of: ",") {
            let street = String(line[..<comma]).trimmingCharacters(in: .whitespaces)
            let town = String(line[line.index(after: comma)...]).trimmingCharacters(in: .whitespaces)
            if isTown(town), isStreet(street) { return PostalAddress(lines: name(above: index, in: lines) + [street, town]) }
        }
        guard isTown(line), index > 0, isStreet(lines[index - 1]) else { return nil }
        return PostalAddress(lines: name(above: index - 1, in: lines) + [lines[index - 1], line])
    }

    /// `10115 Berlin`, `A-1010 Wien`, `CH-8001 Zürich`
    private static func isTown(_ line: String) -> Bool {
        let regex = /(?:(?:D|DE|A|AT|CH)[- ])?\d{4,5} \p{Lu}[\p{L} .()\/-]{1,50}/.matchingSemantics(.unicodeScalar)
        return line.utf8.count <= mostLineBytes && line.wholeMatch(of: regex) != nil
    }

    /// `Hauptstraße 5a`, `Am Wall 12-14`
    private static func isStreet(_ line: String) -> Bool {
        let regex = /\p{L}[\p{L} .'-]{2,50} \d{1,4} ?[a-zA-Z]?(?:[-\/] ?\d{1,4}[a-zA-Z]?)?/.matchingSemantics(.unicodeScalar)
        return line.utf8.count <= mostLineBytes && line.wholeMatch(of: regex) != nil
    }

    /// Two to five words that begin with capitals.
    private static func name(above index: Int, in lines: [String]) -> [String] {
        guard index > 0, lines[index - 1].utf8.count <= mostLineBytes else { return [] }
        let words = lines[index - 1].split(separator: " ")
        let isName = (2...5).contains(words.count) && words.allSatisfy { $0.unicodeScalars.first?.properties.isUppercase == true }
        return isName && !lines[index - 1].utf8.contains { (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x3A } ? [lines[index - 1]] : []
    }
}
