import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct DevClockTests {
    private let noon = Date(timeIntervalSince1970: 1_795_435_200)

    @Test func `time passes in quarters of an hour, and ends when it was told to`() {
        let steps = DevClock.steps(from: noon.addingTimeInterval(60), to: noon.addingTimeInterval(2000))
        #expect(steps.map { $0.timeIntervalSince(noon) } == [900, 1800, 2000])
    }

    @Test func `no time passes to a time that is over`() {
        #expect(DevClock.steps(from: noon, to: noon) == [])
        #expect(DevClock.steps(from: noon, to: noon.addingTimeInterval(-5000)) == [])
    }

    @Test func `the clock goes forward, never back, and stays ahead through a restart`() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("dev-clock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let day = 86_400.0
        let first = DevClock(directory: directory.path)
        try first.put(forwardTo: Date().addingTimeInterval(3 * day))
        try first.put(forwardTo: Date().addingTimeInterval(-day))
        let second = DevClock(directory: directory.path)
        for clock in [first.clock, second.clock] {
            let ahead = clock.now().timeIntervalSinceNow
            #expect(ahead > 3 * day - 60 && ahead < 3 * day + 60)
        }
    }
}
