import Testing

@testable import Klartext

/// What was typed into a form, read as a whole.
@Suite(.timeLimit(.minutes(1)))
struct FilledFormTests {
    private static let today = CivilTime(year: 2026, month: 11, day: 23)

    private static func text(_ text: String) -> LocalText { LocalText(de: text, en: text + " (en)") }

    private static let type = RequestType(
        id: "parcel", position: 1, title: text("Paket"), subject: text("Paket {{number}} fort {{ day }}"),
        fields: [
            RequestField(id: "number", kind: .tracking, label: text("Nummer"), isRequired: true),
            RequestField(
                id: "who", kind: .choice([.init(id: "you", label: text("Sie")), .init(id: "me", label: text("Ich"))]), label: text("Wer?"),
                isRequired: true),
            RequestField(
                id: "day", kind: .date(.past), label: text("Wann?"), isRequired: true, conditions: [.init(field: "who", choice: "me")]),
            RequestField(id: "note", kind: .text(limit: 10, isLong: false), label: text("Notiz")),
        ])

    private func fill(_ typed: [String: String]) -> FilledForm { FilledForm(Self.type, typed: typed, today: Self.today) }

    @Test func `values are read, and the subject is made of them in each language`() {
        let form = fill(["number": "1Z999AA10123456784", "who": "me", "day": "12.11.2026", "note": "a\r\nb"])
        #expect(form.problems.isEmpty)
        #expect(form.values.map(\.value.stored) == ["1Z999AA10123456784", "me", "2026-11-12", "a  b"])
        #expect(form.values.map { $0.value.shown(in: .en) } == ["1Z999AA10123456784 (UPS)", "Ich (en)", "12 November 2026", "a  b"])
        #expect(form.subject(of: Self.type, in: .de) == "Paket 1Z999AA10123456784 fort 12.11.2026")
    }

    @Test func `what does not apply is not asked for, and not read`() {
        let form = fill(["number": "1Z999AA10123456784", "who": "you", "day": "no day at all"])
        #expect(form.problems.isEmpty && form.values.map(\.field.id) == ["number", "who"])
        #expect(form.subject(of: Self.type, in: .de) == "Paket 1Z999AA10123456784 fort")
    }

    @Test func `each problem names its field, in the order of the form`() {
        let form = fill(["number": " ", "who": "me", "day": "24.11.2026", "note": "12345678901"])
        #expect(form.problems.map(\.field) == ["number", "day", "note"])
        #expect(form.problems.map(\.problem.key) == [.fieldMissing, .fieldDatePast, .fieldTextLong])
        #expect(fill(["number": "1Z999AA10123456784", "who": "nobody"]).problems.map(\.problem.key) == [.fieldChoice])
    }

    @Test(arguments: [("24.11.2026", true), ("23.11.2026", true), ("22.11.2026", false)])
    func `a day to come may be today`(_ typed: String, _ isTaken: Bool) {
        let field = RequestField(id: "day", kind: .date(.future), label: Self.text("Tag"))
        #expect(((try? field.read(typed, today: Self.today)) != nil) == isTaken)
    }

    @Test func `the page says how a value is read`() throws {
        func remark(_ kind: FieldKind, _ typed: String) throws -> FieldProblem? {
            try RequestField(id: "x", kind: kind, label: Self.text("X")).read(typed, today: Self.today)?.remark(in: .de)
        }
        #expect(try remark(.tracking, "1Z999AA10123456784") == FieldProblem(.fieldReadVerified, ["carrier": "UPS"]))
        #expect(try remark(.tracking, "XHAX4HDA") == FieldProblem(.fieldReadCarrier, ["carrier": "GLS"]))
        #expect(try remark(.tracking, "TBA619632698000") == FieldProblem(.fieldReadUnknown))
        #expect(
            try remark(.domain, "faß.example") == FieldProblem(.fieldReadDomain, ["shown": "faß.example", "ascii": "xn--fa-hia.example"]))
        #expect(try remark(.date(.any), "12.11.26") == FieldProblem(.fieldRead, ["shown": "Donnerstag, 12. November 2026"]))
        #expect(try remark(.amount(.eur), "1008") == FieldProblem(.fieldRead, ["shown": "1.008,00 €"]))
        #expect(try remark(.text(limit: 5, isLong: false), "a") == nil)
    }
}
