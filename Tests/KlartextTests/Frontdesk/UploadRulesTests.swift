import Foundation
import Testing

@testable import Klartext

/// What may come next on an upload, by the rules alone.
@Suite(.timeLimit(.minutes(1)))
struct UploadRulesTests {
    private let upload = Upload(
        id: "a", name: "x", type: "text/plain", sizeBytes: 100, receivedBytes: 40, parts: 3, file: nil,
        createdAt: Date(timeIntervalSince1970: 0))

    @Test(arguments: [
        (40, 60 as Int?, nil as UploadRefusal?), (40, 1, nil), (40, nil, nil), (40, 0, nil), (40, 61, .tooLarge(limitBytes: 100)),
        (39, 60, .otherOffset(40)), (41, nil, .otherOffset(40)), (-1, nil, .otherOffset(40)), (100, 0, .otherOffset(40)),
    ])
    func `a piece begins where the last one ended, and does not go beyond the end`(offset: Int, length: Int?, refusal: UploadRefusal?) {
        #expect(upload.refusal(offset: offset, length: length) == refusal)
    }

    @Test func `the pieces have a limit, and what is whole may be asked for again`() {
        var many = upload
        many.parts = Upload.mostParts
        #expect(many.refusal(offset: 40, length: 1) == .gone)
        many.receivedBytes = 100
        #expect(many.refusal(offset: 100, length: 0) == nil && many.isWhole && !upload.isWhole)
    }

    @Test func `an upload goes on for a day`() {
        #expect(upload.isValid(at: Date(timeIntervalSince1970: 86_399)) && !upload.isValid(at: Date(timeIntervalSince1970: 86_400)))
    }

    @Test(arguments: [
        ("", [:] as [String: String]?), ("filename d29ybGQ=", ["filename": "world"]),
        ("a,filetype dGV4dA==", ["a": "", "filetype": "text"]),
        ("filename R3LDvMOfZQ== , b", ["filename": "Grüße", "b": ""]), ("filename ###", nil), ("filename d29ybGQ= x", nil), (", ,", nil),
    ])
    func `metadata are read as the protocol writes them`(header: String, values: [String: String]?) {
        #expect(UploadMetadata.read(header) == values)
    }
}
