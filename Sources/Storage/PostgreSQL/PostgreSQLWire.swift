import Foundation

/// Tells the other processes on a database that there is something to do, and hears it from them (LISTEN and NOTIFY).
///
/// Announced after a commit and apart from it: a NOTIFY inside a transaction makes all commits of the cluster wait for each other. What is
/// announced while an announcement is under way goes out as one.
/// https://www.postgresql.org/docs/15/sql-notify.html
final class PostgreSQLWire: @unchecked Sendable {  // `isStopped` is guarded by `lock`; the connection is used by the thread alone
    private static let quietMs: Int32 = 5_000
    /// Between two announcements; nobody notices, and a thousand commits a second make at most a hundred of them.
    private static let paceSeconds = 0.01

    private let connection: PostgreSQLConnection
    private let heard: @Sendable () -> Void
    private let pipe: (read: Int32, write: Int32)
    private let lock = NSLock()
    private var isStopped = false
    private let finished: DispatchGroup

    /// - Parameters:
    ///   - finished: left when the thread ends.
    ///   - heard: called on the wire's thread whenever anybody, we included, has announced something, and after each time the
    ///     wire was broken.
    init(_ address: PostgreSQLAddress, finished: DispatchGroup, heard: @escaping @Sendable () -> Void) {
        connection = PostgreSQLConnection(address, takesShare: false)
        self.finished = finished
        self.heard = heard
        var ends: [Int32] = [-1, -1]
        // What goes wrong here, for want of descriptors, leaves -1: announcements are then not sent, and looking from time to time has to do.
        _ = Foundation.pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        pipe = (ends[0], ends[1])
        finished.enter()
        let thread = Thread { [self] in work() }
        thread.name = "wire"
        thread.start()
    }

    /// Has all processes hear, soon.
    func announce() {
        lock.withLock { if !isStopped { poke() } }
    }

    func stop() {
        lock.withLock {
            guard !isStopped else { return }
            isStopped = true
            poke()
        }
    }

    /// A full pipe is as good as a byte more in it.
    private func poke() {
        var byte: UInt8 = 1
        _ = write(pipe.write, &byte, 1)
    }

    private var isOver: Bool { lock.withLock { isStopped } }

    private func work() {
        while !isOver {
            do {
                try connection.open()
                try connection.script("LISTEN klartext")
                heard()
                try listen()
            } catch {
                connection.close()
                if !isOver { Thread.sleep(forTimeInterval: 1) }
            }
        }
        connection.close()
        lock.withLock {
            close(pipe.read)
            close(pipe.write)
        }
        finished.leave()
    }

    /// Hears and announces until the connection is lost, which it throws, or the wire is stopped.
    private func listen() throws {
        while !isOver {
            var ends = [
                pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0), pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&ends, 2, Self.quietMs)
            if count == 0 { try connection.script("SELECT 1") }
            if ends[1].revents != 0 {
                var waste = [UInt8](repeating: 0, count: 4096)
                while read(pipe.read, &waste, waste.count) > 0 {}
                if isOver { return }
                try connection.script("NOTIFY klartext")
            }
            let (announcements, isAlive) = connection.takeAnnouncements()
            if announcements > 0 { heard() }
            guard isAlive else { throw StorageError.unavailable(message: "the wire is broken") }
            if ends[1].revents != 0 { Thread.sleep(forTimeInterval: Self.paceSeconds) }
        }
    }
}
