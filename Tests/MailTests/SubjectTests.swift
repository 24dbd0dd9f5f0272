import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct SubjectTests {
    @Test(arguments: [
        ("Lieferung", "Lieferung", 0), ("Re: Lieferung", "Lieferung", 1), ("AW: Re: Lieferung", "Lieferung", 2),
        ("Re[2]: Lieferung", "Lieferung", 1),
        ("AW(3): Lieferung", "Lieferung", 1), ("RE^4: Lieferung", "Lieferung", 1), ("Re : Lieferung", "Lieferung", 1),
        ("re:re:RE: Lieferung", "Lieferung", 3),
        ("Antwort: Lieferung", "Lieferung", 1), ("SV: VS: TR: RV: R: Lieferung", "Lieferung", 5),
        ("WG: FW: Fwd: Lieferung", "Lieferung", 3),
        ("Re：Lieferung", "Lieferung", 1), ("Re:", "", 1), ("", "", 0), ("  viel   Platz ", "viel Platz", 0),
        ("Rechnung: Mai", "Rechnung: Mai", 0),
        ("Reh: Wild", "Reh: Wild", 0), ("Ref: 4711", "Ref: 4711", 0), ("Re[abc]: x", "Re[abc]: x", 0), ("\u{FEFF}Re: x", "x", 1),
        ("I: Punkt eins", "I: Punkt eins", 0),
    ])
    func `prefixes are taken off and counted`(_ text: String, _ base: String, _ prefixes: Int) {
        let subject = Subject.parse(text)
        #expect(subject.base == base)
        #expect(subject.prefixes == prefixes)
    }

    @Test(arguments: [("WG: x", true), ("Fwd: x", true), ("FW: Re: x", true), ("Re: WG: x", false), ("AW: x", false), ("x WG: y", false)])
    func `only the outermost prefix says whether it is forwarded`(_ text: String, _ isForward: Bool) {
        #expect(Subject.parse(text).isForward == isForward)
    }

    @Test(arguments: [
        ("[#100-014] Umzug", "100014", "Umzug"), ("AW: [#100-014] Umzug", "100014", "Umzug"), ("[#100-014] AW: Umzug", "100014", "Umzug"),
        ("Umzug #100-014", "100014", "Umzug"), ("[#100014] Umzug", "100014", "Umzug"), ("Umzug [#1000-014-7]", "10000147", "Umzug"),
        ("zu #100-014, dringend", "100014", "zu , dringend"), ("#100\u{2011}014 Umzug", "100014", "Umzug"),
        ("#200-020 [#100-014]", "100014", "#200-020"),
    ])
    func `our number is found in its forms`(_ text: String, _ number: String, _ base: String) {
        #expect(Subject.parse(text).ticketNumber == number)
        #expect(Subject.parse(text).base == base)
    }

    @Test(arguments: [
        "Bestellung #100014", "100-014 ohne Raute", "[100-014]", "#1", "[#12]", "a#100-014", "#100-014a", "#100-", "#-100-014", "##100-014",
        "[#1000000000000000]", "#\u{0661}\u{0660}\u{0660}-\u{0660}\u{0661}\u{0664}",
    ])
    func `other numbers are not ours`(_ text: String) {
        #expect(Subject.parse(text).ticketNumber == nil)
    }

    @Test func `a subject without end is read in time`() {
        #expect(Subject.parse(String(repeating: "Re: ", count: HostileMailTests.many)).prefixes > 100)
        #expect(Subject.parse(String(repeating: "#1", count: HostileMailTests.many)).ticketNumber == nil)
    }
}
