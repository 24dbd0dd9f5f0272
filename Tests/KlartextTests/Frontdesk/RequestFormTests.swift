import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct RequestFormTests {
    private let rules = FormRules()

    private func problems(_ change: (inout RequestForm) -> Void) -> [FormProblem] {
        var form = RequestForm(subject: "Frage", text: "Wo ist es?", name: "Tom", address: "tom@oleary.example", language: .de)
        change(&form)
        let type = RequestType(id: "question", position: 1, title: LocalText(de: "Frage", en: "Question"))
        return form.problems(rules, type, FilledForm(type, typed: [:], today: CivilTime(year: 2026, month: 11, day: 23)))
    }

    @Test func `a filled form has no problems, and a name is not asked for`() {
        #expect(problems { _ in } == [])
        #expect(problems { $0.name = "" } == [])
    }

    @Test func `what is missing is named field by field`() {
        #expect(problems { ($0.subject, $0.text, $0.address) = (" ", "\n\t", "") } == [.subjectMissing, .textMissing, .addressMissing])
    }

    @Test(arguments: ["tom", "tom.oleary.example"])
    func `an address without the sign is told so`(_ address: String) { #expect(problems { $0.address = address } == [.addressWithoutAt]) }

    @Test(arguments: ["@", "tom@", "@example.org", "tom@exa mple.org", "a@b@c.de", "tom@example..org"])
    func `an address that nobody can write to is told so`(_ address: String) {
        #expect(problems { $0.address = address } == [.addressWrong])
    }

    @Test func `lengths are counted in scalars, and the limit itself is allowed`() {
        #expect(problems { $0.text = String(repeating: "e\u{301}", count: 25_000) } == [])
        #expect(problems { $0.text = String(repeating: "e\u{301}", count: 25_000) + "x" } == [.textTooLong(count: 50_001)])
        #expect(problems { $0.subject = String(repeating: "x", count: 301) } == [.subjectTooLong])
        #expect(problems { $0.name = String(repeating: "x", count: 201) } == [.nameTooLong])
    }

    @Test func `the field that nobody sees must stay empty`() { #expect(problems { $0.trap = "http://" } == [.trapFilled]) }

    @Test func `a subject is one line`() { #expect("a\r\nBcc: x\u{2028}y\0".onOneLine == "a  Bcc: x y ") }

    @Test func `too many kept files are named, and the first stay`() {
        let files = (0..<25).map { UploadTicket(digest: "\($0)", name: "\($0)", sizeBytes: 1, type: "a/b", issuedAt: .distantPast) }
        let kept = KeptFiles(kept: Array(files[..<20]), removed: [0, 19, 99, -1], new: Array(files[20...]), rules: rules)
        #expect(kept.files.map(\.name) == (1..<19).map(String.init) + ["20", "21"])
        #expect(kept.problems == [.tooManyFiles(limit: 20)])
    }

    @Test func `kept and new files count together`() {
        let file = UploadTicket(digest: "a", name: "a", sizeBytes: 13_000_000, type: "a/b", issuedAt: .distantPast)
        let both = KeptFiles(kept: [file], removed: [], new: [file], rules: rules)
        #expect(both.files.count == 2 && both.problems == [.filesTooLarge(sumBytes: 26_000_000)])
        #expect(KeptFiles(kept: [file], removed: [0], new: [file], rules: rules).problems == [])
        #expect(KeptFiles(kept: [nil, file], removed: [], new: [], rules: rules).problems == [.filesExpired])
        #expect(KeptFiles(kept: [nil, file], removed: [0], new: [], rules: rules).problems == [])
    }
}

@Suite(.timeLimit(.minutes(1)))
struct FormStampTests {
    private let seal = Seal(key: Array(repeating: 7, count: 32))
    private let now = TestDesk.start

    @Test func `a stamp of ours is read again`() {
        let stamp = FormStamp(issuedAt: now, token: "abc")
        #expect(FormStamp(stamp.text(seal), seal: seal, now: now.addingTimeInterval(60)) == stamp)
    }

    @Test func `a stamp that is forged, from the future or too old is none`() {
        let text = FormStamp(issuedAt: now, token: "abc").text(seal)
        #expect(FormStamp(text, seal: Seal(key: Array(repeating: 8, count: 32)), now: now) == nil)
        #expect(FormStamp(text.replacingOccurrences(of: "abc", with: "abd"), seal: seal, now: now) == nil)
        #expect(FormStamp(text, seal: seal, now: now.addingTimeInterval(-61)) == nil)
        #expect(FormStamp(text, seal: seal, now: now.addingTimeInterval(-59)) != nil, "another machine's clock")
        #expect(FormStamp(text, seal: seal, now: now.addingTimeInterval(FormStamp.validSeconds + 1)) == nil)
        for junk in ["", "..", "1.2", "1.2.3.4", String(repeating: "9", count: 500), "99999999999999999999.a.b"] {
            #expect(FormStamp(junk, seal: seal, now: now) == nil)
        }
    }
}
