import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct DeadlineTests {
    private let deadline = Deadline(by: Outage.minutes(30), setAt: Outage.now)

    @Test(
        arguments: [
            (24.99, nil), (25, .owner), (29.99, .owner), (30, .everybody(alarm: 1)), (44.99, .everybody(alarm: 1)),
            (45, .everybody(alarm: 2)),
            (90, .everybody(alarm: 5)),
        ] as [(Double, Deadline.Reminder?)])
    func `the owner is reminded before, everybody from the time on`(_ minute: Double, _ expected: Deadline.Reminder?) {
        #expect(deadline.reminder(at: Outage.minutes(minute)) == expected)
    }

    @Test func `each reminder comes once, however often we look`() {
        var (deadline, told) = (deadline, [Deadline.Reminder]())
        for second in stride(from: 0, to: 80 * 60.0, by: 10) {
            guard let reminder = deadline.reminder(at: Outage.now.addingTimeInterval(second)) else { continue }
            told.append(reminder)
            deadline = deadline.reminded(reminder)
            #expect(deadline.reminder(at: Outage.now.addingTimeInterval(second)) == nil)
        }
        #expect(told == [.owner, .everybody(alarm: 1), .everybody(alarm: 2), .everybody(alarm: 3), .everybody(alarm: 4)])
    }

    @Test func `alarms that nobody gave while we were down are one`() {
        let late = deadline.reminder(at: Outage.minutes(30 + 24 * 60))
        #expect(late == .everybody(alarm: 97))
        #expect(deadline.reminded(.everybody(alarm: 97)).reminder(at: Outage.minutes(30 + 24 * 60 + 14)) == nil)
    }

    @Test func `what is promised for soon reminds at half time`() {
        let soon = Deadline(by: Outage.minutes(6), setAt: Outage.now)
        #expect(soon.reminder(at: Outage.minutes(2.9)) == nil)
        #expect(soon.reminder(at: Outage.minutes(3)) == .owner)
    }

    @Test func `the next reminder is found at the moment it says`() {
        var deadline = deadline
        for expected in [25.0, 30, 45, 60] {
            #expect(deadline.nextReminderAt == Outage.minutes(expected))
            guard let reminder = deadline.reminder(at: deadline.nextReminderAt) else {
                Issue.record("nothing to say at \(expected)")
                return
            }
            deadline = deadline.reminded(reminder)
        }
    }
}
