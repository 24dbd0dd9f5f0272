import Foundation

/// Third parties by name and by kind, and who is none.
extension PhraseVerbs {
    private static func words(_ text: String) -> Set<String> { Set(text.split { $0 == " " || $0 == "\n" }.map(String.init)) }

    /// Who brings parcels.
    static let parcelCarriers = words(
        """
        dhl dpd hermes gls ups fedex tnt usps evri yodel parcelforce royal post postbote spediteur spedition paketdienst paketbote
        zusteller kurier kurierdienst versanddienstleister logistiker logistikpartner carrier courier forwarder haulier lieferant
        hersteller zulieferer verlag druckerei grosshaendler haendler supplier manufacturer publisher printer printers wholesaler
        distributor retailer vendor amazon
        """)

    /// Who pays.
    static let banks = words(
        """
        bank sparkasse hausbank paypal klarna stripe versicherung versicherer insurer insurance kreditkartenunternehmen kartenanbieter
        zahlungsdienstleister volksbank commerzbank postbank visa mastercard wise revolut finanzamt krankenkasse
        """)

    /// Who connects, registers and decides.
    private static let others = words(
        """
        telekom vodafone glasfaser telefonica congstar denic registry registrar registrierungsstelle nominet verisign icann netzbetreiber
        provider vorlieferant zoll customs openreach bt microsoft google apple stadtwerke amt gericht notar vermieter hausverwaltung
        behoerde landlord council court airline fluggesellschaft werkstatt reederei labor rechenzentrumsbetreiber zertifizierungsstelle
        """)

    static let carriers = parcelCarriers.union(banks).union(others)

    /// These are ours where "unser" stands before them.
    static let oursToo = words("werkstatt druckerei verlag labor spedition kurier kurierdienst versicherung post printer printers amt")

    /// German makes one word of many: "Glasversicherung", "Musikverlag".
    static let carrierEndings = [
        "bank", "sparkasse", "versicherung", "verlag", "spedition", "lieferant", "hersteller", "dienstleister", "haendler", "druckerei",
        "betreiber", "stadtwerke", "paketdienst", "kurier",
    ]

    /// Who works for us, and is no third party even where it does something for us.
    static let departments = words(
        """
        technik buchhaltung lager it edv fachabteilung abteilung team kollege kollegin kollegen versand vertrieb zentrale verwaltung
        redaktion leitung support hotline service entwicklung chef chefin filiale billing accounts team warehouse engineers developers
        technicians finance department colleague colleagues sales management network security technik technikabteilung rechtsabteilung
        personalabteilung
        """)

    /// Beginnings of words for people: they come back from holiday, which keeps no promise.
    static let persons = [
        "kolleg", "herr", "frau", "vertretung", "chef", "leiter", "mitarbeiter", "sachbearbeiter", "ansprechpartner", "colleague",
        "manager",
        "team", "he", "she", "he's", "she's", "i'm", "we're", "techniker", "monteur", "engineer", "technician", "gutachter", "fahrer",
        "elektriker",
        "installateur", "surveyor", "fitter", "installer", "plumber", "electrician", "driver", "people", "servicetechniker",
        "servicefahrer", "jemand",
        "someone", "somebody", "kundendienst", "handwerker", "berater", "aussendienst",
    ]

    /// States that somebody has to bring about where a thing is in them again.
    static let conditionsOfThings: Set<String> = [
        "erreichbar", "verfuegbar", "laeuft", "laufen", "geoeffnet", "lieferbar", "available", "open", "up", "running", "down",
    ]
}

/// The third party that acts in a clause.
extension PhraseClause {
    /// Its token: one that is known, or whoever does something for us, "die Druckerei schickt *uns*", "the printer is sending *us*".
    static func carrier(_ words: [Int], _ verbs: [PhraseVerb], _ tokens: [PhraseToken], _ language: Language) -> Int? {
        words.first { isCarrier($0, tokens, language) && acts($0, tokens) } ?? giver(words, verbs, tokens, language)
    }

    /// One that is known, where we ourselves are who speaks: "wir haben von DHL erfahren".
    static func named(_ words: [Int], _ tokens: [PhraseToken]) -> Int? {
        words.first { acts($0, tokens) && PhraseVerbs.carriers.contains(tokens[$0].text) }
    }

    private static func isCarrier(_ index: Int, _ tokens: [PhraseToken], _ language: Language) -> Bool {
        let text = tokens[index].text
        let before = index > 0 ? tokens[index - 1].text : ""
        if PhraseVerbs.oursToo.contains(text), before.hasPrefix("unser") || before == "our" { return false }
        if text == "post", language == .en { return false }
        if PhraseVerbs.carriers.contains(text) { return text != "bt" && text != "ups" || tokens[index].isCapital }
        guard language == .de, tokens[index].isCapital, text.utf8.count > 9, !before.hasPrefix("unser") else { return false }
        return PhraseVerbs.carrierEndings.contains { text.hasSuffix($0) }
    }

    private static func giver(_ words: [Int], _ verbs: [PhraseVerb], _ tokens: [PhraseToken], _ language: Language) -> Int? {
        guard let us = words.first(where: { tokens[$0].isWord("uns", "us") }),
            let verb = verbs.first(where: { $0.token < us && $0.form != .participle })
        else { return nil }
        let gives = ["schick", "liefer", "send", "bring", "stell", "ship", "deliver", "provid", "supply"]
        guard gives.contains(where: { tokens[verb.token].text.hasPrefix($0) }) else { return nil }
        let articles: Set = ["der", "die", "das", "the", "our", "unser", "unsere"]
        return words.first { index in
            index > 0 && index < us && articles.contains(tokens[index - 1].text) && (language == .en || tokens[index].isCapital)
                && !PhraseVerbs.departments.contains(tokens[index].text)
        }
    }
}
