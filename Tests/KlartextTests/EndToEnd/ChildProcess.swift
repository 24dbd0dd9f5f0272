import Foundation
import NIOConcurrencyHelpers

/// A program that runs beside the tests.
///
/// Input and output are files: the program never waits for somebody to read, and what it said outlives it. Started by `posix_spawn`, since Foundation's
/// `Process` reads beyond its buffer when hundreds of files are open, as they are while all tests run.
final class ChildProcess: Sendable {
    let outputFile: String
    let errorFile: String
    let identifier: pid_t
    private let name: String
    /// What `waitpid` said, once it has.
    private let ended = NIOLockedValueBox<Int32?>(nil)

    /// - Parameters:
    ///   - name: of its files in `directory`; starting again under the same name adds to them.
    ///   - input: what it reads; nothing where nil.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: [UInt8]? = nil, named name: String,
        in directory: String
    ) throws {
        self.name = name
        outputFile = "\(directory)/\(name).out"
        errorFile = "\(directory)/\(name).err"
        if let input { try Data(input).write(to: URL(fileURLWithPath: "\(directory)/\(name).in")) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input == nil ? "/dev/null" : "\(directory)/\(name).in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var identifier: pid_t = 0
        let result = posix_spawn(&identifier, path, &actions, nil, words, settings)
        guard result == 0 else { throw CannotStart(path: path, code: result) }
        self.identifier = identifier
    }

    var isRunning: Bool { poll() == nil }
    var output: String { Self.text(outputFile) }
    var complaints: String { Self.text(errorFile) }

    /// By its number, and only while it has it.
    func send(_ signal: Int32) {
        if isRunning { kill(identifier, signal) }
    }

    /// Waits for its end.
    /// - Returns: its exit status; 128 and the signal's number where a signal ended it, as a shell says it.
    func status(within seconds: Double = 60) async throws -> Int32 {
        let status = try await eventually("the end of \(name)", within: seconds) { poll() }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }

    private func poll() -> Int32? {
        ended.withLockedValue { ended in
            var status: Int32 = 0
            if ended == nil, waitpid(identifier, &status, WNOHANG) == identifier { ended = status }
            return ended
        }
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

struct CannotStart: Error {
    var path: String
    var code: Int32
}

/// Looks again and again until there is something to see: what another process does cannot be awaited otherwise.
/// - Throws: `NotInTime`, and whatever `look` throws.
@discardableResult func eventually<Value>(
    _ what: @autoclosure () -> String, within seconds: Double = 30, _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
        if let value = try await look() { return value }
        if ContinuousClock.now > end { throw NotInTime(what: what(), seconds: seconds) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

struct NotInTime: Error, CustomStringConvertible {
    var what: String
    var seconds: Double
    var description: String { "waited \(seconds) s for \(what)" }
}
