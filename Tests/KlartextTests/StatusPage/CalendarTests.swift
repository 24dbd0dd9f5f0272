import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MaintenanceCalendarTests {
    private func lines(_ path: String = "maintenance.ics") throws -> [[UInt8]] {
        let file = try #require(try StatusPageStage.files(SampleStatus.whole)[path])
        #expect(Array(file.bytes.suffix(2)) == [0x0D, 0x0A])
        return String(decoding: file.bytes, as: UTF8.self).components(separatedBy: "\r\n").dropLast().map { Array($0.utf8) }
    }

    /// The content lines, put together again.
    private func unfolded(_ path: String = "maintenance.ics") throws -> [String] {
        try lines(path).reduce(into: [[UInt8]]()) { whole, line in
            if line.first == UInt8(ascii: " ") {
                whole[whole.count - 1] += line.dropFirst()
            } else {
                whole.append(line)
            }
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `no line is longer than 75 octets, and none begins within a letter`() throws {
        for path in ["maintenance.ics", "de/maintenance.ics"] {
            for line in try lines(path) {
                #expect(line.count <= 75)
                #expect(String(validating: line, as: UTF8.self) != nil)
            }
        }
    }

    @Test(arguments: 60...80)
    func `a letter of four octets at any place comes back whole`(position: Int) {
        let value = String(repeating: "x", count: position) + "🛠ß" + String(repeating: "ü", count: 90)
        let folded = ContentLine.folded("SUMMARY", value)
        let pieces = String(decoding: folded, as: UTF8.self).components(separatedBy: "\r\n ")
        #expect(pieces.joined() == "SUMMARY:\(value)\r\n")
        #expect(pieces.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test(arguments: [
        ("a, b; c\\d", "a\\, b\\; c\\\\d"), ("one\ntwo", "one\\ntwo"), ("one\r\ntwo", "one\\ntwo"),
        ("one\rtwo\u{2028}three", "one\\ntwo\\nthree"),
        ("nul\u{0}bell\u{7}del\u{7F}nel\u{85}", "nulbelldelnel\\n"), ("tab\there", "tab here"), ("BEGIN:VEVENT", "BEGIN:VEVENT"),
        (",\u{301}", "\\,\u{301}"),
    ])
    func `a text is escaped by scalars`(text: String, escaped: String) {
        #expect(ContentLine.escaped(text) == escaped)
    }

    @Test func `each maintenance is an event with its times in UTC`() throws {
        let lines = try unfolded()
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 4)
        #expect(lines.filter { $0.hasPrefix("DTSTAMP:") }.count == 4)
        #expect(lines.contains("UID:ma0000000004@status.nordlicht.example"))
        #expect(lines.contains("SEQUENCE:2"))
        #expect(lines.contains("DTSTART:20261125T110211Z"))
        #expect(lines.contains("DTEND:20261126T120211Z"))
        #expect(lines.contains("SUMMARY:Nordlicht: Move\\, part two"))
    }

    @Test func `what was called off stays, and says so`() throws {
        let lines = try unfolded()
        let start = try #require(lines.firstIndex(of: "UID:ma0000000003@status.nordlicht.example"))
        let end = try #require(lines[start...].firstIndex(of: "END:VEVENT"))
        #expect(lines[start..<end].contains("STATUS:CANCELLED"))
        #expect(lines.filter { $0 == "STATUS:CANCELLED" }.count == 1)
        #expect(lines.filter { $0 == "STATUS:CONFIRMED" }.count == 3)
    }

    @Test func `German has its own calendar with the same events`() throws {
        let (german, english) = (try unfolded("de/maintenance.ics"), try unfolded())
        func uids(_ lines: [String]) -> [String] { lines.filter { $0.hasPrefix("UID:") } }
        #expect(uids(german) == uids(english))
        #expect(german.contains("SUMMARY:Nordlicht: Umzug\\, zweiter Teil\\; lang"))
    }
}
