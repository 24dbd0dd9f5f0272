import Foundation
import Testing

@testable import Klartext

/// The examples are those of the SWIFT IBAN registry.
@Suite(.timeLimit(.minutes(1)))
struct IBANTests {
    static let examples = [
        "GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00", "AT61 1904 3002 3457 3201", "CH93 0076 2011 6238 5295 7",
        "FR14 2004 1010 0505 0001 3M02 606", "NL91 ABNA 0417 1643 00", "NO93 8601 1117 947", "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "BE68 5390 0754 7034", "LC55 HEMM 0001 0001 0012 0012 0002 3015", "RU03 0445 2522 5408 1781 0538 0913 1041 9",
        "PL61 1090 1014 0000 0712 1981 2874", "SC18 SSCB 1101 0000 0000 0000 1497 USD", "LI21 0881 0000 2324 013A A",
        "SE45 5000 0000 0583 9825 7466",
    ]

    @Test(arguments: examples) func `the registry's examples are read and written in groups of four`(_ example: String) throws {
        #expect(try IBAN(example).grouped == example)
        let typed = example.lowercased().replacingOccurrences(of: " ", with: "")
        #expect(try IBAN(" \(typed)\n").grouped == example)
        #expect(try IBAN(example).compact == typed.uppercased())
    }

    @Test(arguments: examples) func `a changed digit is found, and two that changed places`(_ example: String) throws {
        let characters = Array(try IBAN(example).compact.utf8)
        for index in 2..<characters.count {
            for other in "0123456789".utf8 where other != characters[index] && characters[index] < 0x41 {
                var wrong = characters
                wrong[index] = other
                #expect((try? IBAN(String(decoding: wrong, as: UTF8.self))) == nil)
            }
            guard index + 1 < characters.count, characters[index] != characters[index + 1] else { continue }
            // of letters, which stand for two digits each, the standard promises nothing
            guard characters[index] < 0x41, characters[index + 1] < 0x41 else { continue }
            var swapped = characters
            swapped.swapAt(index, index + 1)
            #expect((try? IBAN(String(decoding: swapped, as: UTF8.self))) == nil)
        }
    }

    @Test(arguments: [
        ("DE89 3704 0044 0532 0130 0", FieldProblem(.fieldIBANLength, ["country": "DE", "expected": "22", "count": "21"])),
        ("DE88 3704 0044 0532 0130 00", FieldProblem(.fieldIBANCheck)),
        ("ZZ89 3704 0044 0532 0130 00", FieldProblem(.fieldIBANCountry, ["country": "ZZ"])),
        ("0532013000", FieldProblem(.fieldIBANCountryMissing)),
        ("D", FieldProblem(.fieldIBANCountryMissing)),
        ("DE89 3704 0044 0532 0130 0O", FieldProblem(.fieldIBANCheck)),
        ("DEÄ9 3704 0044 0532 0130 00", FieldProblem(.fieldIBANCharacter, ["character": "Ä"])),
        ("DE89,3704", FieldProblem(.fieldIBANCharacter, ["character": ","])),
    ])
    func `what is wrong is said`(_ typed: String, _ problem: FieldProblem) { #expect(throws: problem) { try IBAN(typed) } }
}
