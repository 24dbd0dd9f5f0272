import Foundation

extension PhraseVerbs {
    static let carriers: Set<String> = [
        "dhl", "dpd", "hermes", "gls", "ups", "fedex", "post", "spediteur", "spedition", "paketdienst", "paketbote", "zusteller", "kurier",
        "kurierdienst", "versanddienstleister", "carrier", "courier", "forwarder", "hersteller", "lieferant", "zulieferer", "supplier",
        "manufacturer",
        "bank", "sparkasse", "hausbank", "telekom", "vodafone", "denic", "registry", "registrar", "registrierungsstelle", "netzbetreiber",
        "versicherung", "insurer", "insurance", "paypal", "grosshaendler", "wholesaler", "vendor", "postbote", "royal", "zoll", "customs",
    ]

    /// Who of them brings parcels, and who pays.
    static let banks: Set<String> = ["bank", "sparkasse", "hausbank", "paypal", "versicherung", "insurer", "insurance"]
    static let parcelCarriers: Set<String> = [
        "dhl", "dpd", "hermes", "gls", "ups", "fedex", "post", "spediteur", "spedition", "paketdienst", "paketbote", "zusteller", "kurier",
        "kurierdienst", "versanddienstleister", "carrier", "courier", "forwarder", "postbote", "royal", "lieferant", "hersteller",
        "zulieferer", "supplier", "manufacturer",
    ]
}

extension PhraseVerbs {
    /// Beginnings of words for people: they come back from holiday, which keeps no promise.
    static let persons = [
        "kolleg", "herr", "frau", "vertretung", "chef", "leiter", "mitarbeiter", "sachbearbeiter", "ansprechpartner", "colleague", "manager",
        "team", "he", "she", "he's", "she's", "i'm", "we're", "techniker", "monteur", "engineer", "technician",
    ]

    /// States that somebody has to bring about where a thing is in them again.
    static let conditionsOfThings: Set<String> = [
        "erreichbar", "verfuegbar", "laeuft", "laufen", "geoeffnet", "lieferbar", "available", "open", "up", "running", "down",
    ]
}
