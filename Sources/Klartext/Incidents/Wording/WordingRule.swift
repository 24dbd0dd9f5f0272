/// What can be odd about an update.
enum WordingRule: String, Sendable, CaseIterable {
    /// "Some users", "möglicherweise": whom does it concern? A number or a scope beside it is enough.
    case vague
    /// "In Kürze", "shortly": a clock time is a promise, this is none.
    case soon
    /// "Please try again later" and nothing else is how an avalanche begins.
    case retry
    /// A clock time without its zone.
    case timeWithoutZone
    /// A clock time of a maintenance without its day.
    case timeWithoutDate
    /// It is not said when the next update comes.
    case noNextUpdate
    /// A cause while it is still being looked for.
    case guessedCause
    /// More than one sentence of apology.
    case apologies
    /// Somebody else's fault as an excuse.
    case blame
    /// Words of the trade.
    case jargon
    /// German says "Störung".
    case incidentWord
    /// A place of a template that nobody has filled.
    case gap

    /// What the writer reads.
    var suggestion: TextKey {
        switch self {
        case .vague: TextKey("wording.vague")
        case .soon: TextKey("wording.soon")
        case .retry: TextKey("wording.retry")
        case .timeWithoutZone: TextKey("wording.timeWithoutZone")
        case .timeWithoutDate: TextKey("wording.timeWithoutDate")
        case .noNextUpdate: TextKey("wording.noNextUpdate")
        case .guessedCause: TextKey("wording.guessedCause")
        case .apologies: TextKey("wording.apologies")
        case .blame: TextKey("wording.blame")
        case .jargon: TextKey("wording.jargon")
        case .incidentWord: TextKey("wording.incidentWord")
        case .gap: TextKey("wording.gap")
        }
    }

    /// Where one sentence breaks the rule. The rules that need the whole text find nothing here.
    func ranges(in sentence: WordingSentence, _ words: WordingPhrases, _ context: Wording.Context) -> [Range<Int>] {
        switch self {
        case .vague: sentence.hasNumber || sentence.has(words.scopes) ? [] : sentence.all(of: words.hedges).filter(sentence.isNoMonth)
        case .soon: sentence.all(of: words.soon, unlessAt: words.notSoon)
        case .retry: sentence.has(words.reasons) || !sentence.clocks.isEmpty ? [] : Array(sentence.all(of: words.retries).prefix(1))
        case .timeWithoutZone: sentence.has(words.zones) ? [] : sentence.clocks
        case .timeWithoutDate: context.isMaintenance && !sentence.hasDate ? Array(sentence.clocks.prefix(1)) : []
        case .guessedCause:
            context.isInvestigating && !sentence.has(words.unknown) ? sentence.all(of: words.causes, unlessAt: words.effects) : []
        case .blame: words.blame(in: sentence)
        case .jargon: sentence.all(of: words.jargon)
        case .incidentWord: sentence.all(of: words.incident)
        case .noNextUpdate, .apologies, .gap: []
        }
    }
}
