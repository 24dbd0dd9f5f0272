import Foundation

/// German verbs that no table knows, told by where they stand: "räumen *wir*", "*ich* montiere".
extension PhraseVerb {
    /// Words beside "wir" or "ich" that have a verb's ending and are none.
    private static let noVerbs: Set<String> = [
        "ihnen", "morgen", "gestern", "extern", "intern", "den", "einen", "ihren", "deinen", "euren", "unseren", "gern", "gerne", "heute",
        "alle", "keine", "eine", "ihre", "deine", "diese", "unsere", "beide", "ebenfalls", "schnellstens", "wenn", "denn", "dann", "daran",
        "waehrend", "weitere", "neben", "zwischen", "gegen", "oben", "unten", "binnen", "wegen", "selben", "ende", "mitte", "eben",
        "soeben",
    ]

    /// What we do that keeps no promise: thanks, wishes, and what lasts.
    static let inert = [
        "wuensch", "dank", "bedank", "bedauer", "entschuldig", "versteh", "find", "empfehl", "freu", "heiss", "kenn", "gewaehr", "bewahr",
        "verwahr", "lager", "akzeptier", "behalt", "feier", "sitz", "wohn", "glaub", "mein", "erheb", "berechn", "verlang", "lieb",
        "schaetz",
        "begruess", "weis", "erinner", "verbleib", "moecht", "duerf", "soll", "woll", "koenn", "muess", "brauch", "benoetig", "wart",
        "erwart", "bitt", "hoff", "seh", "les", "sprach", "spar", "beobacht", "unterbrech", "pausier", "ruh", "schlaf", "streik", "oeffn",
        "veroeffn", "vermut", "denk", "erfuhr", "verkauf", "vertreib", "fuehl", "garantier",
    ]

    /// Preterites that end like a present: "gruben wir".
    private static let pasts: Set<String> = Set(
        """
        gaben kamen gingen nahmen riefen fanden lagen standen blieben hielten trafen liessen schrieben sprachen trugen zogen brachen fuhren
        luden lasen sahen halfen warfen boten baten taten traten rieten schnitten schoben schlossen verloren begannen erfuhren ueberwiesen
        bewiesen entschieden unterschrieben empfingen vergassen assen tranken sassen hingen fingen fielen wuchsen wuschen gruben schlugen
        verglichen liehen verliehen schienen stiegen griffen unternahmen uebernahmen vergaben ergaben bekamen erhielten waren hatten wurden
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

    /// The verb beside the subject, and whether it tells of the past.
    static func besideSubject(_ words: [Int], _ tokens: [PhraseToken]) -> (token: Int, isPast: Bool)? {
        guard let we = words.first(where: { tokens[$0].isWord("wir", "ich") }) else { return nil }
        let isWe = tokens[we].text == "wir"
        for index in [we - 1, we + 1] where tokens.indices.contains(index) && words.contains(index) {
            let token = tokens[index]
            guard token.kind == .word, token.text.utf8.count > 3, !noVerbs.contains(token.text), !token.isCapital || index == words.first
            else {
                continue
            }
            guard token.text.hasSuffix(isWe ? "n" : "e") else { continue }
            let isPast = pasts.contains(token.text) || token.text.hasSuffix(isWe ? "ten" : "te")
            return (index, isPast)
        }
        return nil
    }

    /// A word that can be the verb of somebody else's clause: "räumt die Technik", "die Karte folgt".
    static func ofThird(_ words: [Int], _ tokens: [PhraseToken]) -> Int? {
        let adverbs: Set = [
            "nicht", "jetzt", "erst", "selbst", "fest", "meist", "sonst", "direkt", "sofort", "dort", "laut", "zuletzt", "zuerst", "samt",
            "statt", "bereit", "seit", "damit", "somit", "womit", "hiermit", "zunaechst", "demnaechst", "baldmoeglichst", "komplett",
            "leicht",
            "schlecht", "gut", "echt", "recht", "exakt", "perfekt", "kaputt", "defekt", "gesamt", "verspaetet", "umgehend",
            "fruehestmoeglich",
        ]
        return words.first { index in
            let token = tokens[index]
            guard token.kind == .word, !token.isCapital, token.text.utf8.count > 3, token.text.hasSuffix("t") else { return false }
            return !adverbs.contains(token.text) && !(looksLikeParticiple(token.text) && token.text.contains("ge"))
        }
    }
}
