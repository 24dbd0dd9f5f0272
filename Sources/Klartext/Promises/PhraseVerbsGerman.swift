import Foundation

extension PhraseVerbs {
    static let german = PhraseVerbs(
        stems: table([
            .call: "ruf telefonier durchruf anruf anklingel klingel",
            .mail: "antwort schick send schreib mail uebermittel beantwort zusend fax zuschick zukomm",
            .visit: "besuch fahr vorbeikomm mess begutacht vorbeischau vorbeifahr",
            .refund: """
            erstatt ueberweis rueckbuch schreibgut zahl verguet gutschreib rueckerstatt entschaedig bezahl gutgeschrieb
            auszahl rueckzahl rueckueberweis gutbring
            """,
            .parcel: "liefer versend verschick zustell eintreff ankomm pack verpack auslief abhol nachliefer anliefer expedier",
            .other: """
            meld informier benachrichtig unterricht kontaktier buch pruef erledig bearbeit klaer beheb reparier loes komm teil geb bring
            hol schalt aktivier stell tausch kuendig bestaetig kuemmer richt aender korrigier leit leg setz spiel reich beauftrag erreich
            erfolg treff geh schliess verbind ersetz austausch sperr freigeb nehm halt besprech veranlass storn ermittel zieh uebernehm
            ruehr nachfrag frag hoer erhalt bekomm mach find arbeit beginn versuch biet schau seh wiss lieg heb beend befass sag rechn
            steig steh land besorg erkundig forder hak organisier koordinier start test wechsel wend sorg sprech stimm trag uebertrag
            vereinbar wiederhol erneuer erstell herstell entsperr entfern loesch fueg verlass ueberpruef ueberarbeit untersuch entscheid
            pass deaktivier analysier abschliess lass werf recherchier bereinig raeum bau druck fuehr entstoer portier migrier konfigurier
            programmier veroeffentlich verleg kopier rekonstruier archivier registrier reduzier verrechn verbuch entlast begleich
            ermoeglich uebergeb uebergib ueberreich vermittel eskalier delegier dokumentier protokollier notier vermerk terminier bestell
            begleit betreu helf hilf diagnostizier vorbereit bewert erlaeuter aktualisier lad laed hochfahr streich tilg lift verschieb
            pfleg folg verlaess laess hael gib nimm traeg trifft sieh sprich wirf lies schlaeg faehr kontrollier erneut justier optimier
            synchronisier replizier verschluessel autorisier genehmig validier verifizier uebersetz lektorier redigier produzier scann
            digitalisier umsetz unternehm unternimm uebernimm vornimm wirk ordn zeig beschleunig priorisier sortier sammel stoss schieb
            zerleg verkabel montier demontier entpack reagier laeuf lauf schaff kriech krieg erfahr hinterleg bereitstell
            abmeld anmeld eintrag fix deploy patch ergaenz vervollstaendig beruecksicht feststell verweis einricht wiederaufnehm mitnehm
            zurueckzieh vollzieh spiegel verteil versieg beseitig nachbesser rett installier dreh stopp drosseln drossel verbesser verkuerz erweiter ersuch
            hinterfrag roll deck senk verwend auswert
            """,
        ]),
        irregular: [
            "erhaelt": .other, "raus": .other, "geht": .other,
            "wirft": .other,
            "sein": .other, "haben": .other, "werden": .other, "da": .other, "fertig": .other, "bereit": .other, "frei": .other,
            "online": .other,
        ],
        nouns: [
            "rueckruf": .call, "anruf": .call, "telefonat": .call, "telefontermin": .call, "telefonisch": .call, "mail": .mail,
            "email": .mail,
            "schriftlich": .mail, "antwort": .other, "techniker": .visit, "technikerin": .visit, "monteur": .visit, "monteurin": .visit,
            "technikertermin": .visit, "kundendienst": .visit, "handwerker": .visit, "ort": .visit, "elektriker": .visit,
            "gutschrift": .refund,
            "rueckzahlung": .refund, "rueckerstattung": .refund, "erstattung": .refund, "betrag": .refund, "geld": .refund,
            "ueberweisung": .refund,
            "rueckbuchung": .refund, "kaufpreis": .refund, "euro": .refund, "eur": .refund, "paket": .parcel, "sendung": .parcel,
            "lieferung": .parcel, "ware": .parcel, "zustellung": .parcel, "bestellung": .parcel, "ersatz": .parcel, "ersatzgeraet": .parcel,
            "ersatzteil": .parcel, "ersatzlieferung": .parcel, "versand": .parcel, "paeckchen": .parcel, "geschenk": .parcel,
            "geraet": .parcel, "tuer": .visit, "haustuer": .visit, "gutachter": .visit, "kaution": .refund, "versandkosten": .refund,
            "porto": .refund, "differenz": .refund, "guthaben": .refund, "restbetrag": .refund,
            "buch": .parcel, "buecher": .parcel, "kabel": .parcel, "netzteil": .parcel, "ersatzteile": .parcel, "teile": .parcel,
            "installateur": .visit, "austauschgeraet": .parcel, "retoure": .parcel,
            "rueckmeldung": .other, "bescheid": .other, "entstoerung": .other, "stoerung": .other, "anschluss": .other, "problem": .other,
            "termin": .other,
            "update": .other, "zwischenstand": .other, "loesung": .other, "ergebnis": .other, "fehler": .other, "kollege": .other,
            "kollegin": .other, "befund": .other, "brief": .mail, "zwischenbescheid": .other, "klarheit": .other, "entscheidung": .other,
            "stellungnahme": .other,
            "auskunft": .other, "angebot": .other, "band": .parcel, "heft": .parcel, "exemplar": .parcel,
        ],
        we: ["wir", "ich"],
        receiving: [
            "wissen", "erfahren", "hoerst", "bekommst", "kriegst", "erhaeltst", "erhaltet", "bekommt", "hoert", "kriegt", "erhalten",
            "bekommen", "hoeren", "kriegen", "erhaelt", "bekommt",
        ],
        asking: [
            "bitte", "bitten", "gebeten", "erbitten", "benoetigen", "benoetige", "brauchen", "brauche", "freuen", "freue", "erwarten",
            "erwarte", "warten",
            "warte",
        ],
        concerns: [
            "unser", "mein", "kolleg", "techni", "abteilung", "team", "herr", "frau", "fach", "jemand", "vertretung", "ihr", "ihnen", "sie",
            "uns", "alles", "dir", "dich", "dein", "euch", "euer", "eure", "du",
            "alle", "das", "es", "er", "darum", "zugang", "umstellung", "domain", "vertrag", "konto", "konten", "leitung", "server",
            "tarif", "daten",
            "webseite", "rechnung", "zaehler", "karte", "buchung", "anfrage", "antrag", "reklamation", "beschwerde", "vorgang", "ticket",
            "abrechnung", "korrektur", "aenderung", "umzug", "meldung", "mahnung", "sperr", "adresse", "zertifikat", "passwort", "seite",
            "shop",
            "postfach", "nummer", "portierung", "installation", "einrichtung", "speicher", "backup", "datenbank", "auswertung", "bericht",
            "gutachten", "stellungnahme", "buchhaltung", "lager", "versand", "vertrieb", "verwaltung", "redaktion", "support", "schaden",
            "wartung",
            "nachdruck", "austausch", "reparatur", "bestaetigung", "formular", "etikett", "link", "zugaeng", "router", "gebuehr",
            "lastschrift",
            "kuendigung", "freigabe", "entscheidung", "pruefung",
        ],
        negations: [
            "nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "niemals", "nichts", "weder", "kaum", "ohne", "niemand",
        ],
        conditions: [
            "wenn", "wann", "weshalb", "warum", "wieso", "woran", "welche", "welcher", "welchem", "welchen", "wer", "falls", "sofern",
            "sobald", "solange", "vorausgesetzt", "ob", "soweit",
        ],
        questions: ["ob", "wann", "weshalb", "warum", "wieso", "woran", "welche", "welcher", "welchem", "welchen", "wer"],
        tentative: [
            "anvisiert", "angedacht", "angepeilt", "angestrebt", "duerfte", "duerften", "muesste", "muessten", "schaetzungsweise",
            "voraussichtlich", "vermutlich", "wahrscheinlich", "hoffentlich", "hoffen", "hoffe", "versuchen", "versuche", "versucht",
            "bemuehen", "bemuehe",
            "bemueht", "sollte", "sollten", "soll", "sollen", "koennen", "kann", "koennte", "koennten", "wuerde", "wuerden", "moechten",
            "moechte", "wollen",
            "will", "planen", "plane", "rechnen", "rechne", "denke", "denken", "vorauss", "voraussichtl", "eventuell", "evtl", "vielleicht",
            "moeglicherweise", "muessen", "muss", "davon", "geplant", "vorgesehen", "erwartet", "wohl", "eigentlich", "angeblich",
        ],
        states: [
            "wirksam",
            "reicht", "entfaellt", "absagen", "abgesagt", "ausfallen", "ausfaellt", "oeffnet", "versichert", "sonnig",
            "bindend", "zahlbar", "inbegriffen",
            "verfaellt", "verfallen", "verjaehrt", "lagert", "lagern", "erlischt", "verstreicht", "laeuft", "kostet", "kosten", "betraegt",
            "fruehestens", "montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags", "woechentlich",
            "monatlich",
            "werktags", "immer", "stets", "standardmaessig", "grundsaetzlich", "generell", "typischerweise", "erhaeltlich", "selben",
            "feiern", "tagen", "streiken", "streikt", "spaetschicht", "fruehschicht", "dienstreise", "elternzeit", "fortbildung",
            "erreichbar", "geoeffnet", "geschlossen", "gueltig", "gilt", "gelten", "laeuft", "laufen", "endet", "enden", "dauert", "dauern",
            "bleibt",
            "bleiben", "zeit", "reserviert", "reservieren", "aufbewahren", "aufbewahrt", "verlaengert",
            "verfuegbar",
            "faellig", "frist", "oeffnungszeiten", "sprechzeiten", "servicezeiten", "geschaeftszeiten", "betriebsferien", "unterwegs",
            "ausser",
            "abwesend", "krank", "ausgebucht", "ausverkauft", "befristet", "zurueckgehalten", "jeweils",
            "taeglich", "ueblicherweise", "normalerweise",
        ],
        topics: ["beginnt", "buero", "rabatt", "aktion", "wartung", "wartungsarbeiten", "urlaub", "feiertag", "verlaengern"],
        past: [
            "worden",
            "wollten", "wollte", "konnten", "konnte", "mussten", "musste", "durften", "durfte", "haetten", "haette", "waeren", "waere",
            "sei",
            "seien", "braeuchten", "braeuchte", "bat", "baten", "tat", "taten", "trat", "riet", "galt", "enthielt", "behielt", "neulich",
            "wart",
            "warst", "hattest", "wurdest", "erfuhr", "erfuhren", "zog", "zogen", "fuhr", "fuhren", "brach", "begann", "schien", "verlor",
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
        future: ["wirst", "werdet", "werde", "werden", "wird", "werd"],
        conjunctions: ["und", "sondern", "weil", "dass", "damit", "sodass", "obwohl", "bevor", "nachdem", "ehe"])
}
