import Foundation

/// The words by which a clause is known for a commitment, or for none.
struct PhraseVerbs: Sendable {
    /// Stems of verbs that promise something when we are their subject, with how it is kept.
    let stems: [(stem: String, channel: PromiseChannel)]
    /// Forms that no stem gives.
    let irregular: [String: PromiseChannel]
    /// Nouns that say how, and that may stand for a verb: "Rückruf morgen um 10 Uhr".
    let nouns: [String: PromiseChannel]
    /// Who speaks.
    let we: Set<String>
    /// Verbs by which the customer gets something from us: "Sie erhalten".
    let receiving: Set<String>
    /// Words of a clause that asks the customer for something, or waits for it.
    let asking: Set<String>
    /// Beginnings of words that show that a clause is about us or the customer.
    let concerns: [String]
    let negations: Set<String>
    let conditions: Set<String>
    /// Of them those that ask: on an indirect question nothing hangs.
    let questions: Set<String>
    let tentative: Set<String>
    /// States, hours of opening and limits: nothing is done at their end.
    let states: Set<String>
    /// States too, but only where nothing is done beside them: "our office will call" does something.
    let topics: Set<String>
    let past: Set<String>
    /// Participles that set a time: "eingeplant für Freitag".
    let arranged: Set<String>
    let future: Set<String>
    let conjunctions: Set<String>

    /// Stems by how their promise is kept, parted by white space.
    static func table(_ stems: [PromiseChannel: String]) -> [(stem: String, channel: PromiseChannel)] {
        stems.flatMap { channel, words in words.split { $0 == " " || $0 == "\n" }.map { (String($0), channel) } }
    }

    static func of(_ language: Language) -> PhraseVerbs { language == .de ? german : english }
}
