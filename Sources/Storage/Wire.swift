import Dispatch
import Foundation

/// How the processes on a database wake each other, where there can be several.
final class Wire: @unchecked Sendable {  // `line` and `isStopped` are guarded by `lock`
    private let address: PostgreSQLAddress?
    private let lock = NSLock()
    private var line: PostgreSQLWire?
    private var isStopped = false
    let finished = DispatchGroup()

    /// - Parameter address: nil where no other process can be woken.
    init(_ address: PostgreSQLAddress?) {
        self.address = address
    }

    /// Connects; from now on announcements go out and come in.
    func listen(_ heard: @escaping @Sendable () -> Void) {
        lock.withLock {
            guard let address, line == nil, !isStopped else { return }
            line = PostgreSQLWire(address, finished: finished, heard: heard)
        }
    }

    func announce() {
        lock.withLock { line }?.announce()
    }

    func stop() {
        lock.withLock {
            isStopped = true
            return line
        }?.stop()
    }
}
