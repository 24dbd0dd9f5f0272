import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// Looks every two seconds at a process whose signs of life come as `seenAt` says.
    /// - Returns: after how many seconds it was taken for dead, at most `seconds`.
    private func death(within seconds: Double, every pause: Double = 2, seenAt: (Double) -> Date) -> Double? {
        var watch = Watch()
        for moment in stride(from: 0, through: seconds, by: pause) {
            if watch.look(at: ["other": seenAt(moment)], now: start.addingTimeInterval(moment)) == ["other"] { return moment }
        }
        return nil
    }

    @Test func `who gives no sign of life for 15 seconds is dead, and not before`() {
        #expect(death(within: 60) { _ in start } == 16)
    }

    @Test func `who gives signs of life lives, whatever its clock says`() {
        #expect(death(within: 600) { start.addingTimeInterval($0 - 7200) } == nil)
        #expect(death(within: 600) { start.addingTimeInterval(7200 + $0) } == nil)
        #expect(death(within: 600) { start.addingTimeInterval(-$0) } == nil, "set back again and again")
        #expect(death(within: 600) { start.addingTimeInterval(($0 / 12).rounded(.down)) } == nil, "slow, with a sign every 12 seconds")
    }

    @Test func `a clock that is far ahead does not make a dead process live`() {
        #expect(death(within: 60) { _ in start.addingTimeInterval(86_400) } == 16)
    }

    @Test func `time in which we did not look ourselves is not held against others`() {
        var watch = Watch()
        #expect(watch.look(at: ["other": start], now: start).isEmpty)
        for hour in 1...3 { #expect(watch.look(at: ["other": start], now: start.addingTimeInterval(Double(hour) * 3600)).isEmpty) }
        #expect(
            watch.look(at: ["other": start], now: start.addingTimeInterval(4 * 3600)) == ["other"], "silent in four looks of four seconds")
        #expect(watch.look(at: ["other": start], now: start).contains("other"), "a clock set back takes nothing away")
    }

    @Test func `who was taken off the list and comes back begins anew`() {
        var watch = Watch()
        func look(_ signs: [String: Date], after seconds: Double) -> Set<String> {
            watch.look(at: signs, now: start.addingTimeInterval(seconds))
        }
        for moment in stride(from: 0.0, through: 14, by: 2) { #expect(look(["other": start], after: moment).isEmpty) }
        #expect(look([:], after: 16).isEmpty)
        #expect(look(["other": start], after: 18).isEmpty)
    }
}
