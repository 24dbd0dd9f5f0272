import Foundation
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct InvitationTests {
    private func invitation(_ lines: String, method: String = "REQUEST") -> Invitation? {
        Invitation(
            parsing: Array("BEGIN:VCALENDAR\r\nMETHOD:\(method)\r\nBEGIN:VEVENT\r\n\(lines)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8))
    }

    /// Summer begins on 29 March 2026 in Europe.
    @Test(arguments: [
        ("DTSTART:20260316T140000Z", "2026-03-16T14:00:00Z"), ("DTSTART;TZID=Europe/Berlin:20260316T140000", "2026-03-16T13:00:00Z"),
        ("DTSTART;TZID=Europe/Berlin:20260330T140000", "2026-03-30T12:00:00Z"),
        ("DTSTART;TZID=\"W. Europe Standard Time\":20260330T140000", "2026-03-30T12:00:00Z"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260330T140000", "2026-03-30T12:00:00Z"),
        ("DTSTART;TZID=GMT Standard Time:20260330T140000", "2026-03-30T13:00:00Z"), ("dtstart:20260316T140000z", nil),
        ("DTSTART:20260230T140000Z", nil), ("DTSTART:20261316T140000Z", nil), ("DTSTART:2026-03-16", nil), ("DTSTART:", nil),
        ("DTSTART:20260316T250000Z", nil), ("DTSTART:20260316T14", nil),
    ])
    func `a time is read in its zone`(_ line: String, _ moment: String?) {
        let start = invitation(line)?.start
        guard let moment else {
            if case .moment = start { Issue.record("\(line) is no moment") }
            return
        }
        #expect(start?.date.formatted(.iso8601) == moment)
        if case .moment = start {} else { Issue.record("\(line) is a moment") }
    }

    @Test func `a zone that nobody knows is named and not guessed`() {
        let start = invitation("DTSTART;TZID=Werkszeit:20260316T140000")?.start
        #expect(start == .local(Date(timeIntervalSince1970: 1_773_669_600), zone: "Werkszeit"))
        #expect(invitation("DTSTART:20260316T140000")?.start == .local(Date(timeIntervalSince1970: 1_773_669_600), zone: nil))
    }

    @Test(arguments: [
        ("DTEND:20260316T150000Z", 3_600.0), ("DURATION:PT1H30M", 5_400), ("DURATION:P1DT1S", 86_401), ("DURATION:P2W", 1_209_600),
        ("DURATION:-PT1H", nil), ("DURATION:Unsinn", nil), ("DURATION:P99999999999999999999W", nil), ("DTEND:20260316T140000Z", nil),
        ("DTEND:20260316T130000Z", nil),
    ])
    func `the end comes from itself or from the duration, and after the start`(_ line: String, _ seconds: Double?) {
        let found = invitation("DTSTART:20260316T140000Z\r\n\(line)")
        #expect(found?.end?.date == seconds.map { Date(timeIntervalSince1970: 1_773_669_600 + $0) })
    }

    @Test func `one whole day ends on itself`() {
        let found = invitation("DTSTART;VALUE=DATE:20260316\r\nDTEND;VALUE=DATE:20260317")
        #expect(found?.start == .day(Date(timeIntervalSince1970: 1_773_619_200)))
        #expect(found?.end == nil)
    }

    @Test func `names and words are shown as they are, on one line, and cannot turn the line around`() {
        let found = invitation(
            "SUMMARY:Ein\\nZwei\\, drei\u{202E}fdp\r\nORGANIZER;CN=\"A; B: C\":MAILTO:a@b.example\r\nLOCATION:Raum\r\n\t 5")
        #expect(found?.summary == "Ein Zwei, dreifdp")
        #expect(found?.organizer == Invitation.Person(name: "A; B: C", address: "a@b.example"))
        #expect(found?.location == "Raum 5")
    }

    @Test func `a cancelled state says more than a method, and an unknown method is a plain appointment`() {
        #expect(invitation("STATUS:CANCELLED")?.method == .cancel)
        #expect(invitation("SUMMARY:x", method: "COUNTER")?.method == .publish)
        #expect(invitation("ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@b.example", method: "REPLY")?.answer == .tentative)
    }

    @Test(arguments: ["", "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "\u{0}", ":", "BEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO"])
    func `what holds no appointment is none, or an empty one`(_ text: String) {
        #expect(Invitation(parsing: Array(text.utf8))?.start == nil)
    }

    @Test(arguments: ["BEGIN:VEVENT\n", " x\n", "A;", "A;B=\"", "X:y\n", "END:VEVENT\nBEGIN:VEVENT\n", "\\n", "DTSTART:9\n"])
    func `repetitions without end are read in time`(_ piece: String) {
        let text = "BEGIN:VEVENT\nSUMMARY:" + String(repeating: piece, count: 100 * HostileMailTests.many / piece.utf8.count)
        #expect(Invitation(parsing: Array(text.utf8)) != nil)
    }
}
