"""What customers and agents write in the benchmarks: German and English, of the length and with the quotes of real mail."""

FIRST = [
    "Marlene", "Łukasz", "Nora", "Jörg", "Aylin", "Tom", "Ilse", "Kadir", "Beatrix", "Søren", "Anke", "Milan", "Zoë", "Uwe", "Rahel", "Finn"]
LAST = [
    "Vogt", "Nowak", "Lindqvist", "Müller", "Öztürk", "Baker", "Groß", "Yılmaz", "Schönfeld", "Kjær", "Peters", "Horvat", "Wright", "Weiß",
    "Stern", "Clark"]

# a sentence of few tickets
RARE = "Kulanzantrag liegt bei."

# (language, subject, what is asked), filled with a running number so that no two are the same
REQUESTS = [
    ("de", "Rechnung 2026-{n}: falscher Betrag abgebucht", (
        "Guten Tag,\n\nich habe nur die abgelaufene Firmenkarte ersetzt. Danach wurden acht neue Lizenzen bestellt und 1.008,00 € "
        "abgebucht, obwohl "
        "die alten bis Juni bezahlt sind. Auf der Rechnung 2026-{n} steht außerdem noch unsere alte Anschrift.\n\nBitte erstatten Sie "
        "den Betrag auf "
        "die Karte, nicht als Guthaben, und schicken Sie mir eine berichtigte Rechnung für die Buchhaltung.")),
    ("de", "Domain zieht nicht um, Vorgang {n}", (
        "Hallo,\n\nseit Montag steht der Umzug unserer Domain auf „wartet auf Bestätigung“. Den Link in Ihrer Mail habe ich zweimal "
        "angeklickt, die "
        "Seite sagt jedes Mal „gespeichert“. Der alte Anbieter sagt, bei ihm sei nichts angekommen (Vorgang {n}).\n\nDie Nameserver "
        "habe ich nicht "
        "angefasst. Was muss ich noch tun, und bleibt die Webseite in der Zwischenzeit erreichbar?")),
    ("de", "Webmail zeigt Fehler {n}", (
        "Guten Morgen,\n\nseit heute früh zeigt das Webmail nach der Anmeldung nur eine weiße Seite mit „Fehler {n}“. Auf dem Telefon "
        "kommen die Mails "
        "an. Ich habe den Browser neu gestartet, den Zwischenspeicher geleert und einen anderen Rechner versucht.\n\nHeute Mittag muss "
        "ein Angebot "
        "hinaus, das als Entwurf im Webmail liegt. Kommen Sie an diesen Entwurf heran?")),
    ("de", "Paket {n} seit acht Tagen unterwegs", (
        "Sehr geehrte Damen und Herren,\n\ndas Paket {n} soll am 12. zugestellt worden sein, „an einen Nachbarn“. Ich habe bei allen im "
        "Haus gefragt, "
        "niemand hat es. Der Zusteller gibt keine Auskunft und verweist an den Absender, also an Sie.\n\nBitte veranlassen Sie eine "
        "Nachforschung "
        "und sagen Sie mir, bis wann ich mit Ersatz rechnen kann.")),
    ("en", "Parcel {n} never arrived", (
        "Hello,\n\nthe tracking page has said \"out for delivery\" for five days now. The parcel shop on our street does not have "
        "number {n}, and the "
        "carrier tells me that only the sender may open an inquiry.\n\nIt holds the part for a machine that stands still, so I would "
        "rather have a "
        "second one sent today than wait for the first. Could you tell me which it will be?")),
    ("en", "Cannot sign in since the move, order {n}", (
        "Hi,\n\nsince the move to the new shop my address is \"unknown\" when I sign in, and the link for a new password never comes. "
        "My orders of six "
        "years are in that account, order {n} among them, and I need its invoice for a warranty claim.\n\nI have looked in the spam "
        "folder, and the "
        "newsletter does arrive at the same address.")),
    ("en", "TXT record {n} is not published", (
        "Hello,\n\nI added the TXT record our newsletter service asks for three days ago. The control panel shows it, but the name "
        "servers answer "
        "without it (checked with dig at all three of them, serial {n} everywhere).\n\nIs there something I have to confirm, or does "
        "the zone "
        "not get signed again by itself?")),
    ("de", "Kündigung zum Jahresende, Vertrag {n}", (
        "Hallo,\n\nhiermit kündige ich den Vertrag {n} zum Jahresende. Bitte bestätigen Sie mir die Kündigung und das Datum, und sagen "
        "Sie mir, wie "
        "lange ich die Daten danach noch herunterladen kann.\n\nDie Domain möchte ich mitnehmen; den Code für den Umzug brauche ich bis "
        "Mitte "
        "Dezember.")),
]

ANSWERS = {
    "de": [
        "Guten Tag {name},\n\nSie haben recht, das war unser Fehler: Der Dialog zum Kartenwechsel hat eine Bestellung ausgelöst. Die "
        "alten Verträge laufen "
        "weiter wie bisher. Den Betrag haben wir heute zurücküberwiesen; die Bank braucht dafür bis zu drei Werktage.\n\nWir melden uns "
        "wieder, sobald die "
        "Buchung zu sehen ist.",
        "Guten Tag {name},\n\ndanke für die genaue Beschreibung, damit ließ es sich gleich nachstellen. Die Ursache ist gefunden, die "
        "Korrektur läuft heute "
        "Abend. Bis dahin hilft es, die Seite mit gedrückter Umschalttaste neu zu laden.\n\nDarf ich Sie bitten, es morgen früh noch "
        "einmal zu versuchen?",
    ],
    "en": [
        "Hello {name},\n\nthank you for the details, with them it was easy to follow. Your account was left out when we moved, together "
        "with some others. It is "
        "back now, with all of its orders. Please try again, and tell us if anything is missing.",
        "Hello {name},\n\nwe have opened an inquiry with the carrier today; they have until Thursday to answer. Whatever they say, a "
        "second parcel leaves our "
        "house on Friday morning, and you keep whichever arrives first.",
    ],
}

MORE = {
    "de": [
        "Danke für die schnelle Antwort! Ich habe es gerade noch einmal versucht, es sieht unverändert aus. Soll ich Ihnen ein "
        "Bildschirmfoto schicken?",
        "Das ging ja schnell. Eine Frage noch: Gilt das auch für den zweiten Vertrag, oder muss ich dafür noch einmal schreiben?",
        "Der Betrag ist heute angekommen, vielen Dank. Es fehlt nur noch die berichtigte Rechnung.",
    ],
    "en": [
        "Thank you for the quick answer! I have just tried again and it looks the same as before. Shall I send you a screenshot?",
        "That was quick. One more question: does this hold for the second account as well, or should I write again for that one?",
        "The parcel came this morning, thank you. Only the corrected invoice is missing now.",
    ],
}

QUESTIONS = {"de": "Bitte bestätigen Sie uns die neue Anschrift", "en": "Please confirm your new address"}
CAUSES = {
    "de": "Der Dialog zum Kartenwechsel löste eine Bestellung aus. Er ist berichtigt, der Betrag ist erstattet.",
    "en": "The account was left out of the move to the new shop. It is complete again.",
}
NOTES = {"de": "Am Telefon zurückgerufen: drängt nicht, Mail genügt.", "en": "Called back: not urgent, a mail is enough."}

# the words of a letter, as the program writes them
LETTER = {
    "de": {
        "received": "Ihre Anfrage ist angekommen", "number": "Ihre Nummer", "state": "Wie ist der Stand?", "turn": "Wer ist dran?",
        "next": "Was passiert als Nächstes?", "by": "Bis wann?", "new": "Angekommen, noch nicht gelesen",
        "progress": "In Arbeit", "us": "Wir sind dran",
        "read": "Jemand aus unserem Team liest Ihre Anfrage und antwortet Ihnen.", "link": "Ihre Seite öffnen",
        "understood": "Das haben wir bekommen:",
        "time": "Montag, 23. November 2026, 18:10 Uhr (MEZ)", "wrote": "Am {time} schrieb {who}:",
        "remark": (
            "Antworten Sie einfach auf diese Mail, wenn Sie etwas ergänzen möchten. Der Link führt zu Ihrer privaten Seite: Wer ihn hat, "
            "kann Ihre Anfrage lesen."),
    },
    "en": {
        "received": "We have received your request", "number": "Your number", "state": "What is the state?", "turn": "Whose turn is it?",
        "next": "What happens next?", "by": "By when?", "new": "Received, not read yet", "progress": "In progress", "us": "It is our turn",
        "read": "Somebody from our team reads your request and answers you.", "link": "Open your page",
        "understood": "This is what we received:",
        "time": "Monday 23 November 2026, 18:10 (CET)", "wrote": "On {time}, {who} wrote:",
        "remark": (
            "Just answer this mail if you want to add something. The link leads to your private page: whoever has it can read your "
            "request."),
    },
}
