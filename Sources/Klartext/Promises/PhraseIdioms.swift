import Foundation

/// Turns of several words that change what a sentence commits to. Small and without umlauts, as tokens have them.
enum PhraseIdioms {
    /// Nobody can be held to what is said with one of these: "all being well", "mit etwas Glück".
    static func hedges(_ language: Language) -> [[String]] { language == .de ? germanHedges : englishHedges }

    private static let germanHedges = lines(
        """
        mit glueck/mit etwas glueck/mit ein wenig glueck/mit viel glueck/vorbehaltlich/unter vorbehalt/die daumen/zuversichtlich
        optimistisch/nach moeglichkeit/wenn moeglich/falls moeglich/sofern moeglich/im idealfall/idealerweise/bestenfalls/im besten fall
        im guenstigsten fall/guter dinge/unverbindlich/stand heute/stand jetzt/jetzigem stand/aktuellem stand/derzeitigem stand
        heutigem stand/aller voraussicht/ohne gewaehr/nichts dazwischenkommt/nichts dazwischen kommt/schaetzungsweise/geschaetzt
        meines wissens/soweit ich weiss/soweit absehbar/sieht so aus/sieht es so aus/sieht danach aus/scheint/unter umstaenden/je nachdem
        abhaengig/kommt darauf an/je nach/anpeilen/peilen/anstreben/angestrebt/streben/strebe/unser ziel/mein ziel/ziel ist/womoeglich
        denkbar/schaetze/schaetzen/tippe/vermute/vermuten/glaube/glauben/nehme an dass/gehe davon aus/gehen davon aus/in aussicht
        angepeilt/anvisiert/angedacht/tun unser bestes/tue mein bestes/geben unser bestes/gebe mein bestes/setzen alles daran
        setze alles daran/tun unser moeglichstes/tue mein moeglichstes/unser moeglichstes/mein moeglichstes/nicht versprechen
        nicht garantieren/keine garantie/drueckt uns/kein versprechen/theoretisch/im prinzip/wenn alles/falls alles/tendenziell
        """)

    private static let englishHedges = lines(
        """
        plan to/plans to/planning to/to plan
        all being well/all going well/with luck/of luck/with any luck/subject to/permitting/god willing/time allowing/fingers crossed
        confident/optimistic/my best/our best/every effort/best endeavours/best efforts/looks like/looking like/looks as if/seems
        provisionally/provisional/tentative/tentatively/depending/barring/pending/as things stand/at this stage/in theory/in principle
        target/targeting/eta/estimate/fairly sure/pretty sure/quite sure/touch wood/knock on wood/reckon/guess/suppose/assume/assuming
        ought/not guaranteed/best case/if possible/where possible/all goes well/everything goes/goes to plan/goes according
        to my knowledge/as far as i/roughly/i'd say/shooting for/hopeful/in all likelihood/chances are/ballpark/pencilled in for now
        no guarantees/no promises/can't guarantee/can't promise/cannot promise/or so
        """)

    /// Where nobody does anything: who is away, and what takes place by itself.
    static let absences = lines(
        """
        zu spaet/too late
        on leave/annual leave/parental leave/on holiday/on vacation/out of office/out of the office/off work/off sick/on strike/take place
        takes place/taking place/happy to see/hope to see/see you in/in rente/im dienst/im einsatz/in elternzeit/auf dienstreise
        im ruhestand/in den ruhestand/auf schulung/in den urlaub/able to collect/able to pick/as always/as usual/wie immer/wie gewohnt
        by default
        """)

    /// What we want of the customer.
    static let requests = lines(
        """
        feel free/not hesitate/don't hesitate/welcome to/welcome at/we ask/i ask/would ask/must ask/have to ask/need to ask
        ask you to/asking you to/ask that
        be charged/been charged/will charge/we charge
        """)

    /// Words of refusal that refuse nothing: "kein Problem", "not only".
    static let harmless = lines(
        """
        kein problem/keine sorge/keine sorgen/keinen fall/nicht nur/nichts zu danken/kein thema/keine frage/no problem/no worries
        no trouble/no later/not later/no doubt/not only/not to worry/no need/without fail/without delay/without further/nicht im stich
        no matter/not a problem/nicht spaeter/ohne weiteres/ohne verzoegerung/ohne verzug/ohne umwege/kein ding/nicht vergessen
        not forgotten/nicht mehr lange
        """)

    /// What is said of all of a kind is a rule of the house: "Refunds are processed within five days".
    static let kinds: Set<String> = Set(
        """
        anfragen bestellungen ruecksendungen retouren reklamationen tickets antraege erstattungen lieferungen kuendigungen auftraege
        zahlungen rueckerstattungen gutschriften beschwerden rechnungen pakete orders queries enquiries inquiries requests refunds returns
        emails complaints claims deliveries payments invoices parcels applications replies responses cancellations expresssendungen
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

    /// Whether one of the turns stands in words.
    static func isAny(_ turns: [[String]], in words: [String]) -> Bool {
        words.indices.contains { index in turns.contains { turn in matches(turn, words, index) } }
    }

    static func matches(_ turn: [String], _ words: [String], _ index: Int) -> Bool {
        index + turn.count <= words.count && turn.indices.allSatisfy { words[index + $0] == turn[$0] }
    }

    private static func lines(_ text: String) -> [[String]] {
        text.split { $0 == "/" || $0 == "\n" }.map { $0.split(separator: " ").map(String.init) }
    }
}
