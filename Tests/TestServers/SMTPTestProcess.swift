import Foundation

/// A program that runs beside the test. No thread of the test waits for it. Started by `posix_spawn`, since Foundation's `Process` reads beyond its
/// buffer when hundreds of files are open, as they are while all tests run.
public final class SMTPTestProcess: @unchecked Sendable {
    private let input: FileHandle
    private let lines: AsyncStream<String>

    public init(_ command: [String]) throws {
        let (theirInput, input) = try Self.channel()
        let (output, theirOutput) = try Self.channel()
        self.input = input
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let thread = Thread {
            var rest: [UInt8] = []
            while true {
                let data = output.availableData
                guard !data.isEmpty else { break }
                rest.append(contentsOf: data)
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeFirst(end + 1)
                }
            }
            continuation.finish()
        }
        try Self.spawn(command, input: theirInput, output: theirOutput)
        // the child has them now; its end is seen only when nobody else holds them open
        try theirInput.close()
        try theirOutput.close()
        thread.start()
    }

    /// Both ends of a channel that no other child inherits; a pipe could only be kept from them after it was made.
    private static func channel() throws -> (FileHandle, FileHandle) {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE)
        }
        return (FileHandle(fileDescriptor: ends[0], closeOnDealloc: true), FileHandle(fileDescriptor: ends[1], closeOnDealloc: true))
    }

    private static func spawn(_ command: [String], input: FileHandle, output: FileHandle) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.fileDescriptor, 0)
        posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, 1)
        if command[0] == "openssl" { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        let words = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let result = posix_spawnp(&identifier, command[0], &actions, nil, words, environ)
        guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: result) ?? .ENOENT) }
    }

    public convenience init(python script: String, _ arguments: String...) throws {
        try self.init(["python3", "-c", script] + arguments)
    }

    /// The next line it prints.
    public func line() async -> String? {
        for await line in lines { return line }
        return nil
    }

    /// Closes its input and returns all further lines, once it has ended.
    public func output() async -> [String] {
        try? input.close()
        var all: [String] = []
        for await line in lines { all.append(line) }
        return all
    }
}
