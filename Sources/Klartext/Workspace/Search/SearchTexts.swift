/// The texts of the search.
extension TextKey {
    static let deskSearchTitle = TextKey("desk.search.title")
    static let deskSearchFor = TextKey("desk.search.for")
    static let deskSearchHint = TextKey("desk.search.hint")
    static let deskSearchHintWords = TextKey("desk.search.hintWords")
    static let deskSearchHintParts = TextKey("desk.search.hintParts")
    static let deskSearchHintNumber = TextKey("desk.search.hintNumber")
    static let deskSearchHintPhrase = TextKey("desk.search.hintPhrase")
    static let deskSearchNamed = TextKey("desk.search.named")
    static let deskSearchCustomers = TextKey("desk.search.customers")
    static let deskSearchTickets = TextKey("desk.search.tickets")
    static let deskSearchNote = TextKey("desk.search.note")
    static let deskSearchIndexing = TextKey("desk.search.indexing")
    static let deskSearchCorrected = TextKey("desk.search.corrected")
    static let deskSearchLost = TextKey("desk.search.lost")
    static let deskSearchNothing = TextKey("desk.search.nothing")
    static let deskSearchNoWord = TextKey("desk.search.noWord")
}
