import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct TicketNumberTests {
    @Test func `a number is said in two groups and read back however it is typed`() throws {
        let number = TicketNumber(sequence: 10_001)
        #expect(number.description == "100-014")
        for typed in ["100-014", "#100-014", "100014", " 100 014 ", "#100.014", "[#100-014]".filter { $0 != "[" && $0 != "]" }] {
            #expect(TicketNumber(typed) == number, "\(typed)")
        }
    }

    @Test(arguments: ["", "#", "abc", "100-01x", "100-015", "-1", "9999999999999999999999", "１００-０１４"])
    func `what is no number is refused`(_ text: String) { #expect(TicketNumber(text) == nil) }

    @Test func `every single wrong digit and every swap of neighbours is caught`() {
        for sequence: Int64 in [10_001, 10_002, 54_321, 999_999, 1_234_567] {
            let digits = Array(String(TicketNumber(sequence: sequence).rawValue).utf8)
            for place in digits.indices {
                for wrong in UInt8(ascii: "0")...UInt8(ascii: "9") where wrong != digits[place] {
                    var changed = digits
                    changed[place] = wrong
                    #expect(TicketNumber(String(decoding: changed, as: UTF8.self)) == nil)
                }
                guard place > 0, digits[place] != digits[place - 1] else { continue }
                var swapped = digits
                swapped.swapAt(place, place - 1)
                #expect(TicketNumber(String(decoding: swapped, as: UTF8.self)) == nil)
            }
        }
    }

    @Test func `a number out of a damaged row is refused`() { #expect(TicketNumber(rawValue: 100_015) == nil) }
}
