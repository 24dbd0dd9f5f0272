import Foundation

/// Times with a slip of the finger in them: "Donerstag", "tommorow", "spätstens". Read as what they are nearest to, where that is one word
/// only; a day that was passed over would leave the time beside it standing for today.
enum PhraseTypo {
    /// Words of at least seven letters, or of six that no other word is like.
    private static let targets: [Language: [[UInt8]]] = [
        .de: of(
            """
            montag dienstag mittwoch donnerstag freitag samstag sonntag uebermorgen spaetestens vormittag nachmittag
            innerhalb werktagen dezember november oktober september februar januar feierabend wochenende
            """),
        .en: of(
            """
            monday tuesday wednesday thursday friday saturday sunday tomorrow afternoon december november october september february january
            """),
    ]

    /// Words that are as near, and are meant.
    private static let words: Set = [
        "montage", "montagen", "sonntage", "freitage", "sundry",
    ]

    private static func of(_ text: String) -> [[UInt8]] { text.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) } }

    static func corrected(_ tokens: [PhraseToken], _ language: Language) -> [PhraseToken] {
        tokens.map { token in
            guard token.kind == .word, let text = corrected(token.text, language) else { return token }
            return PhraseToken(
                kind: .word, text: text, range: token.range, isApart: token.isApart, lineEnds: token.lineEnds, isCapital: token.isCapital,
                value: nil)
        }
    }

    /// nil where a word is right, or is like none or several.
    static func corrected(_ text: String, _ language: Language) -> String? {
        let word = Array(text.utf8)
        guard (5...13).contains(word.count), !words.contains(text) else { return nil }
        let near = (targets[language] ?? []).filter { isNear(word, $0) }
        guard near.count == 1, near[0] != word else { return nil }
        return String(decoding: near[0], as: UTF8.self)
    }

    /// Long enough, and like no other word, that two slips may be in them; "Dienstweg" is as near to a day.
    private static let odd = of("tomorrow wednesday thursday donnerstag spaetestens uebermorgen mittwoch")

    /// One slip, or two in a long word; none that only adds an ending: "freitags" come again.
    private static func isNear(_ word: [UInt8], _ target: [UInt8]) -> Bool {
        if word == target { return true }
        guard word.first == target.first, abs(word.count - target.count) <= 2, !word.starts(with: target) else { return false }
        return distance(word, target) <= (odd.contains(target) ? 2 : 1)
    }

    /// How many letters are added, missing, other or swapped with their neighbour.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var rows = [Array(0...other.count)]
        for i in 1...one.count {
            var row = [i]
            for j in 1...other.count {
                var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1))
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
