import Testing

@testable import Klartext

/// Numbers of parcels. Post: the example of UPU S10-12. DHL, DPD, FedEx and UPS: the test numbers of the open collection jkeen/tracking_number_data,
/// and paketda.de's article on the check digits of German carriers (DHL, Hermes, DPD), compared with the algorithms in another language.
@Suite(.timeLimit(.minutes(1)))
struct TrackingNumberTests {
    struct Known: Sendable {
        var typed: String
        var carrier: Carrier
    }

    static let verified: [Known] = [
        .init(typed: "RN 123 456 785 GB", carrier: .post), .init(typed: "RB123456785DE", carrier: .post),
        .init(typed: "rr473124829gb", carrier: .post), .init(typed: "00340433836442636597", carrier: .dhl),
        .init(typed: "0034 0434 1610 9404 2557", carrier: .dhl), .init(typed: "340434161094042557", carrier: .dhl),
        .init(typed: "201298452277", carrier: .dhl), .init(typed: "3318810025", carrier: .dhl), .init(typed: "8487135506", carrier: .dhl),
        .init(typed: "1099255990", carrier: .dhl), .init(typed: "01015026003653c", carrier: .dpd),
        .init(typed: "00 81827 0998 0000 0200 33 350 276 C", carrier: .dpd),
        .init(typed: "0081 827 0998 0000 0200 45 327 276 N", carrier: .dpd),
        .init(typed: "09133131530724", carrier: .hermes), .init(typed: "1Z5R89390357567127", carrier: .ups),
        .init(typed: "1z879e930346834440", carrier: .ups), .init(typed: "1Z 410 E7W 03 9275 1591", carrier: .ups),
        .init(typed: "1Z8V92A70367203024", carrier: .ups), .init(typed: "1Z999AA10123456784", carrier: .ups),
        .init(typed: "986578788855", carrier: .fedEx), .init(typed: "477179081230", carrier: .fedEx),
        .init(typed: "0414 4176 0228 964", carrier: .fedEx), .init(typed: "5682 8361 0012 734", carrier: .fedEx),
        .init(typed: "9611020987654312345672", carrier: .fedEx), .init(typed: "1001921334250001000300779017972697", carrier: .fedEx),
        .init(typed: "9622001900000000000000776632517510", carrier: .fedEx),
    ]

    @Test(arguments: verified) func `a number whose check digit is right names its carrier`(_ known: Known) throws {
        let number = try TrackingNumber(known.typed)
        #expect(number.candidates.contains(.init(carrier: known.carrier, isVerified: true)))
        #expect(number.compact == known.typed.uppercased().filter { $0 != " " })
    }

    /// How many of all numbers with one other digit still name the carrier as if nothing were wrong.
    private func missed(_ known: Known) throws -> (missed: Int, tried: Int) {
        let right = Array(try TrackingNumber(known.typed).compact.utf8)
        // FedEx's barcodes of 22 and 34 digits are covered at their end, UPS's behind the 1Z
        let start = known.carrier == .ups ? 2 : right.count == 22 ? 7 : right.count == 34 ? 20 : 0
        var result = (missed: 0, tried: 0)
        for index in start..<right.count where right[index] < 0x3A {
            for other in "0123456789".utf8 where other != right[index] {
                var wrong = right
                wrong[index] = other
                let number = try? TrackingNumber(String(decoding: wrong, as: UTF8.self))
                result.tried += 1
                if number?.candidates.contains(.init(carrier: known.carrier, isVerified: true)) == true { result.missed += 1 }
            }
        }
        return result
    }

    @Test(arguments: verified) func `one changed digit is found, as far as the carrier's sum can`(_ known: Known) throws {
        let (missed, tried) = try missed(known)
        #expect(tried >= 45)
        switch (known.carrier, known.typed.filter { $0 != " " }.count) {
        // modulo 11 with two remainders that share a digit; a doubled 5 and a 5 × 4 that are round; nine remainders in seven digits
        case (.post, _), (.ups, _), (.fedEx, 12), (.fedEx, 34), (.dhl, 12), (.dhl, 10):
            #expect(missed * 8 <= tried, "\(missed) of \(tried)")
        default: #expect(missed == 0, "\(missed) of \(tried)")
        }
    }

    @Test(arguments: [
        ("RR473124828GB", FieldProblem(.fieldTrackingCheck, ["carrier": "Post"])),
        ("1Z1111111111111111", FieldProblem(.fieldTrackingCheck, ["carrier": "UPS"])),
        ("00340434161094042558", FieldProblem(.fieldTrackingCheck, ["carrier": "DHL"])),
        ("0034043416109404255", FieldProblem(.fieldTrackingCount, ["carrier": "DHL", "expected": "20", "count": "19"])),
        ("1Z999AA101234567841", FieldProblem(.fieldTrackingCount, ["carrier": "UPS", "expected": "18", "count": "19"])),
        ("9611020987654312345671", FieldProblem(.fieldTrackingCheck, ["carrier": "FedEx"])),
        ("12345", FieldProblem(.fieldTrackingLength, ["least": "6", "most": "40"])),
        ("nicht bekannt", FieldProblem(.fieldTrackingLength, ["least": "6", "most": "40"])),
        ("00340434, 2 Pakete", FieldProblem(.fieldTrackingCharacter, ["character": ","])),
    ])
    func `what is certainly mistyped is refused, and why`(_ typed: String, _ problem: FieldProblem) {
        #expect(throws: problem) { try TrackingNumber(typed) }
    }

    @Test(arguments: [
        ("XHAX4HDA", [Carrier.gls]), ("12345678901", [.gls]), ("JJD1410302937991", [.dhl]), ("JVGL0999999990", [.dhl]),
        ("H1001234567890123456", [.hermes]), ("TBA619632698000", []), ("3318810010", []), ("LA-2026-00012-X", []),
    ])
    func `a number without a check digit is kept, with who may have written it`(_ typed: String, _ carriers: [Carrier]) throws {
        let number = try TrackingNumber(typed)
        #expect(number.carriers == carriers && !number.isVerified)
    }

    @Test func `where one check digit is right, those that only look alike are not named`() throws {
        #expect(try TrackingNumber("986578788855").carriers == [.fedEx])
        #expect(try TrackingNumber("09133131530724").carriers == [.hermes])
        #expect(try TrackingNumber("01015026003653").carriers == [.dpd])
    }
}
