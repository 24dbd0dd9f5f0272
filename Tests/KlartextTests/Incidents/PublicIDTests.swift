import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct PublicIDTests {
    @Test(arguments: [0, 1, 35, 36, 4_738_381_338_321_616_895, .max] as [UInt64])
    func `a drawn name is twelve lower-case letters and digits`(_ number: UInt64) throws {
        let id = PublicID(drawn: number)
        #expect(PublicID(id.text) == id)
        let coded = try JSONEncoder().encode([id])
        #expect(try JSONDecoder().decode([PublicID].self, from: coded) == [id])
    }

    @Test func `different numbers are different names`() {
        #expect(PublicID(drawn: 0).text == "000000000000")
        #expect(PublicID(drawn: 36).text == "000000000010")
        #expect(PublicID(drawn: 4_738_381_338_321_616_895).text == "zzzzzzzzzzzz")
        #expect(Set((0..<5000).map { PublicID(drawn: $0 * 977) }).count == 5000)
    }

    @Test(arguments: ["", "abc", "ABCDEFGHIJKL", "abcdefghijk-", "abcdefghijklm", "ébcdefghijk", "abcdefghijk\u{301}l"])
    func `anything else is no name`(_ text: String) {
        #expect(PublicID(text) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PublicID].self, from: JSONEncoder().encode([text])) }
    }
}
