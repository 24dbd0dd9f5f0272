import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct QuotingTests {
    /// Introductions as programs write them, above marked lines.
    @Test(arguments: [
        "Am 12.03.2026 um 10:11 schrieb Nordlicht Hosting:", "Am 12.03.26 um 10:11 schrieb Nordlicht Hosting <a@b.example>:",
        "Am Do., 12. März 2026 um 10:11 Uhr schrieb Nordlicht Hosting <\na@b.example>:",
        "Am Donnerstag, den 12.03.2026, 10:11 +0100 schrieb Nordlicht:",
        "On Thu, Mar 12, 2026 at 10:11 AM Nordlicht Hosting <a@b.example>\nwrote:", "On 12/03/2026 10:11, Nordlicht wrote:",
        "On 2026-03-12 10:11, Nordlicht wrote:",
        "On Thursday, March 12th, 2026 at 10:11 AM, Nordlicht <a@b.example> wrote:", "Nordlicht Hosting schrieb:",
        "Nordlicht Hosting wrote:",
        "Nordlicht <a@b.example> schrieb am Do., 12. März 2026, 10:11:", "Nordlicht <a@b.example> hat am 12.03.2026 10:11 CET geschrieben:",
        "Le jeu. 12 mars 2026 à 10:11, Nordlicht <a@b.example> a écrit :", "-----Ursprüngliche Nachricht-----",
        "-----Original Message-----",
        "2026-03-12 10:11 GMT+01:00 Nordlicht <a@b.example>:", "Von: Nordlicht <a@b.example>\nGesendet: heute\nAn: Jonas\nBetreff: Umzug",
    ])
    func `an introduction goes with its quotation`(_ introduction: String) {
        let folded = Quoting.fold("Ja.\n\n\(introduction)\n\n> Wirklich?\n\nDoch.")
        #expect(folded.segments == [.text("Ja.\n"), .quote("\(introduction)\n\n> Wirklich?\n"), .text("Doch.")])
    }

    /// The same without marks: all below is the quotation.
    @Test(arguments: [
        "Am 12.03.2026 um 10:11 schrieb Nordlicht Hosting:", "On Thu, Mar 12, 2026 at 10:11 AM Nordlicht Hosting <a@b.example> wrote:",
        "Nordlicht <a@b.example> hat am 12.03.2026 10:11 CET geschrieben:", "-----Ursprüngliche Nachricht-----",
        "-------- Original Message --------",
        "*Von:* Nordlicht <a@b.example>\n*Gesendet:* Donnerstag, 12. März 2026 10:11\n*An:* Jonas <c@d.example>\n*Betreff:* Umzug",
        "From: Nordlicht\nSent: 12 March 2026 10:11\nTo: Jonas\nCc: Tom\nSubject: Umzug",
        "________________________________\nVon: N <a@b.example>\nDatum: heute\nBetreff: x",
        "Gesendet: Donnerstag, 12. März 2026 um 10:11 Uhr\nVon: \"N\" <a@b.example>\nAn: c@d.example\nBetreff: x",
        "Von: N Gesendet: heute An: c@d.example Betreff: Umzug",
    ])
    func `below a certain introduction all is quotation`(_ introduction: String) {
        let folded = Quoting.fold("Ja.\n\n\(introduction)\n\nWirklich?\nGruß")
        #expect(folded.visible == "Ja.")
        #expect(folded.segments.count == 2)
    }

    @Test(arguments: [
        "Am Montag schrieb mir Ihr Kollege Folgendes:\nnichts.", "Von: Hamburg\nAn: Berlin\nDatum: heute",
        "Er schrieb, dass es geht:\nstimmt nicht.",
        "Am 3. März rief ich an und notierte:\nRückruf bis 5. März", "Betreff: meine Bestellung\nbitte stornieren",
        "--- ganz wichtig ---\nbitte lesen",
        "Uhrzeit: 10:11\nOrt: Köln", "Von: ich", "On Monday he wrote this to me:\nno",
    ])
    func `sentences of people stay`(_ text: String) {
        #expect(Quoting.fold("Hallo,\n\n\(text)").visible == "Hallo,\n\n\(text)")
    }

    @Test func `greetings right above an introduction stay visible`() {
        let text = "Danke!\nGruß Jonas\nAm 12.03.2026 um 10:11 schrieb Nordlicht <a@b.example>:\n> x"
        #expect(Quoting.fold(text).visible == "Danke!\nGruß Jonas")
        let dated = "Am 12. kam das Paket.\nGruß Jonas\nAm 12.03.2026 um 10:11 schrieb Nordlicht <a@b.example>:\n> x"
        #expect(Quoting.fold(dated).visible == "Am 12. kam das Paket.\nGruß Jonas")
    }

    @Test func `answers between quotations stay visible in order`() {
        let folded = Quoting.fold("> eins?\nja\n> zwei?\n>\n> drei?\n\nnein\n")
        #expect(folded.visible == "ja\n\nnein")
        #expect(folded.segments.count == 4)
    }

    @Test(arguments: [
        "Von meinem iPhone gesendet", "Sent from my iPhone", "Gesendet mit der GMX Mail App", "Gesendet mit der WEB.DE Mail App",
        "Gesendet von Outlook für Android",
        "Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.", "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Outlook für iOS<https://aka.example/x> beziehen", "Sent from Mail for Windows", "Gesendet von Mail für Windows 10",
        "Gesendet von meinem iPad",
    ])
    func `the line of a mail app is a signature`(_ line: String) {
        #expect(Quoting.fold("Ja.\n\n\(line)\n").segments == [.text("Ja.\n"), .signature("\(line)\n")])
    }

    @Test func `a signature ends where a quotation begins`() {
        let folded = Quoting.fold("Ja.\n-- \nJonas Weber\nKöln\n\n> Wirklich?")
        #expect(folded.segments == [.text("Ja."), .signature("-- \nJonas Weber\nKöln\n"), .quote("> Wirklich?")])
    }

    @Test func `dashes above a long text only separate it`() {
        let text = "Kopf\n--\n" + String(repeating: "Zeile\n", count: 60)
        #expect(Quoting.fold(text).segments == [.text(text)])
    }

    @Test func `forwarded mail is news and stays visible`() {
        let block = "Von: N <a@b.example>\nGesendet: heute\nAn: Jonas\nBetreff: Umzug\n\nInhalt"
        #expect(Quoting.fold("zur Kenntnis\n\n\(block)", isForward: true).visible.contains("Inhalt"))
        #expect(Quoting.fold("zur Kenntnis\n\n\(block)").visible == "zur Kenntnis")
        #expect(Quoting.fold(block).visible.contains("Inhalt"))
        #expect(Quoting.fold("bitte\n\n-------- Weitergeleitete Nachricht --------\n\(block)").visible.contains("Inhalt"))
        #expect(Quoting.fold("please\n\nBegin forwarded message:\n\n\(block)").visible.contains("Inhalt"))
    }

    @Test func `what Apple's programs forward is marked and stays visible, an answer to it does not`() {
        let forwarded = "> Begin forwarded message:\n> \n> From: N <a@b.example>\n> \n> Inhalt"
        #expect(Quoting.fold("please\n\n\(forwarded)").visible.contains("Inhalt"))
        #expect(Quoting.fold("Ja.\n\nAm 12.03.2026 um 10:11 schrieb N <a@b.example>:\n\n\(forwarded)").visible == "Ja.")
    }

    /// Answers within Outlook's quotation have no mark of their own.
    @Test(arguments: [
        "Siehe unten.", "Antworten unten in Rot", "meine Kommentare in blau", "S. u.", "Please see my comments inline.", "answers below",
        "I have put my replies in red.",
    ])
    func `whoever says that the answers stand below is read there`(_ words: String) {
        let older = "Von: A\nGesendet: gestern\nAn: B\nBetreff: x\n\nÄltestes"
        let folded = Quoting.fold("\(words)\n\nVon: N\nGesendet: heute\nAn: J\nBetreff: x\n\nFrage?\nJa, am Montag.\n\n\(older)")
        #expect(folded.visible.contains("Ja, am Montag."))
        #expect(!folded.visible.contains("Ältestes"))
    }

    @Test(arguments: [
        "Das Kleid ist rot.", "Wir wohnen in Rotterdam.", "Der Aufkleber war unten.", "Danke für die Antwort!", "The online shop",
    ])
    func `words alike are no such pointer`(_ words: String) {
        let folded = Quoting.fold("\(words)\n\nVon: N\nGesendet: heute\nAn: J\nBetreff: x\n\nFrage?")
        #expect(folded.visible == words)
    }

    @Test func `a sentence above a quotation is no introduction in a foreign language`() {
        let text = "Das hier ging an a@b.example:\n> x\nund sonst nichts."
        #expect(Quoting.fold(text).visible == "Das hier ging an a@b.example:\n\nund sonst nichts.")
    }

    @Test func `if nothing would be left everything stays`() {
        #expect(Quoting.fold("> nur Zitat\n\n-- \nJonas").segments == [.text("> nur Zitat\n\n-- \nJonas")])
        #expect(Quoting.fold("").segments == [.text("")])
        #expect(Quoting.fold("\n\n").visible == "")
    }

    @Test func `our own words mark a quotation without any other sign`() {
        let text = "Ja.\n\nNordlicht Hosting, Ihr Anliegen 100-014\nGuten Tag"
        #expect(Quoting.fold(text, ownMarker: "Ihr Anliegen 100-014").visible == "Ja.")
        #expect(Quoting.fold(text).visible == text)
        #expect(Quoting.fold("Ja.", ownMarker: "").visible == "Ja.")
    }

    @Test(arguments: [
        ">", "> ", "Am ", "Von: x\n", "--\n", "\n", "From: a\nTo: b\n", "a\n>\n", "schrieb:\n", "On 1 10:11 wrote\n", "_________\n",
        "-----Original Message-----\n", "-----BEGIN PGP SIGNATURE-----\n", "> Begin forwarded message:\n", "x\n> y\n",
        "a@b.example 2026:\n> x\n",
        "siehe unten\n", "Von a\n",
    ])
    func `repetitions without end are folded in time and nothing is lost`(_ piece: String) {
        let text = String(repeating: piece, count: 10 * HostileMailTests.many / piece.utf8.count)
        #expect(Quoting.fold(text).segments.map(\.content).joined(separator: "\n") == text)
    }
}
