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
    let asking: Set<String>
    let negations: Set<String>
    let conditions: Set<String>
    let tentative: Set<String>
    /// States, hours of opening and limits: nothing is done at their end.
    let states: Set<String>
    let past: Set<String>
    /// Participles that set a time: "eingeplant für Freitag".
    let arranged: Set<String>
    let future: Set<String>
    let conjunctions: Set<String>

    static func of(_ language: Language) -> PhraseVerbs { language == .de ? german : english }

    static let carriers: Set<String> = [
        "dhl", "dpd", "hermes", "gls", "ups", "fedex", "post", "spediteur", "spedition", "paketdienst", "paketbote", "zusteller", "kurier",
        "kurierdienst", "versanddienstleister", "carrier", "courier", "forwarder", "hersteller", "lieferant", "zulieferer", "supplier",
        "manufacturer",
        "bank", "sparkasse", "hausbank", "telekom", "vodafone", "denic", "registry", "registrar", "registrierungsstelle", "netzbetreiber",
        "versicherung", "insurer", "insurance", "paypal", "grosshaendler", "wholesaler", "vendor", "postbote", "zoll", "customs",
    ]

    static let german = PhraseVerbs(
        stems: [
            ("meld", .other), ("ruf", .call), ("telefonier", .call), ("antwort", .mail), ("schick", .mail), ("send", .mail),
            ("schreib", .mail),
            ("mail", .mail), ("informier", .other), ("benachrichtig", .other), ("unterricht", .other), ("kontaktier", .other),
            ("liefer", .parcel),
            ("versend", .parcel), ("verschick", .parcel), ("zustell", .parcel), ("erstatt", .refund), ("ueberweis", .refund),
            ("buch", .refund),
            ("schreibgut", .refund), ("zahl", .refund), ("verguet", .refund), ("pruef", .other), ("erledig", .other), ("bearbeit", .other),
            ("klaer", .other),
            ("beheb", .other), ("reparier", .other), ("loes", .other), ("komm", .other), ("teil", .other), ("geb", .other),
            ("bring", .other), ("hol", .other),
            ("schalt", .other), ("aktivier", .other), ("stell", .other), ("tausch", .other), ("kuendig", .other), ("bestaetig", .other),
            ("kuemmer", .other), ("richt", .other), ("aender", .other), ("korrigier", .other), ("leit", .other), ("leg", .other),
            ("setz", .other),
            ("besuch", .visit), ("spiel", .other), ("uebermittel", .mail), ("reich", .other), ("beantwort", .mail), ("beauftrag", .other),
            ("erreich", .other), ("erfolg", .other), ("eintreff", .other), ("treff", .other), ("geh", .other), ("schliess", .other),
            ("fahr", .visit),
            ("vorbeikomm", .visit), ("verbind", .other), ("ersetz", .other), ("austausch", .other), ("sperr", .other), ("freigeb", .other),
            ("nehm", .other),
            ("halt", .other), ("besprech", .other), ("veranlass", .other), ("storn", .other), ("ermittel", .other), ("zieh", .other),
            ("uebernehm", .other),
            ("ruehr", .other), ("nachfrag", .other), ("frag", .other), ("hoer", .other), ("erhalt", .other), ("bekomm", .other),
            ("installier", .visit),
            ("mach", .other), ("find", .other), ("arbeit", .other), ("beginn", .other), ("versuch", .other), ("haeng", .other),
            ("biet", .other),
        ],
        irregular: [
            "gibt": .other, "erhaelt": .other, "nimmt": .other, "trifft": .other, "haelt": .other, "raus": .other, "geht": .other,
            "wirft": .other,
            "sein": .other, "haben": .other, "werden": .other, "da": .other,
        ],
        nouns: [
            "rueckruf": .call, "anruf": .call, "telefonat": .call, "telefontermin": .call, "telefonisch": .call, "mail": .mail,
            "email": .mail,
            "schriftlich": .mail, "antwort": .mail, "techniker": .visit, "technikerin": .visit, "monteur": .visit, "monteurin": .visit,
            "technikertermin": .visit, "kundendienst": .visit, "handwerker": .visit, "ort": .visit, "elektriker": .visit,
            "gutschrift": .refund,
            "rueckzahlung": .refund, "rueckerstattung": .refund, "erstattung": .refund, "betrag": .refund, "geld": .refund,
            "ueberweisung": .refund,
            "konto": .refund, "rueckbuchung": .refund, "kaufpreis": .refund, "euro": .refund, "eur": .refund, "paket": .parcel,
            "sendung": .parcel,
            "lieferung": .parcel, "ware": .parcel, "zustellung": .parcel, "bestellung": .parcel, "ersatz": .parcel, "ersatzgeraet": .parcel,
            "ersatzteil": .parcel, "ersatzlieferung": .parcel, "versand": .parcel, "paeckchen": .parcel, "austauschgeraet": .parcel,
            "retoure": .parcel,
            "rueckmeldung": .other, "bescheid": .other, "entstoerung": .other, "stoerung": .other, "anschluss": .other, "problem": .other,
            "termin": .other,
            "update": .other, "zwischenstand": .other, "loesung": .other, "ergebnis": .other, "fehler": .other, "kollege": .other,
            "kollegin": .other,
        ],
        we: ["wir", "ich"],
        receiving: ["erhalten", "bekommen", "hoeren", "kriegen", "erhaelt", "bekommt"],
        asking: [
            "bitte", "bitten", "gebeten", "benoetigen", "brauchen", "benoetige", "brauche", "muessen", "sollten", "sollen", "koennen",
            "duerfen",
            "freuen", "erwarten", "warten", "moechten",
        ],
        negations: ["nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "niemals", "weder", "kaum"],
        conditions: ["wenn", "falls", "sofern", "sobald", "solange", "vorausgesetzt", "ob", "soweit"],
        tentative: [
            "voraussichtlich", "vermutlich", "wahrscheinlich", "hoffentlich", "hoffen", "hoffe", "versuchen", "versuche", "versucht",
            "bemuehen", "bemuehe",
            "bemueht", "sollte", "sollten", "soll", "sollen", "koennen", "kann", "koennte", "koennten", "wuerde", "wuerden", "moechten",
            "moechte", "wollen",
            "will", "planen", "plane", "rechnen", "rechne", "denke", "denken", "vorauss", "voraussichtl", "eventuell", "evtl", "vielleicht",
            "moeglicherweise", "muessen", "muss", "davon", "geplant", "vorgesehen", "erwartet", "wohl", "eigentlich", "angeblich",
        ],
        states: [
            "erreichbar", "geoeffnet", "geschlossen", "gueltig", "gilt", "gelten", "laeuft", "laufen", "endet", "enden", "dauert", "dauern",
            "bleibt",
            "bleiben", "urlaub", "feiertag", "zeit", "reserviert", "reservieren", "aufbewahren", "aufbewahrt", "verlaengert", "verlaengern",
            "verfuegbar",
            "faellig", "frist", "oeffnungszeiten", "sprechzeiten", "servicezeiten", "geschaeftszeiten", "betriebsferien", "unterwegs",
            "buero", "ausser", "haus",
            "abwesend", "krank", "befristet", "zurueckgehalten", "jeweils", "taeglich", "ueblicherweise", "normalerweise", "rabatt",
            "aktion",
        ],
        past: [
            "war", "waren", "wurde", "wurden", "hatte", "hatten", "schickte", "schickten", "rief", "riefen", "kam", "kamen", "ging",
            "gingen", "gab", "gaben",
            "erhielt", "erhielten", "bekam", "bekamen", "schrieb", "schrieben", "sagte", "sagten", "versprach", "versprachen", "teilten",
            "teilte", "hiess",
            "fand", "nahm", "nahmen", "lag", "stand", "blieb", "gestern", "vorgestern", "hielt", "hielten", "trafen", "traf", "liess",
            "ueberwies", "ueberwiesen",
        ],
        arranged: [
            "eingeplant", "vereinbart", "notiert", "eingetragen", "gebucht", "vorgemerkt", "terminiert", "angesetzt", "bestaetigt",
            "beauftragt", "bestellt",
            "angekuendigt", "zugesagt", "festgelegt", "ausgemacht", "abgesprochen", "zugesichert",
        ],
        future: ["werde", "werden", "wird", "werd"],
        conjunctions: [
            "und", "aber", "sondern", "denn", "weil", "dass", "damit", "sodass", "doch", "jedoch", "obwohl", "bevor", "nachdem", "ehe",
        ])

    static let english = PhraseVerbs(
        stems: [
            ("arriv", .other), ("com", .other), ("call", .call), ("phon", .call), ("ring", .call), ("deliver", .parcel), ("ship", .parcel),
            ("dispatch", .parcel),
            ("post", .parcel), ("send", .mail), ("email", .mail), ("mail", .mail), ("write", .mail), ("writ", .mail), ("repl", .mail),
            ("answer", .mail), ("respond", .mail), ("refund", .refund), ("credit", .refund), ("reimburs", .refund), ("pay", .refund),
            ("transfer", .refund),
            ("visit", .visit), ("get", .other), ("contact", .other), ("updat", .other), ("inform", .other), ("let", .other),
            ("fix", .other), ("resolv", .other),
            ("repair", .other), ("check", .other), ("review", .other), ("confirm", .other), ("hear", .other), ("receiv", .other),
            ("be", .other), ("look", .other),
            ("process", .other), ("replac", .parcel), ("escalat", .other), ("follow", .other), ("tak", .other), ("giv", .other),
            ("provid", .other),
            ("complet", .other), ("finish", .other), ("activat", .other), ("issu", .other), ("hav", .other), ("do", .other), ("go", .other),
            ("reach", .other),
            ("chas", .other), ("pick", .parcel), ("collect", .parcel), ("cancel", .other), ("chang", .other), ("investigat", .other),
            ("return", .other),
            ("sort", .other), ("leav", .other), ("install", .visit), ("deal", .other), ("see", .other), ("try", .other), ("forward", .mail),
            ("set", .other),
        ],
        irregular: [:],
        nouns: [
            "call": .call, "callback": .call, "phone": .call, "telephone": .call, "email": .mail, "mail": .mail, "reply": .mail,
            "answer": .mail, "response": .mail, "technician": .visit, "engineer": .visit, "electrician": .visit, "fitter": .visit,
            "visit": .visit,
            "site": .visit, "appointment": .other, "refund": .refund, "credit": .refund, "money": .refund, "payment": .refund,
            "amount": .refund,
            "reimbursement": .refund, "account": .refund, "parcel": .parcel, "package": .parcel, "shipment": .parcel, "delivery": .parcel,
            "order": .parcel,
            "replacement": .parcel, "item": .parcel, "items": .parcel, "goods": .parcel, "update": .other, "fix": .other,
            "colleague": .other, "fault": .other,
            "issue": .other, "problem": .other, "line": .other, "result": .other, "solution": .other, "feedback": .other,
        ],
        we: ["we", "i", "we'll", "i'll", "we're", "i'm", "we've", "i've", "we'd", "i'd"],
        receiving: [
            "receive", "hear", "get", "have", "contacted", "refunded", "credited", "notified", "called", "reimbursed", "informed", "see",
            "updated", "be",
        ],
        asking: [
            "please", "kindly", "need", "require", "ask", "must", "should", "can", "could", "may", "forward", "appreciate", "wait", "allow",
            "bear",
        ],
        negations: [
            "not", "no", "never", "won't", "can't", "cannot", "unable", "don't", "doesn't", "didn't", "isn't", "aren't", "nobody",
            "neither", "without", "wouldn't", "couldn't",
        ],
        conditions: ["if", "unless", "provided", "providing", "once", "when", "whether", "assuming", "until", "case", "otherwise"],
        tentative: [
            "aim", "aiming", "hope", "hoping", "hopefully", "expect", "expected", "expecting", "try", "trying", "plan", "planning",
            "planned", "should", "probably",
            "likely", "might", "may", "could", "can", "would", "think", "estimated", "perhaps", "possibly", "believe", "ideally", "usually",
            "want", "intend",
            "we'd", "i'd", "maybe", "anticipate",
        ],
        states: [
            "open", "closed", "available", "valid", "remain", "stay", "expire", "expires", "end", "ends", "reserve", "reserved", "holiday",
            "office", "hours", "away", "vacation", "due", "lasts", "last", "charge", "charged", "extend", "extended", "waiting", "each",
            "every", "daily", "usually",
            "normally", "offer", "discount", "sale",
        ],
        past: [
            "was", "were", "had", "did", "sent", "shipped", "called", "delivered", "dispatched", "received", "arrived", "wrote", "said",
            "told", "promised", "got",
            "came", "went", "spoke", "yesterday", "ago", "tried", "posted", "emailed", "left", "asked", "been", "replied", "refunded",
            "paid", "credited",
        ],
        arranged: ["scheduled", "booked", "arranged", "set", "confirmed", "organised", "organized", "planned", "noted", "pencilled"],
        future: [
            "will", "we'll", "i'll", "you'll", "they'll", "it'll", "he'll", "she'll", "shall", "going", "gonna", "that'll", "there'll",
        ],
        conjunctions: ["and", "but", "because", "that", "which", "so", "although", "though", "while", "who"])
}
