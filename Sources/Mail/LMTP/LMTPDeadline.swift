import NIOCore

/// A deadline that is moved with every command and seldom reached. Lives on the event loop.
///
/// Moving it costs next to nothing: the one timer looks at the deadline when it fires and goes on waiting if it has moved.
final class LMTPDeadline {
    private let eventLoop: any EventLoop
    private var deadline: NIODeadline?
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?
    /// Called when the deadline is reached; it is not set any more then.
    var whenReached: () -> Void = {}

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func set(_ newDeadline: NIODeadline) {
        deadline = newDeadline
        if let timer, timer.at <= newDeadline { return }
        timer?.task.cancel()
        timer = (eventLoop.assumeIsolated().scheduleTask(deadline: newDeadline) { self.fire() }, newDeadline)
    }

    /// There is no deadline for the moment.
    func clear() { deadline = nil }

    /// There will be none any more: lets go of everything.
    func cancel() {
        timer?.task.cancel()
        (timer, deadline, whenReached) = (nil, nil, {})
    }

    private func fire() {
        timer = nil
        guard let deadline else { return }
        guard deadline <= .now() else { return set(deadline) }
        self.deadline = nil
        whenReached()
    }
}
