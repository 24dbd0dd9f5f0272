import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct PhoneNumberTests {
    @Test(arguments: [
        ("4930123456", "+4930123456"), ("+4930123456", "+4930123456"), ("004930123456", "+4930123456"), ("anonymous", nil), ("", nil),
        ("030123456", nil), ("123", nil), ("1234567890123456", nil), ("49 30", nil), ("４９３０１２３４５６", nil), ("49301\u{301}23", nil),
    ])
    func `what a telephone system sends is a number with its country, or none`(sent: String, number: String?) {
        #expect(PhoneNumber(hook: sent)?.e164 == number)
    }

    @Test(arguments: [
        ("030 / 12 34-56", "+4930123456"), ("+49 (0)30 123456", "+4930123456"), ("0049 30 123456", "+4930123456"),
        ("(030) 123.456", "+4930123456"), ("+43 1 5880", "+4315880"), ("123456", nil), ("030 1234 Frau Vogt", nil), ("+", nil), ("", nil),
        ("030+123456", nil), ("00 0", nil),
    ])
    func `what people write is read as they would dial it`(typed: String, number: String?) {
        #expect(PhoneNumber(typed: typed, country: "49")?.e164 == number)
    }

    @Test func `the country follows from the clock`() {
        #expect(PhoneNumber(typed: "01 5880", country: PhoneNumber.country(of: "Europe/Vienna"))?.e164 == "+4315880")
        #expect(PhoneNumber(typed: "044 123", country: PhoneNumber.country(of: "Europe/Zurich"))?.e164 == "+4144123")
        #expect(PhoneNumber.country(of: "Europe/Berlin") == "49")
    }
}
