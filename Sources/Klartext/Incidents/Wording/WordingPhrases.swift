/// The words and phrases that the rules look for, in one language. A word that ends in `*` stands for all that begin so.
struct WordingPhrases: Sendable {
    let hedges, scopes, soon, notSoon, retries, reasons, zones, causes, effects, unknown: [[String]]
    let apologies, providers, faults, excuses, jargon, incident, updates: [[String]]

    init(_ language: Language) { self = language == .de ? Self.german : Self.english }

    /// A provider and its fault in one sentence, or an excuse without one.
    func blame(in sentence: WordingSentence) -> [Range<Int>] {
        let excuse = sentence.all(of: excuses)
        return excuse.isEmpty && sentence.has(faults) ? Array(sentence.all(of: providers).prefix(1)) : excuse
    }

    /// Whether a sentence names the time of the next update: "Nächste Meldung bis 10:30 Uhr (MEZ)".
    func promisesUpdate(_ sentence: WordingSentence) -> Bool { sentence.has(updates) && !sentence.clocks.isEmpty }

    private init(
        hedges: String, scopes: String, soon: String, notSoon: String, retries: String, reasons: String, zones: String, causes: String,
        effects: String, unknown: String, apologies: String, providers: String, faults: String, excuses: String, jargon: String,
        incident: String, updates: String
    ) {
        func phrases(_ list: String) -> [[String]] {
            list.split(separator: ",").map { $0.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }.filter { !$0.isEmpty }
        }
        (self.hedges, self.scopes, self.soon, self.notSoon) = (phrases(hedges), phrases(scopes), phrases(soon), phrases(notSoon))
        (self.retries, self.reasons, self.zones, self.causes) = (phrases(retries), phrases(reasons), phrases(zones), phrases(causes))
        (self.effects, self.unknown, self.apologies) = (phrases(effects), phrases(unknown), phrases(apologies))
        (self.providers, self.faults, self.excuses) = (phrases(providers), phrases(faults), phrases(excuses))
        (self.jargon, self.incident, self.updates) = (phrases(jargon), phrases(incident), phrases(updates))
    }

    private static let german = WordingPhrases(
        hedges: """
            einige, einigen, einiger, manche, manchen, mancher, mehrere, mehreren, vereinzelt, vereinzelte, vereinzelten, teilweise, möglicherweise, womöglich,
            eventuell, eventuelle, unter umständen, gegebenenfalls, ggf, zeitweise, sporadisch, sporadische, sporadischen, intermittierend*, gelegentlich*,
            ein teil der, ein teil unserer, ein paar, ab und zu, hin und wieder, stellenweise
            """,
        scopes: """
            nur, ausschließlich, allein, alle, allen, aller, jede, jeder, jeden, sämtliche, keine, kunden mit, kunden die, nutzer mit, konten mit, wer, deren
            """,
        soon: """
            in kürze, bald, baldmöglichst, schnellstmöglich, schnellstens, so schnell wie möglich, so rasch wie möglich, demnächst, zeitnah, in bälde, alsbald,
            umgehend, gleich wieder, in den nächsten minuten, in naher zukunft
            """,
        notSoon: "bald nach, bald darauf",
        retries: """
            später erneut, später noch einmal, später nochmal, später nochmals, später wieder, erneut versuchen, erneut zu versuchen, noch einmal versuchen,
            nochmals versuchen, nochmal versuchen, erneut probieren, noch einmal probieren, es erneut, es nochmal, es noch einmal, es später
            """,
        reasons: "weil, denn, da, damit, hilft, helfen, nützt, nutzt, bringt, nicht, kein, keine, sobald, wenn, erst",
        zones: "mez, mesz, utc, gmt, cet, cest, oez, oesz, wez, mez/mesz",
        causes: """
            ursache ist, ursache war, ursache sind, ursache dafür, grund ist, grund dafür, grund hierfür, liegt an, liegt am, lag an, liegen an, aufgrund, auf grund,
            wegen, verursacht, ausgelöst, hervorgerufen, vermutlich, vermuten, wahrscheinlich, scheint, scheinen, gehen davon aus
            """,
        effects: """
            wegen der störung, wegen dieser störung, aufgrund der störung, aufgrund dieser störung, wegen des ausfalls, aufgrund des ausfalls, wegen ihrer frage,
            wegen einer frage
            """,
        unknown: "nicht bekannt, noch nicht, unbekannt, unklar, suchen, wissen nicht, noch offen",
        apologies: """
            entschuldig*, bedauern, bedauerlich*, tut uns leid, verzeihung, bitten um verständnis, um ihr verständnis, um nachsicht, für ihr verständnis
            """,
        providers: """
            anbieter*, provider*, dienstleister*, rechenzentrum*, rechenzentren, drittanbieter*, hoster*, lieferant*, zulieferer*, zahlungsanbieter*, netzbetreiber*,
            cloudanbieter*, cloud-anbieter*, partner, partners, aws, amazon, azure, microsoft, cloudflare, google, telekom
            """,
        faults: """
            schuld, schuldig, verantwortlich, verantwortung, verursacht, wegen, aufgrund, ursache, liegt, lag, problem*, fehler, versagen, versagt, ausgefallen, ausfall, störung
            """,
        excuses: """
            nicht unsere schuld, liegt nicht an uns, lag nicht an uns, nicht in unserer hand, außerhalb unserer kontrolle, außerhalb unseres einflusses,
            höhere gewalt, können nichts dafür
            """,
        jargon: """
            erhöhte fehlerrate*, erhöhten fehlerrate*, erhöhter fehlerrate*, fehlerrate*, latenz*, degradation, degradiert*, timeout*, time-out*, backend*, frontend*,
            failover*, rollback*, deployment*, cluster*, http-fehler*, 5xx, 4xx, upstream*, downstream*, mitigier*, mitigation*, root cause, loadbalancer*, workaround*
            """,
        incident: "incident, incidents, incident-*, vorfall, vorfalls, vorfälle, vorfällen, vorfalles",
        updates:
            "nächste meldung, nächste nachricht, nächstes update, nächste information, melden uns, wieder von uns, spätestens bis, aktualisieren"
    )

    private static let english = WordingPhrases(
        hedges: """
            some, a few, certain, several, various, may, might, possibly, potentially, perhaps, maybe, intermittent*, sporadic*, occasional*, a subset, a portion,
            a small number, a limited number, a number of, sometimes, at times
            """,
        scopes:
            "only, all, every, everyone, each, none, no one, nobody, customers with, users with, accounts with, customers who, users who, those who, whose",
        soon: """
            shortly, soon, as soon as possible, asap, momentarily, in a moment, in a bit, in the near future, before long, any minute, any moment, in due course,
            in no time, promptly
            """,
        notSoon: "as soon, too soon, shortly after, shortly before, sooner",
        retries: "try again, trying again, retry, retrying, try later, try once more, attempt again, try it again, reattempt",
        reasons: """
            because, since, as it, help, helps, not, don't, no need, won't, doesn't, no use, so that, when, once, until, unless
            """,
        zones: "utc, gmt, cet, cest, bst, eet, eest, mez, mesz, est, edt, pst, pdt, ct, et, pt",
        causes: """
            caused by, due to, because of, as a result of, triggered by, root cause is, cause is, cause was, cause appears, we suspect, we believe, we think, we assume, probably,
            likely, appears to be, seems to be, stems from, the reason is
            """,
        effects:
            "due to this incident, due to the incident, because of this incident, because of the incident, due to this outage, due to the outage",
        unknown: "not known, unknown, not yet, don't know, do not know, unclear, looking for, searching for, still open",
        apologies: "apolog*, sorry, regret, regrets, for your patience, for your understanding, forgive, bear with us",
        providers: """
            provider, providers, provider's, vendor, vendors, vendor's, supplier, suppliers, third party, third-party, data centre, data center, datacenter, carrier, carriers,
            hoster, partner, partner's, partners, aws, amazon, azure, microsoft, cloudflare, google
            """,
        faults:
            "fault, blame, responsible, due to, because of, caused, cause, issue, issues, problem, problems, failure, failed, outage, down, error",
        excuses: """
            not our fault, outside our control, outside of our control, beyond our control, out of our hands, nothing we can do, act of god, no fault of ours
            """,
        jargon: """
            elevated error*, increased error*, error rate*, elevated latenc*, latency, latencies, performance degradation, service degradation, timeout*, time-out*, backend*,
            back-end, failover*, fail-over, rollback*, rolled back, deployment*, cluster, clusters, upstream, downstream, mitigat*, remediat*, 5xx, 4xx, http 500, load balancer*,
            throughput, http errors, node, nodes
            """,
        incident: "",
        updates: "next update, next message, update you by, update you at, update this page, write again, further update, hear from us")
}
