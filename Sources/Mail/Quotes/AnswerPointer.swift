/// Words by which people say that their answers stand within the quotation below: "meine Antworten unten in Rot", "see my comments inline".
enum AnswerPointer {
    /// More than anybody writes above such an answer.
    private static let lineLimit = 200
    private static let wordLimit = 2_000

    static func isIn(_ texts: some Sequence<Substring>) -> Bool {
        var said: Set<String> = []
        var count = 0
        for line in texts.prefix(lineLimit) where line.utf8.count <= 1_000 && count < wordLimit {
            let words = line.lowercased().unicodeScalars.split { !$0.properties.isAlphabetic }.map { String(String.UnicodeScalarView($0)) }
            count += words.count
            // one, two and three in a row
            for (index, word) in words.enumerated() {
                said.insert(word)
                if index > 0 { said.insert(words[index - 1] + " " + word) }
                if index > 1 { said.insert(words[index - 2] + " " + words[index - 1] + " " + word) }
            }
        }
        if !phrases.isDisjoint(with: said) { return true }
        return !places.isDisjoint(with: said) && !answers.isDisjoint(with: said)
    }

    private static let phrases: Set = [
        "siehe unten", "s unten", "s u", "zwischen den zeilen", "direkt im text", "unten im text", "im text unten", "see below", "inline",
        "in line", "between the lines", "interspersed",
    ]
    /// These say so only together with a word for an answer: a dress may be red.
    private static let places: Set = [
        "unten", "below", "in rot", "in blau", "in grün", "rot", "blau", "grün", "farbig", "in red", "in blue", "in green",
    ]
    private static let answers: Set = [
        "antwort", "antworten", "kommentar", "kommentare", "anmerkung", "anmerkungen", "answer", "answers", "reply", "replies", "response",
        "responses", "comment", "comments",
    ]
}
