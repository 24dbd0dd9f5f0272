import Foundation
import Testing

@testable import Klartext

/// What everybody may read of kept promises.
@Suite(.timeLimit(.minutes(1))) struct PublishedMonthTests {
    @Test func `fewer than five due promises have no share, and a share is rounded down`() {
        #expect(PublishedMonth(month: "2026-11", kept: 4).percent == nil)
        #expect(PublishedMonth(month: "2026-11", kept: 4, withdrawn: 9).percent == nil, "what was taken back was not to be kept")
        #expect(PublishedMonth(month: "2026-11", kept: 4, late: 1).percent == 80)
        #expect(PublishedMonth(month: "2026-11", kept: 999, late: 1).percent == 99)
        #expect(PublishedMonth(month: "2026-11", kept: 5, late: 1, withdrawn: 2).given == 8)
    }

    @Test func `the sum counts all of them`() {
        let sum = PublishedMonth.sum([.init(month: "a", kept: 1, late: 2, withdrawn: 3), .init(month: "b", kept: 10)])
        #expect((sum.kept, sum.late, sum.withdrawn) == (11, 2, 3))
    }

    @Test func `months are counted back over the year's end`() {
        #expect(PublishedMonth.names(endingWith: "2026-02", count: 4) == ["2026-02", "2026-01", "2025-12", "2025-11"])
        #expect(PublishedMonth.names(endingWith: "2026-12", count: 12).last == "2026-01")
        #expect(PublishedMonth.names(endingWith: "soon", count: 2).isEmpty)
    }
}
